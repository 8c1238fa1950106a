import { cleanText } from '../../core/text.ts';
import { LOCALES, type Locale } from '../../core/texts.ts';
import type { Input, MediaItem, Option, Parsed } from '../../dialog/types.ts';
import { MAX_LINE_LENGTH, PageLink } from '../../hearings/rules.ts';
import { HEARING_KINDS, type HearingKind, type LocalTexts } from '../../hearings/tables.ts';
import { matchVillage } from '../../places/suggest-village.ts';
import { villageOptions } from '../kit.ts';
import type { Desk } from './announce-desk.ts';
import { OWN_WORDS, ownWords } from './free-words.ts';

/** Words that were typed where a button was offered too. */
interface Typed {
  readonly typed: string;
}

export async function askHearingKind({ d, t }: Desk): Promise<HearingKind> {
  const options = HEARING_KINDS.map((id) => ({ id, label: t(`hearing-kind-${id}`) }));
  const chosen = await d.choose('hearing-kind', t('announce-ask-hearing-kind'), options);
  return HEARING_KINDS.find((kind) => kind === chosen) ?? 'other';
}

export async function askVillage({ d, t, kit, locale, municipality }: Desk): Promise<string> {
  const options = await d.remember('villages', () => villageOptions(kit.places, locale, municipality.villages, []));
  return d.choose<string>('village', t('announce-ask-village'), options, {
    other: (input) => {
      const id = input.kind === 'text' ? matchVillage(input.text, municipality.villages) : null;
      return id === null ? { refuse: null } : { value: id };
    },
    misunderstood: t('village-unknown'),
  });
}

/** Words of one line. */
export function askLine({ d, t }: Desk, prompt: string, most: number = MAX_LINE_LENGTH): Promise<string> {
  return d.ask(OWN_WORDS, prompt, { parse: ownWords(t, most) });
}

/** The same, or one of the buttons, as `{ id }`. */
export async function askLineOr(
  desk: Desk,
  prompt: string,
  options: readonly Option[],
): Promise<string | { id: string }> {
  const { d, t } = desk;
  const parse = ownWords(t, MAX_LINE_LENGTH);
  const answer = await d.choose<Typed>(OWN_WORDS, prompt, options, {
    other: (input) => asTyped(parse(input)),
  });
  return typeof answer === 'string' ? { id: answer } : answer.typed;
}

/** A line that need not be there; null where it is taken away. */
export async function askOptionalLine(desk: Desk, prompt: string, isThere: boolean): Promise<string | null> {
  const clear = isThere ? [{ id: 'clear', label: desk.t('btn-announce-clear') }] : [];
  const answer = await askLineOr(desk, prompt, clear);
  return typeof answer === 'string' ? answer : null;
}

function asTyped(parsed: Parsed<string>): Parsed<Typed> {
  return 'value' in parsed ? { value: { typed: parsed.value } } : parsed;
}

/** Words in the officer's language, then in others as far as they wish. */
export async function askTexts(desk: Desk, prompt: string, most: number): Promise<LocalTexts> {
  const parse = ownWords(desk.t, most);
  return moreLanguages(desk, await desk.d.ask(OWN_WORDS, prompt, { parse }), parse);
}

/** The same, where they may say nothing at all: null then. */
export async function askOptionalTexts(desk: Desk, prompt: string, most: number): Promise<LocalTexts | null> {
  const parse = ownWords(desk.t, most);
  const words = await desk.d.ask(OWN_WORDS, prompt, { parse, optional: true });
  return words === null ? null : moreLanguages(desk, words, parse);
}

/** Who reads a language that is skipped gets the words of another one, and the question says which. */
async function moreLanguages(desk: Desk, words: string, parse: ReturnType<typeof ownWords>): Promise<LocalTexts> {
  const { d, t, locale } = desk;
  let texts: LocalTexts = { [locale]: words };
  for (;;) {
    const missing = LOCALES.filter((one) => texts[one] === undefined);
    const [reads] = LOCALES.filter((one) => texts[one] !== undefined);
    if (missing.length === 0 || reads === undefined) return texts;
    const options = missing.map((id) => ({ id, label: t(`language-${id}`) }));
    const asked = t('announce-more-languages', { reads: t(`announce-in-${reads}`) });
    const chosen = await d.choose('more-languages', asked, options, { optional: true });
    const language = missing.find((one) => one === chosen);
    if (language === undefined) return texts;
    const asksIn = t('announce-ask-in', { language: t(`announce-in-${language}`) });
    texts = { ...texts, [language]: await d.ask(OWN_WORDS, asksIn, { parse }) };
  }
}

/** New words in one language, or none in it any more; the last ones stay where there must be some. */
export async function changeTexts(
  desk: Desk,
  texts: LocalTexts | null,
  o: { most: number; needed: boolean },
): Promise<LocalTexts | null> {
  const { d, t, locale } = desk;
  const there = LOCALES.filter((one) => texts?.[one] !== undefined);
  const first = [locale, ...LOCALES.filter((one) => one !== locale)];
  const options = first.map((id) => ({ id, label: t(`language-${id}`) }));
  const written = there.map((one) => t(`announce-in-${one}`)).join(', ');
  const asked =
    written === '' ? t('announce-ask-language') : t('announce-ask-language-written', { languages: written });
  const chosen = await d.choose('language', asked, options, { compact: true });
  const language = first.find((one) => one === chosen) ?? locale;
  const others = without(texts, language);
  const mayClear = texts?.[language] !== undefined && (!o.needed || Object.keys(others).length > 0);
  const parse = ownWords(t, o.most);
  const answer = await d.choose<Typed>(
    OWN_WORDS,
    t('announce-ask-in', { language: t(`announce-in-${language}`) }),
    mayClear ? [{ id: 'clear', label: t('btn-announce-clear') }] : [],
    { other: (input) => asTyped(parse(input)) },
  );
  if (typeof answer !== 'string') return { ...others, [language]: answer.typed };
  return Object.keys(others).length > 0 ? others : null;
}

function without(texts: LocalTexts | null, language: Locale): LocalTexts {
  return Object.fromEntries(Object.entries(texts ?? {}).filter(([one]) => one !== language));
}

/** A file or a link. */
export type Draft = { readonly mediaId: number } | { readonly url: string } | null;

export async function askDraft({ d, t }: Desk, isThere: boolean): Promise<Draft> {
  const clear = isThere ? [{ id: 'clear', label: t('btn-announce-clear') }] : [];
  const answer = await d.choose<{ mediaId: number } | { url: string }>('draft', t('announce-ask-draft'), clear, {
    other: (input) => readDraft(input, t('announce-draft-wrong')),
  });
  return typeof answer === 'string' ? null : answer;
}

function readDraft(input: Input, wrong: string): Parsed<{ mediaId: number } | { url: string }> {
  if (input.kind === 'media') {
    const [file] = input.media;
    return file === undefined ? { refuse: wrong } : { value: { mediaId: file.id } };
  }
  if (input.kind !== 'text') return { refuse: wrong };
  const typed = cleanText(input.text);
  const link = PageLink.safeParse(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
  const isPage = link.success && /^[^\s]+\.[^\s]{2,}$/.test(typed);
  return isPage ? { value: { url: link.data } } : { refuse: wrong };
}

/** At most as many files as there is room for. */
export async function askFiles({ d, t }: Desk, room: number): Promise<readonly MediaItem[]> {
  return d.attachments('files', t('announce-ask-files', { max: room }), {
    max: room,
    added: (count) => t('photo-added', { count }),
  });
}
