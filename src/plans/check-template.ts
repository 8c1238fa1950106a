import type { DXT } from 'docxtemplater';
import type PizZip from 'pizzip';
import { toError } from '../core/errors.ts';
import { BadFileError, openTemplate, type TemplateProblem } from './open-template.ts';
import { compile, fill, tagName } from './render-plan.ts';
import { type Fields, linesTag, type PlanLanguage, TAGS } from './template-tags.ts';

type Tag = (typeof TAGS)[number];

/**
 * Everything that is wrong with a template; empty: it can be used. It is filled with a sample on the way, so that what
 * breaks does so here.
 */
export function checkTemplate(bytes: Uint8Array, language: PlanLanguage): TemplateProblem[] {
  try {
    const zip = openTemplate(bytes);
    return unique([...unknownWords(zip, language), ...structureProblems(zip, language)]);
  } catch (error) {
    return [{ kind: error instanceof BadFileError ? error.kind : 'other', tag: '' }];
  }
}

function structureProblems(zip: PizZip, language: PlanLanguage): TemplateProblem[] {
  const parts: DXT.Part[] = [];
  try {
    const document = compile(zip, [collector(parts)]);
    const found = walk(parts, [TAGS], language);
    const lines = linesTag(language);
    if (!parts.some(({ value, module }) => module === 'loop' && tagName(value) === lines)) {
      found.push({ kind: 'no-lines', tag: `{#${lines}} … {/${lines}}` });
    }
    // blocks that begin and end at odd places tear a document: it has to open again
    if (found.length === 0) openTemplate(fill(document, SAMPLE, language));
    return found;
  } catch (error) {
    return problemsOf(error, language);
  }
}

/** Told by the library of the tags of each part of the document, blocks with what is in them. */
function collector(parts: DXT.Part[]): DXT.Module {
  return {
    name: 'tags',
    set({ inspect }: { inspect?: { postparsed?: readonly DXT.Part[] } }) {
      parts.push(...(inspect?.postparsed ?? []));
    },
  };
}

/** Tags that are known, but not where they stand; and those that would put markup into the document. */
function walk(
  parts: readonly DXT.Part[],
  scopes: readonly (readonly Tag[])[],
  language: PlanLanguage,
): TemplateProblem[] {
  return parts.flatMap((part): TemplateProblem[] => {
    if (part.type !== 'placeholder') return [];
    const name = tagName(part.value ?? '');
    if (part.module === 'rawxml') return [{ kind: 'markup', tag: `{@${name}}` }];
    const tag = scopes.flat().find((one) => one[language] === name);
    // what stands in a block that nobody knows cannot be judged before the block is mended
    if (tag === undefined) return [misplaced(name, language) ?? { kind: 'unknown', tag: `{${name}}` }];
    const inner = tag.tags === undefined || part.inverted === true ? scopes : [...scopes, tag.tags];
    return walk(part.subparsed ?? [], inner, language);
  });
}

/** A tag that is known in a block, and stands outside of it; null: it is known nowhere. */
function misplaced(name: string, language: PlanLanguage, tags: readonly Tag[] = TAGS): TemplateProblem | null {
  for (const { tags: inner = [], ...block } of tags) {
    const around = block[language];
    if (inner.some((one) => one[language] === name)) {
      return { kind: 'misplaced', tag: `{#${around}} {${name}} {/${around}}` };
    }
    const deeper = misplaced(name, language, inner);
    if (deeper !== null) return deeper;
  }
  return null;
}

/** Names between braces that mean nothing, found in the text itself: also where the blocks are in disorder. */
function unknownWords(zip: PizZip, language: PlanLanguage): TemplateProblem[] {
  const known = new Set(allNames(TAGS, language));
  const files = zip.file(/^word\/(document|header\d*|footer\d*|footnotes|endnotes)\.xml$/);
  return files.flatMap((file) =>
    file
      .asText()
      .split(/<\/w:p>/)
      .flatMap((paragraph): TemplateProblem[] => {
        const text = [...paragraph.matchAll(/<w:t(?:\s[^>]*)?>([^<]*)<\/w:t>/g)].map(([, words]) => words).join('');
        const names = [...text.matchAll(/\{([^{}]*)\}/g)].map(([, inside = '']) => inside.trim());
        // the library itself names those that would be markup
        const plain = names.filter((name) => !/^[@-]/.test(name)).map((name) => tagName(name.replace(/^[#^/]/, '')));
        return plain.filter((name) => !known.has(name)).map((name) => ({ kind: 'unknown', tag: `{${name}}` }) as const);
      }),
  );
}

function allNames(tags: readonly Tag[], language: PlanLanguage): string[] {
  return tags.flatMap((tag) => [tag[language], ...allNames(tag.tags ?? [], language)]);
}

/** The library's own names of mistakes. */
const KINDS: Readonly<Record<string, TemplateProblem['kind']>> = {
  unclosed_tag: 'unclosed',
  duplicate_open_tag: 'doubled',
  unopened_tag: 'unopened',
  duplicate_close_tag: 'doubled',
  unclosed_loop: 'unclosed-block',
  unopened_loop: 'unopened-block',
  closing_tag_does_not_match_opening_tag: 'crossed-block',
  unbalanced_loop_tags: 'crossed-block',
  loop_position_invalid: 'crossed-block',
  raw_xml_tag_should_be_only_text_in_paragraph: 'markup',
  invalid_raw_xml_value: 'markup',
};

interface LibraryError {
  readonly properties?: {
    readonly id?: string;
    readonly xtag?: string;
    readonly openingtag?: string;
    readonly closingtag?: string;
    readonly errors?: readonly LibraryError[];
  };
}

function problemsOf(thrown: unknown, language: PlanLanguage): TemplateProblem[] {
  const { properties } = toError(thrown) as Error & LibraryError;
  const errors = properties?.errors ?? [{ properties }];
  return errors.map(({ properties: one }) => {
    const kind = KINDS[one?.id ?? ''] ?? 'other';
    return { kind, tag: tagOf(kind, one, language) };
  });
}

/** The tag as it stands there; of one without its end only what belongs to it. */
function tagOf(kind: TemplateProblem['kind'], properties: LibraryError['properties'], language: PlanLanguage): string {
  const { openingtag, closingtag, xtag = '' } = properties ?? {};
  // of these the library tells a few letters: the beginning of one, the end of another
  if (kind === 'doubled') return xtag.startsWith('{') ? `${xtag}…` : `…${xtag}`;
  if (openingtag !== undefined && closingtag !== undefined) return `{#${openingtag}} … {/${closingtag}}`;
  const [name] = tagName(xtag.replace(/[{}]/g, '')).split(/[\s.,:;]/);
  const known = allNames(TAGS, language).sort((a, b) => b.length - a.length);
  const sign = /^[#^/]?/.exec(name ?? '')?.[0] ?? '';
  const bare = (name ?? '').slice(sign.length);
  const tag = sign + (known.find((one) => bare.startsWith(one)) ?? bare.slice(0, 40));
  switch (kind) {
    case 'unclosed':
      return `{${tag}`;
    case 'unopened':
      return `${tag}}`;
    case 'unclosed-block':
      return `{#${tag}}`;
    case 'unopened-block':
      return `{/${tag}}`;
    default:
      return tag === '' ? '' : `{${tag}}`;
  }
}

function unique(problems: readonly TemplateProblem[]): TemplateProblem[] {
  return [...new Map(problems.map((problem) => [JSON.stringify(problem), problem])).values()];
}

/** One of everything; empty blocks would hide what is in them. */
const SAMPLE: Fields = sample(TAGS);

function sample(tags: readonly Tag[]): Fields {
  return Object.fromEntries(tags.map((tag) => [tag.field, tag.tags === undefined ? 'Үлгү' : [sample(tag.tags)]]));
}
