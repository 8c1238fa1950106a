import PizZip from 'pizzip';
import { readZip, ZipError } from '../core/zip.ts';

/** Larger files are no template. */
export const MAX_TEMPLATE_MEGABYTES = 5;
/** What a template may come to when it is unpacked. */
const MOST_UNPACKED = 20 * 1024 * 1024;
const MOST_ENTRIES = 500;

const DOCUMENT_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';

/** What is wrong with a template; `tag` as it stands there, braces and all. */
export interface TemplateProblem {
  readonly kind:
    | 'not-word'
    | 'macros'
    | 'too-large'
    | 'linked'
    | 'unknown'
    | 'misplaced'
    | 'unclosed'
    | 'unopened'
    | 'doubled'
    | 'unclosed-block'
    | 'unopened-block'
    | 'crossed-block'
    | 'markup'
    | 'no-lines'
    | 'other';
  readonly tag: string;
}

export class BadFileError extends Error {
  readonly kind: 'not-word' | 'macros' | 'too-large' | 'linked';
  constructor(kind: BadFileError['kind']) {
    super(`the template was refused: ${kind}`);
    this.kind = kind;
  }
}

/**
 * Opens a Word document that somebody sent. Nothing of it is trusted: one that unpacks to more than it says is refused.
 * @throws {BadFileError}
 */
export function openTemplate(bytes: Uint8Array): PizZip {
  if (bytes.length > MAX_TEMPLATE_MEGABYTES * 1024 * 1024) throw new BadFileError('too-large');
  const zip = unpacked(bytes);
  const names = Object.keys(zip.files);
  if (names.some((name) => /vba(Project|Data)/i.test(name))) throw new BadFileError('macros');
  const types = zip.file('[Content_Types].xml')?.asText() ?? '';
  if (/macroEnabled/i.test(types)) throw new BadFileError('macros');
  if (!types.includes(DOCUMENT_TYPE) || zip.file('word/document.xml') === null) throw new BadFileError('not-word');
  for (const name of names) {
    if (!/\.(xml|rels)$/i.test(name)) continue;
    const xml = zip.file(name)?.asText() ?? '';
    if (/<!DOCTYPE|<!ENTITY/i.test(xml) || !isWellFormed(xml)) throw new BadFileError('not-word');
    if (/\.rels$/i.test(name) && linksOut(xml)) throw new BadFileError('linked');
  }
  return zip;
}

/** What stands between these is no element. */
const ASIDE = [
  ['<?', '?>'],
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const;

/** Whether all elements are closed in their order: Word opens nothing else, and the library does not look. */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  for (let at = xml.indexOf('<'); at !== -1; at = xml.indexOf('<', at)) {
    const aside = ASIDE.find(([begins]) => xml.startsWith(begins, at));
    const end = aside === undefined ? xml.indexOf('>', at) : xml.indexOf(aside[1], at);
    if (end === -1) return false;
    const inside = xml.slice(at + 1, end);
    at = end + 1;
    if (aside !== undefined) continue;
    if (inside.includes('<')) return false;
    const name = /^\/?([^\s/]*)/.exec(inside)?.[1] ?? '';
    if (name === '') return false;
    if (inside.startsWith('/')) {
      if (open.pop() !== name) return false;
    } else if (!inside.endsWith('/')) open.push(name);
  }
  return open.length === 0;
}

/** A picture, a sheet or another template that Word would fetch from elsewhere; links for people to click are fine. */
function linksOut(rels: string): boolean {
  const outside = rels.match(/<Relationship\b[^>]*TargetMode\s*=\s*["']External["'][^>]*>/gi) ?? [];
  return outside.some((one) => !/Type\s*=\s*["'][^"']*\/hyperlink["']/i.test(one));
}

/** An archive of our own, of what was unpacked within its bound: the library itself would unpack without one. */
function unpacked(bytes: Uint8Array): PizZip {
  try {
    const entries = readZip(Buffer.from(bytes)).filter(({ name }) => !name.endsWith('/'));
    const size = entries.reduce((sum, entry) => sum + entry.size, 0);
    if (entries.length > MOST_ENTRIES || size > MOST_UNPACKED) throw new BadFileError('too-large');
    const zip = new PizZip();
    for (const entry of entries) zip.file(entry.name, entry.read(), { binary: true });
    return zip;
  } catch (cause) {
    throw cause instanceof ZipError ? new BadFileError('not-word') : cause;
  }
}
