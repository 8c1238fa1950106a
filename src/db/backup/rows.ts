import { z } from 'zod';

/** The values of a row as the database writes them as text; null for a missing one. */
export type Row = (string | null)[];

const Row = z.array(z.string().nullable());
const LINE_END = 0x0a;

/** One line of JSON a row: a line break within a value is escaped by it. */
export function writeRows(rows: readonly Row[]): Buffer {
  return Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
}

/** @throws {Error} on a line that is no row */
export function* readRows(bytes: Buffer): Generator<Row> {
  let start = 0;
  for (let end = bytes.indexOf(LINE_END); end >= 0; end = bytes.indexOf(LINE_END, start)) {
    yield Row.parse(JSON.parse(bytes.toString('utf8', start, end)));
    start = end + 1;
  }
}

/** How many rows these bytes hold. */
export function countRows(bytes: Buffer): number {
  let count = 0;
  for (let at = bytes.indexOf(LINE_END); at >= 0; at = bytes.indexOf(LINE_END, at + 1)) count += 1;
  return count;
}
