import type { Writable } from 'node:stream';
import { stringify } from 'csv-stringify/sync';
import { type Cell, type Column, looksLikeFormula, type TableSink, writeChunk } from './table-sink.ts';

/** UTF-8 with a byte order mark (Excel takes it for Latin without), commas, headings first, formulas made text. */
export function createCsvSink(out: Writable, columns: readonly Column[]): TableSink {
  let begun = false;
  const write = async (rows: readonly (readonly Cell[])[]) => {
    const lines = begun ? rows : [columns.map(({ heading }) => heading), ...rows];
    const bom = !begun;
    begun = true;
    const cells = lines.map((line) => line.map(neutralCell));
    if (cells.length > 0) await writeChunk(out, stringify(cells, { bom }));
  };
  return { write, end: () => (begun ? Promise.resolve() : write([])) };
}

/** The cell as text that no spreadsheet runs: an apostrophe goes before what looks like a formula. */
function neutralCell(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return typeof cell === 'string' && looksLikeFormula(text) ? `'${text}` : text;
}
