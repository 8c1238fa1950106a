import type { Writable } from 'node:stream';
import { type Column, type TableSink, writeChunk } from './table-sink.ts';

/** One JSON array, an object a line, keyed by the columns' ids; texts byte for byte as they are stored. */
export function createJsonSink(out: Writable, columns: readonly Column[]): TableSink {
  let begun = false;
  return {
    async write(rows) {
      if (rows.length === 0) return;
      const objects = rows.map((row) =>
        JSON.stringify(Object.fromEntries(columns.map(({ id }, at) => [id, row[at] ?? null]))),
      );
      const lead = begun ? ',\n' : '[\n';
      begun = true;
      await writeChunk(out, lead + objects.join(',\n'));
    },
    async end() {
      await writeChunk(out, begun ? '\n]\n' : '[]\n');
    },
  };
}
