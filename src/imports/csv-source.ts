import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { ImportFileError, MAX_COLUMNS, MAX_ROWS, type SourceRow, type TableSource } from './table-source.ts';

const DELIMITERS = [';', ',', '\t'] as const;
/** Excel's own first line, which tells its delimiter. */
const TOLD_DELIMITER = /^sep=(.)\r?\n/i;
/** Control characters, but those that stand in texts. Above 0x7F they are letters that an encoding lacks. */
const BINARY = /(?![\t\n\v\f\r\u0080-\u009F])\p{Cc}/u;
const MARKUP = /^\s*<(?:!doctype|html|head|body|table|meta|\?xml|svg)/i;

/** Whether the bytes are a text in an encoding that we read, and not some other kind of file. */
export function isText(bytes: Buffer): boolean {
  return !BINARY.test(decode(bytes).text);
}

/**
 * A CSV file in UTF-8, UTF-16 or windows-1251, its values parted by semicolons, commas or tabs.
 * @throws {ImportFileError} when it is a web page, its letters are damaged, or its quotes do not end
 */
export function readCsv(bytes: Buffer): TableSource {
  const { text, encoding } = decode(bytes);
  if (MARKUP.test(text)) {
    throw new ImportFileError(
      'the file is a web page (HTML): open it in a spreadsheet program, save it as XLSX or CSV.',
    );
  }
  const told = TOLD_DELIMITER.exec(text);
  const body = told === null ? text : text.slice(told[0].length);
  const rows = readRows(body, told?.[1] ?? likeliestDelimiter(body), told === null ? 0 : 1);
  return { kind: 'csv', encoding, sheets: [rows] };
}

function decode(bytes: Buffer): { text: string; encoding: TableSource['encoding'] } {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), encoding: 'utf-16' };
  if (first === 0xfe && second === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), encoding: 'utf-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'utf-8' };
  } catch {
    refuseBrokenUtf8(new TextDecoder('utf-8').decode(bytes));
    return { text: new TextDecoder('windows-1251').decode(bytes), encoding: 'windows-1251' };
  }
}

/** Mostly right UTF-8 is no other encoding but a damaged file. */
function refuseBrokenUtf8(text: string): void {
  const wrong = text.split('\uFFFD').length - 1;
  const right = text.match(/\p{Script=Cyrillic}/gu)?.length ?? 0;
  if (right <= wrong * 5) return;
  const line = text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
  throw new ImportFileError(`line ${line}: letters are damaged (not UTF-8): save the file once more.`);
}

/** The one that parts the most values in the first lines that hold any. */
function likeliestDelimiter(text: string): string {
  const lines = text.slice(0, 20_000).split(/\r?\n|\r/, 20);
  const bare = lines.map((line) => line.replace(/"(?:[^"]|"")*"/g, ''));
  const most = (delimiter: string) => Math.max(...bare.map((line) => line.split(delimiter).length));
  return DELIMITERS.reduce((best, next) => (most(next) > most(best) ? next : best));
}

interface CsvRecord {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function readRows(text: string, delimiter: string, linesBefore: number): SourceRow[] {
  const rows: SourceRow[] = [];
  let line = 1 + linesBefore;
  for (const { record, info } of parseAll(text, delimiter, linesBefore)) {
    if (record.length > MAX_COLUMNS) {
      throw new ImportFileError(`line ${line}: ${record.length} columns, expected ${MAX_COLUMNS} at most.`);
    }
    if (record.some((cell) => cell.trim() !== '')) rows.push({ line, cells: record.map(toCell) });
    // a quoted value may hold line breaks: the next row begins where this one ends
    line = info.lines + 1 + linesBefore;
  }
  return rows;
}

/** With `info` the parser gives each record with its place in the file. */
function parseAll(text: string, delimiter: string, linesBefore: number): CsvRecord[] {
  try {
    return parse(text, {
      bom: true,
      delimiter,
      info: true,
      // a row more than can be taken, and room for a title above the headings, tells that there are too many
      to: MAX_ROWS * 2,
      relax_column_count: true,
      relax_quotes: true,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as unknown as CsvRecord[];
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    const at = Number(cause.lines ?? 0) + linesBefore;
    throw new ImportFileError(`line ${at}: a quotation mark (") opens a value and does not end it.`, { cause });
  }
}

function toCell(value: string): string | null {
  return value.trim() === '' ? null : value;
}
