import { inflateRawSync } from 'node:zlib';
import PizZip from 'pizzip';

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
 * Opens a Word document that somebody sent. Nothing of it is trusted: how far it unpacks is tried, not read from it.
 * @throws {BadFileError}
 */
export function openTemplate(bytes: Uint8Array): PizZip {
  if (bytes.length > MAX_TEMPLATE_MEGABYTES * 1024 * 1024) throw new BadFileError('too-large');
  const zip = readZip(bytes);
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

interface Packed {
  readonly compressedContent?: unknown;
  readonly compressionMethod?: string;
  getCompressedContent?(): Uint8Array | string;
}

function readZip(bytes: Uint8Array): PizZip {
  let zip: PizZip;
  try {
    zip = new PizZip(Buffer.from(bytes));
  } catch {
    throw new BadFileError('not-word');
  }
  const files = Object.values(zip.files);
  if (files.length > MOST_ENTRIES) throw new BadFileError('too-large');
  let left = MOST_UNPACKED;
  for (const file of files) {
    left -= unpackedSize((file as unknown as { _data: Packed | string | null })._data, left);
    if (left < 0) throw new BadFileError('too-large');
  }
  return zip;
}

/** How much it really comes to, up to `most`; the library itself would unpack without a bound. */
function unpackedSize(data: Packed | string | null, most: number): number {
  if (data === null || typeof data === 'string' || data.getCompressedContent === undefined) return 0;
  const packed = Buffer.from(data.getCompressedContent() as Uint8Array);
  if (data.compressionMethod !== '\x08\x00') return packed.length;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) }).length;
  } catch (error) {
    const isTooMuch = error instanceof RangeError || (error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new BadFileError(isTooMuch ? 'too-large' : 'not-word');
  }
}
