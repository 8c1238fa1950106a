import type { Writable } from 'node:stream';

export type Cell = string | number | null;

export interface Column {
  /** `[a-z_]`: what programs read. */
  readonly id: string;
  /** What people read. */
  readonly heading: string;
  /** Where a format shows numbers as dates: these are days as spreadsheets count them. */
  readonly instant?: boolean;
  /** Holds counts: they stand at the right, and so does what stands for one. */
  readonly counts?: boolean;
  /** In letters, where a format has widths. */
  readonly width?: number;
}

/** Somewhere a table goes, row by row; each format is one. Cells stand in the order of the columns. */
export interface TableSink {
  /** Resolves when the target has taken the rows, so that nobody reads faster than it writes. Rejects when it cannot. */
  write(rows: readonly (readonly Cell[])[]): Promise<void>;
  /** Writes what closes the table. The target stays open: it may be stdout. */
  end(): Promise<void>;
}

// What a spreadsheet takes for a formula, also after blanks, and in the full-width forms that Excel folds.
// https://owasp.org/www-community/attacks/CSV_Injection
const FORMULA = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@＝＋－＠]|[\t\r\n])/u;

/** Whether a spreadsheet that reads this text, or a person who edits its cell, may make a formula of it. */
export function looksLikeFormula(text: string): boolean {
  return FORMULA.test(text);
}

/** Resolves when `out` has taken the chunk; rejects when it is closed or broken, also when that happens meanwhile. */
export function writeChunk(out: Writable, chunk: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    out.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}
