import PizZip from 'pizzip';
import readWorkbook from 'read-excel-file/universal';
import { readZip, type ZipEntry, ZipError } from '../core/zip.ts';
import {
  ImportFileError,
  MAX_COLUMNS,
  MAX_ROWS,
  type SourceCell,
  type SourceRow,
  type TableSource,
} from './table-source.ts';

/** What all of a workbook may unpack to: an archive of 20 MB can hold gigabytes. */
const MAX_UNPACKED_MEGABYTES = 64;
const PART = /^xl\/.*\.xml(?:\.rels)?$/;
const SHEET = /^xl\/worksheets\/[^/]+\.xml$/;

/** Cells that are shown as one; the value is that of the first. Counted from 0. */
interface MergedCells {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * An XLSX workbook. Of a formula the value that was stored with it; nothing in it is ever run.
 * @throws {ImportFileError} when it is another kind of file, damaged, too large, or holds macros
 */
export async function readXlsx(bytes: Buffer): Promise<TableSource> {
  const parts = readParts(bytes);
  for (const [name, content] of parts) if (SHEET.test(name)) refuseHugeSheet(content.toString('latin1'));
  const sheets = await readSheets(parts);
  const paths = sheetPaths(parts);
  return {
    kind: 'xlsx',
    encoding: 'utf-8',
    sheets: sheets.map((rows, index) => {
      const content = parts.get(paths[index] ?? '');
      return toRows(rows, content === undefined ? [] : mergedCells(content.toString('latin1')));
    }),
  };
}

const WHY: Readonly<Record<ZipError['why'], string>> = {
  damaged: 'the file is damaged, or only a part of it: save it once more.',
  locked: 'the file has a password: save it without one.',
  crowded: 'the archive holds thousands of files: expected a workbook.',
};

/** The parts that tables are made of, unpacked here first: what the file really holds is what was measured. */
function readParts(bytes: Buffer): Map<string, Buffer> {
  try {
    const entries = readZip(bytes);
    refuseOtherKinds(entries);
    const megabytes = entries.reduce((sum, { name, size }) => sum + (isXml(name) ? size : 0), 0) / 1024 / 1024;
    if (megabytes > MAX_UNPACKED_MEGABYTES) {
      throw new ImportFileError(
        `the workbook unpacks to ${Math.round(megabytes)} MB: expected ${MAX_UNPACKED_MEGABYTES} MB at most.`,
      );
    }
    return new Map(entries.filter(({ name }) => PART.test(name)).map((entry) => [entry.name, entry.read()]));
  } catch (cause) {
    throw cause instanceof ZipError ? new ImportFileError(WHY[cause.why], { cause }) : cause;
  }
}

function isXml(name: string): boolean {
  return name.endsWith('.xml') || name.endsWith('.rels');
}

function refuseOtherKinds(entries: readonly ZipEntry[]): void {
  const has = (name: string) => entries.some((entry) => entry.name === name);
  if (entries.some(({ name }) => /(^|\/)vbaProject\.bin$/i.test(name))) {
    throw new ImportFileError('the workbook holds macros: save it as XLSX without macros.');
  }
  if (has('xl/workbook.xml')) return;
  const kind = has('word/document.xml')
    ? 'a text document (DOCX)'
    : has('xl/workbook.bin')
      ? 'a binary workbook (XLSB)'
      : has('content.xml')
        ? 'an OpenDocument file'
        : 'an archive (ZIP)';
  throw new ImportFileError(`the file is ${kind}: save the table as XLSX or CSV.`);
}

/** A cell far below or far to the right would be reached over a million empty ones. */
function refuseHugeSheet(xml: string): void {
  for (const [, attributes = ''] of xml.matchAll(/<(?:\w+:)?c\s([^<>]*)>/g)) {
    if (attributes.endsWith('/')) continue;
    const [, column = '', row = ''] = /\br="([A-Z]{1,3})(\d{1,7})"/.exec(attributes) ?? [];
    if (Number(row) > MAX_ROWS * 2) {
      throw new ImportFileError(`row ${row}: expected ${MAX_ROWS} rows at most; bring the rest in another file.`);
    }
    if (columnIndex(column) >= MAX_COLUMNS) {
      throw new ImportFileError(`column ${column}: expected ${MAX_COLUMNS} columns at most.`);
    }
  }
}

/** Rows and cells that hold nothing but a style; sheets that somebody coloured have a million of them. */
const EMPTY_ROW = /<((?:\w+:)?row)\s(?=[^<>]*\br=")[^<>]*(?:\/>|(?<!\/)>(?:<(?:\w+:)?c\s[^<>]*\/>)*<\/\1>)/g;

const ERROR_CELL = /(<(?:\w+:)?c\s[^<>]*\bt=")e(?=")/g;
/** A formula that no program has computed: there is no value with it. An empty text is one, and has its type. */
const UNCOMPUTED =
  /<((?:\w+:)?)c(?=\s)(?![^<>]*\bt="[^n])([^<>]*)>(<\1f(?:\s[^<>]*)?(?:\/>|>[^<]*<\/\1f>))(?:<\1v>\s*<\/\1v>|<\1v\/>)?<\/\1c>/g;

/** The library gives nothing for errors of formulas, as if nobody had written anything there: they are told as words. */
function withErrors(xml: string): string {
  return xml.replace(ERROR_CELL, '$1str').replace(UNCOMPUTED, (_, prefix, attributes: string, formula) => {
    const others = attributes.replace(' t="n"', '');
    return `<${prefix}c${others} t="str">${formula}<${prefix}v>#VALUE!</${prefix}v></${prefix}c>`;
  });
}

/** Reads the parts as they were measured, out of an archive of our own. */
async function readSheets(parts: ReadonlyMap<string, Buffer>): Promise<SourceCell[][][]> {
  const zip = new PizZip();
  for (const [name, content] of parts) {
    const sheet = SHEET.test(name) ? withErrors(content.toString('latin1').replace(EMPTY_ROW, '')) : content;
    zip.file(name, sheet, { binary: true });
  }
  const bytes = zip.generate({ type: 'arraybuffer', compression: 'STORE' });
  try {
    const sheets = await readWorkbook(bytes);
    return sheets.map(({ data }) => data as SourceCell[][]);
  } catch (cause) {
    const where = /row (\d+), col (\d+): VALUE_MISSING/.exec(String(cause));
    const problem =
      where === null
        ? 'the workbook cannot be read: save it once more as XLSX, or as CSV.'
        : `row ${where[1]}, column ${where[2]}: a formula without a value: open the file in a spreadsheet program and save it.`;
    throw new ImportFileError(problem, { cause });
  }
}

function toRows(data: readonly SourceCell[][], merges: readonly MergedCells[]): SourceRow[] {
  const rows: SourceRow[] = [];
  const tall = merges.filter(({ top, bottom }) => bottom > top);
  for (const [index, cells] of data.entries()) {
    if (cells.every(isEmpty)) continue;
    const over = tall.filter(({ top, bottom }) => top < index && index <= bottom);
    if (over.length === 0) {
      rows.push({ line: index + 1, cells });
      continue;
    }
    const filled = [...cells];
    for (const { top, left } of over) filled[left] = data[top]?.[left] ?? null;
    rows.push({ line: index + 1, cells: filled, merged: new Set(over.map(({ left }) => left)) });
  }
  return rows;
}

function isEmpty(cell: SourceCell): boolean {
  return cell === null || (typeof cell === 'string' && cell.trim() === '');
}

function mergedCells(xml: string): MergedCells[] {
  const found = xml.matchAll(/<(?:\w+:)?mergeCell\s[^<>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"/g);
  return [...found].map(([, left = '', top = '', right = '', bottom = '']) => ({
    top: Number(top) - 1,
    bottom: Number(bottom) - 1,
    left: columnIndex(left),
    right: columnIndex(right),
  }));
}

/** 0 for `A`. */
function columnIndex(letters: string): number {
  let index = 0;
  for (const letter of letters) index = index * 26 + letter.charCodeAt(0) - 64;
  return index - 1;
}

/** The parts of the sheets in the order of the workbook. */
function sheetPaths(parts: ReadonlyMap<string, Buffer>): string[] {
  const workbook = parts.get('xl/workbook.xml')?.toString('utf8') ?? '';
  const relations = parts.get('xl/_rels/workbook.xml.rels')?.toString('utf8') ?? '';
  const targets = new Map<string, string>();
  for (const [tag] of relations.matchAll(/<(?:\w+:)?Relationship\s[^<>]*>/g)) {
    const [, id = ''] = /\bId="([^"]*)"/.exec(tag) ?? [];
    const [, target = ''] = /\bTarget="([^"]*)"/.exec(tag) ?? [];
    targets.set(id, target.startsWith('/') ? target.slice(1) : `xl/${target}`);
  }
  return [...workbook.matchAll(/<(?:\w+:)?sheet\s[^<>]*\br:id="([^"]*)"/g)].map(([, id = '']) => targets.get(id) ?? '');
}
