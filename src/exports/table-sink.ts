import type { Writable } from 'node:stream';

export type Cell = string | number | null;

export interface Column {
  /** `[a-z_]`: what programs read. */
  readonly id: string;
  /** What people read. */
  readonly heading: string;
}

/** Somewhere a table goes, row by row; each format is one. Cells stand in the order of the columns. */
export interface TableSink {
  /** Resolves when the target has taken the rows, so that nobody reads faster than it writes. Rejects when it cannot. */
  write(rows: readonly (readonly Cell[])[]): Promise<void>;
  /** Writes what closes the table. The target stays open: it may be stdout. */
  end(): Promise<void>;
}

/** Resolves when `out` has taken the chunk; rejects when it is closed or broken, also when that happens meanwhile. */
export function writeChunk(out: Writable, chunk: string): Promise<void> {
  return new Promise((resolve, reject) => {
    out.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}
