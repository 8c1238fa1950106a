import { createWriteStream, existsSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type postgres from 'postgres';
import { AppError } from '../../core/errors.ts';
import { databaseVersion } from '../migrate.ts';
import type { OpenDatabase } from '../open.ts';
import { type Entry, packArchive } from './archive.ts';
import { type Row, writeRows } from './rows.ts';
import { listSequences, listTables, type Manifest, type Table } from './tables.ts';

/** What a backup or a restore moved. */
export interface Moved {
  readonly rowCount: number;
  readonly mediaCount: number;
}

// About 8 MB of a table at a time, so that memory stays flat.
const PAGES_AT_ONCE = 1_000;

/** The folder is missing, is no folder, is not ours, or is full. */
const CANNOT_WRITE: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'ENOSPC']);

/**
 * Writes everything in the database, as of one moment, and the files under `mediaDir` to a .tar.gz that only this
 * user may read. @throws {AppError} `conflict` when the file exists and `force` is not set
 */
export async function backup(
  open: OpenDatabase,
  file: string,
  mediaDir: string,
  options: { readonly force?: boolean; readonly now: Date },
): Promise<Moved> {
  if (existsSync(file) && !options.force)
    throw new AppError('conflict', `The file ${file} exists; --force overwrites it.`);
  const unfinished = `${file}.part`;
  const moved = { rowCount: 0, mediaCount: 0 };
  try {
    const entries = collect(open.sql, mediaDir, options.now, moved);
    const target = createWriteStream(unfinished, { mode: 0o600, flush: true });
    await pipeline(Readable.from(packArchive(entries)), createGzip({ level: 6 }), target);
    await rename(unfinished, file);
  } catch (cause) {
    await rm(unfinished, { force: true });
    const { code } = cause as NodeJS.ErrnoException;
    if (code === undefined || !CANNOT_WRITE.has(code)) throw cause;
    throw new AppError('backup', `The file ${file} cannot be written (${code}).`, { cause });
  }
  return moved;
}

/** The tables as of one moment; then, with the database left alone, the files, however long they take. */
async function* collect(
  sql: postgres.Sql,
  mediaDir: string,
  now: Date,
  moved: { rowCount: number; mediaCount: number },
): AsyncGenerator<Entry> {
  const stored = yield* collectTables(sql);
  moved.rowCount = stored.tables.reduce((sum, { rows }) => sum + rows, 0);
  for await (const entry of mediaFiles(mediaDir)) {
    moved.mediaCount += 1;
    yield entry;
  }
  const manifest: Manifest = { format: 1, ...stored, createdAt: now.toISOString(), mediaCount: moved.mediaCount };
  yield { name: 'manifest.json', bytes: Buffer.from(JSON.stringify(manifest, null, 2)) };
}

type StoredTables = Pick<Manifest, 'schemaVersion' | 'tables' | 'sequences'>;

async function* collectTables(sql: postgres.Sql): AsyncGenerator<Entry, StoredTables> {
  const connection = await sql.reserve();
  try {
    await connection`begin isolation level repeatable read read only`;
    const tables: Manifest['tables'] = [];
    for (const table of await listTables(connection)) {
      let rows = 0;
      for (let page = 0; page < table.pages; page += PAGES_AT_ONCE) {
        const found = await readPages(connection, table, page);
        if (found.length === 0) continue;
        rows += found.length;
        yield { name: `tables/${table.name}/${String(page).padStart(10, '0')}.jsonl`, bytes: writeRows(found) };
      }
      tables.push({ ...table, rows });
    }
    return { schemaVersion: await databaseVersion(connection), tables, sequences: await listSequences(connection) };
  } finally {
    // also when the file cannot be written on; it only read
    await connection`rollback`;
    connection.release();
  }
}

/** Not COPY: the driver can leave its connection paused for ever after one that ends at the wrong byte. */
async function readPages(tx: postgres.ISql, table: Table, page: number): Promise<Row[]> {
  const columns = table.columns.map((column) => `${quote(column.name)}::text`).join(', ');
  const range = `ctid >= '(${page},0)' and ctid < '(${page + PAGES_AT_ONCE},0)'`;
  return tx.unsafe(`select ${columns} from ${quote(table.name)} where ${range}`).values();
}

async function* mediaFiles(mediaDir: string): AsyncGenerator<Entry> {
  if (!existsSync(mediaDir)) return;
  for (const found of await readdir(mediaDir, { recursive: true, withFileTypes: true })) {
    if (!found.isFile()) continue;
    const path = join(found.parentPath, found.name);
    const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
      // Erased since it was listed: the person asked for that.
      if (cause.code === 'ENOENT') return null;
      throw cause;
    });
    if (bytes) yield { name: `media/${relative(mediaDir, path).split(sep).join('/')}`, bytes };
  }
}

/** A name as SQL takes it, whatever is in it. */
export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
