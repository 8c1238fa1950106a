import { AppError } from '../core/errors.ts';

/** What stands in a cell. Instants of spreadsheets have no zone: the day is the one of UTC. */
export type SourceCell = string | number | boolean | Date | null;

/** A row of a file as a person sees it there. */
export interface SourceRow {
  /** Counted from 1, as a spreadsheet or an editor shows it. */
  readonly line: number;
  readonly cells: readonly SourceCell[];
  /** Columns whose value comes from a merged cell that begins in a row above. */
  readonly merged?: ReadonlySet<number>;
}

/** A table that somebody brought: all of its rows, headings included, wherever they begin. */
export interface TableSource {
  readonly kind: 'csv' | 'xlsx';
  /** The sheets of a workbook in their order; a CSV file is one. */
  readonly sheets: readonly (readonly SourceRow[])[];
  /** CSV of an old program: letters that its encoding lacks, ө ү ң, became question marks. */
  readonly encoding: 'utf-8' | 'utf-16' | 'windows-1251';
}

// Windows-1251 lacks ө ү ң: they become question marks inside words, or come from a Kazakh code page as these.
const LOST_LETTER = /\p{L}\?+\p{L}|[µ¤‡њЊ]/u;

/** Whether letters went lost when the text was saved, or are others now. */
export function lacksLetters(text: string, encoding: TableSource['encoding']): boolean {
  return encoding === 'windows-1251' && LOST_LETTER.test(text);
}

/** Larger files are refused before they are read. */
export const MAX_FILE_MEGABYTES = 20;
/** So many rows come in within one transaction; more come in several files. */
export const MAX_ROWS = 20_000;
/** A row of so many columns is no list of proposals. */
export const MAX_COLUMNS = 200;

/** The file is not what can be imported; the message says what it is and what to bring instead. */
export class ImportFileError extends AppError {
  override name = 'ImportFileError';
  constructor(message: string, options?: ErrorOptions) {
    super('file', message, options);
  }
}
