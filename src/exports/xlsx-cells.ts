import { type Cell, type Column, looksLikeFormula } from './table-sink.ts';
import { legalInXml } from './xml-text.ts';

/** Of a column that tells none, in digits. */
export const DEFAULT_WIDTH = 12;
/** What a cell of Excel holds: https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
const MOST_LETTERS = 32_767;

/** `bold`: sums, and headings within a table. `note`: a sentence below a table, over its columns. */
export type RowLook = 'plain' | 'bold' | 'note';

/** The looks of cells, by their place in the style sheet of `xlsx-parts.ts`. */
const LOOK = { note: 0, heading: 1, text: 2, instant: 3, number: 4, quoted: 5, boldText: 6, boldNumber: 7 } as const;

/** `A`, …, `Z`, `AA`, … of a column counted from 0. */
export function columnName(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : columnName(Math.floor(index / 26) - 1) + last;
}

/** A row as it stands in a sheet. */
export interface Row {
  readonly xml: string;
  /** Its words need more than the highest row has room for: on paper they end in the middle. */
  readonly isCut: boolean;
}

/** A row as XML, counted from 1. Words are never anything but words: no formula, no markup, no escape of Excel's. */
export function rowXml(cells: readonly Cell[], o: { row: number; columns: readonly Column[]; look: RowLook }): Row {
  let xml = '';
  let lines = 1;
  for (const [index, cell] of cells.entries()) {
    if (cell === null || cell === '') continue;
    const at = `${columnNameOf(index)}${o.row}`;
    if (typeof cell === 'string') {
      const column = o.columns[index];
      xml += textCell(at, cell, column?.counts === true ? numberLook(column, o.look) : TEXT_LOOKS[o.look]);
      if (o.look !== 'note') lines = Math.max(lines, lineCount(cell, column));
    } else if (Number.isFinite(cell)) {
      xml += `<c r="${at}" s="${numberLook(o.columns[index], o.look)}"><v>${cell}</v></c>`;
    }
  }
  return { xml: `<row r="${o.row}"${height(lines)}>${xml}</row>`, isCut: lines > MOST_LINES };
}

/** The headings of a table, its first row. */
export function headingXml(columns: readonly Column[]): string {
  const cells = columns.map(({ heading }, index) => textCell(`${columnNameOf(index)}1`, heading, LOOK.heading));
  const lines = Math.max(1, ...columns.map((column) => lineCount(column.heading, column, BOLD)));
  return `<row r="1"${height(lines)}>${cells.join('')}</row>`;
}

/** In points, of the font of the cells. */
const LINE_HEIGHT = 15;
/** Below the last line. */
const MARGIN = 3;
/** The highest row that Excel opens. */
const MOST_LINES = 27;
/** A width counts digits; letters are wider, above all those of headings. */
const LETTER = 1.15;
const BOLD = 1.35;

/** As high as its words need: nobody who opens or prints the file measures them anew. */
function height(lines: number): string {
  return lines === 1 ? '' : ` ht="${Math.min(lines, MOST_LINES) * LINE_HEIGHT + MARGIN}"`;
}

function lineCount(text: string, column: Column | undefined, letter = LETTER): number {
  const width = column?.width ?? DEFAULT_WIDTH;
  if (text.length * letter <= width && !text.includes('\n')) return 1;
  const paragraphs = text.slice(0, width * MOST_LINES).split('\n');
  return paragraphs.reduce((sum, words) => sum + wrapped(words.split(' '), width / letter), 0);
}

/** How many lines the words take, each of `room` letters; a word that is longer than a line is broken. */
function wrapped(words: readonly string[], room: number): number {
  let lines = 1;
  let used = 0;
  for (const { length } of words) {
    const needed = used === 0 ? length : used + 1 + length;
    if (needed <= room) {
      used = needed;
      continue;
    }
    const own = Math.ceil(length / room);
    lines += used === 0 ? own - 1 : own;
    used = length - (own - 1) * room;
  }
  return lines;
}

const NAMES = Array.from({ length: 64 }, (_, index) => columnName(index));

function columnNameOf(index: number): string {
  return NAMES[index] ?? columnName(index);
}

/** Null: by what the words look like. */
const TEXT_LOOKS: Readonly<Record<RowLook, number | null>> = { plain: null, bold: LOOK.boldText, note: LOOK.note };

function numberLook(column: Column | undefined, look: RowLook): number {
  if (column?.instant === true) return LOOK.instant;
  return look === 'bold' ? LOOK.boldNumber : LOOK.number;
}

function textCell(at: string, text: string, look: number | null): string {
  // edited in Excel, words that look like a formula would become one; a quoted cell stays text
  const style = look ?? (looksLikeFormula(text) ? LOOK.quoted : LOOK.text);
  return `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${xlsxText(text)}</t></is></c>`;
}

// Nearly all words of residents have none of these: one look spares the rest.
const SPECIAL = /[&<>\r_\p{Cc}\p{Cs}\uFFFE\uFFFF]/u;
const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Words as they stand in the XML of a cell: cut to what a cell holds, without what XML cannot say. */
export function xlsxText(text: string): string {
  const whole = text.length <= MOST_LETTERS ? text : withoutHalfLetter(text.slice(0, MOST_LETTERS));
  if (!SPECIAL.test(whole)) return whole;
  return (
    legalInXml(whole)
      // Excel reads `_x000D_` as one letter; its own underscore written so keeps the words as they are
      .replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
      .replace(/[&<>]/g, (letter) => ENTITIES[letter] ?? '')
  );
}

function withoutHalfLetter(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
