import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type postgres from 'postgres';
import { AppError, toError } from '../../core/errors.ts';
import { PROCESS_NAME } from '../connection.ts';
import { programVersion } from '../migrate.ts';
import type { OpenDatabase } from '../open.ts';
import { readArchive } from './archive.ts';
import { type Moved, quote } from './backup.ts';
import { countRows, type Row, readRows } from './rows.ts';
import { listTables, Manifest } from './tables.ts';

const MOST_PARAMETERS = 30_000;
const MOST_ROWS = 500;

/**
 * Puts a backup into the open database, of whichever kind it was and is, and its media into `mediaDir`: all or
 * nothing. The archive is checked first. The embedded database is opened as `start` for it, so that nobody else has it.
 * @throws {AppError} `backup` for a file that is no whole backup, `conflict` when there are data and no `force`,
 * `database-too-new` when the backup is newer than the program, `already-running` on a server that is in use
 */
export async function restore(
  open: OpenDatabase,
  file: string,
  mediaDir: string,
  options: { readonly force?: boolean } = {},
): Promise<Moved> {
  const manifest = await checkArchive(file);
  await requireKnown(open.sql, manifest);
  if (open.kind === 'postgres') await requireAlone(open.sql);
  if (!options.force) await requireEmpty(open.sql, manifest, mediaDir);
  const incoming = `${mediaDir}.restoring`;
  await rm(incoming, { recursive: true, force: true });
  try {
    // before the transaction: one that is silent while files are written would be ended
    await unpackMedia(file, incoming);
    const rowCount = await open.sql.begin(async (tx) => {
      const constraints = await takeForeignKeysAway(tx);
      const names = manifest.tables.map((table) => quote(table.name));
      if (names.length > 0) await tx.unsafe(`truncate ${names.join(', ')} cascade`);
      const rows = await insertTables(tx, file, manifest);
      for (const { table, column, last, isCalled } of manifest.sequences) {
        await tx`select setval(pg_get_serial_sequence(${quote(table)}, ${column}), ${last}::text::bigint, ${isCalled})`;
      }
      for (const constraint of constraints) await tx.unsafe(constraint);
      return rows;
    });
    await rm(mediaDir, { recursive: true, force: true });
    if (existsSync(incoming)) await rename(incoming, mediaDir);
    await open.sql`analyze`;
    return { rowCount, mediaCount: manifest.mediaCount };
  } finally {
    await rm(incoming, { recursive: true, force: true });
  }
}

/** Reads the archive to its end. @throws {AppError} `backup`, saying what is wrong with it */
async function checkArchive(file: string): Promise<Manifest> {
  try {
    const rows = new Map<string, number>();
    let mediaCount = 0;
    let manifest: Manifest | null = null;
    for await (const { name, bytes } of readArchive(file)) {
      const [kind, table = ''] = name.split('/');
      if (name === 'manifest.json') manifest = Manifest.parse(JSON.parse(bytes.toString('utf8')));
      else if (kind === 'tables') rows.set(table, (rows.get(table) ?? 0) + countRows(bytes));
      else if (kind === 'media' && isWithin(name)) mediaCount += 1;
      else throw new Error(`it holds ${name}`);
    }
    if (!manifest) throw new Error('its manifest is missing');
    const wrong = manifest.tables.find((table) => (rows.get(table.name) ?? 0) !== table.rows);
    if (wrong) throw new Error(`the rows of ${wrong.name} are not complete`);
    if (mediaCount !== manifest.mediaCount) throw new Error('its media are not complete');
    return manifest;
  } catch (cause) {
    throw new AppError('backup', `${file} is not a whole backup: ${toError(cause).message}.`, { cause });
  }
}

function isWithin(name: string): boolean {
  return name.split('/').every((part) => part !== '' && part !== '.' && part !== '..') && !/[\\\0]/.test(name);
}

async function requireKnown(sql: postgres.ISql, manifest: Manifest): Promise<void> {
  if (manifest.schemaVersion > programVersion()) {
    throw new AppError('database-too-new', 'The backup is newer than this program: install the newer program.');
  }
  const tables = new Map(
    (await listTables(sql)).map((table) => [table.name, table.columns.map((column) => column.name)]),
  );
  for (const { name, columns } of manifest.tables) {
    if (columns.every((column) => tables.get(name)?.includes(column.name))) continue;
    throw new AppError('backup', `The backup is too old: its table ${name} no longer exists in this form.`);
  }
}

async function requireEmpty(sql: postgres.ISql, manifest: Manifest, mediaDir: string): Promise<void> {
  for (const { name } of manifest.tables) {
    const [row] = await sql.unsafe(`select exists (select from ${quote(name)}) as filled`);
    if (row?.filled) throw new AppError('conflict', 'The database is not empty; --force replaces what is in it.');
  }
  if (existsSync(mediaDir) && (await readdir(mediaDir)).length > 0) {
    throw new AppError('conflict', `The folder ${mediaDir} is not empty; --force replaces what is in it.`);
  }
}

async function requireAlone(sql: postgres.ISql): Promise<void> {
  const [row] = await sql`
    select count(*)::int as others from pg_stat_activity
    where datname = current_database() and application_name like 'sunush %' and application_name <> ${PROCESS_NAME}`;
  if (row?.others) throw new AppError('already-running', 'The program is running on this database: stop it first.');
}

/** Rows come in any order, so foreign keys are checked at the end. Returns the statements that put them back. */
async function takeForeignKeysAway(tx: postgres.ISql): Promise<string[]> {
  const keys = await tx<{ table: string; name: string; definition: string }[]>`
    select conrelid::regclass::text as table, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by conname`;
  for (const { table, name } of keys) await tx.unsafe(`alter table ${table} drop constraint ${name}`);
  return keys.map(({ table, name, definition }) => `alter table ${table} add constraint ${name} ${definition}`);
}

async function unpackMedia(file: string, incoming: string): Promise<void> {
  for await (const { name, bytes } of readArchive(file)) {
    const [kind, ...path] = name.split('/');
    if (kind !== 'media') continue;
    const target = join(incoming, ...path);
    await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await writeFile(target, bytes, { mode: 0o600 });
  }
}

/** Reads no further than to the last row. Returns how many there are. */
async function insertTables(tx: postgres.ISql, file: string, manifest: Manifest): Promise<number> {
  const rowCount = manifest.tables.reduce((sum, { rows }) => sum + rows, 0);
  let inserted = 0;
  if (rowCount === 0) return 0;
  for await (const { name, bytes } of readArchive(file)) {
    const [kind, tableName] = name.split('/');
    const table = kind === 'tables' ? manifest.tables.find((candidate) => candidate.name === tableName) : undefined;
    if (table) inserted += await insertRows(tx, table, bytes);
    if (inserted === rowCount) break;
  }
  return inserted;
}

async function insertRows(tx: postgres.ISql, table: Manifest['tables'][number], bytes: Buffer): Promise<number> {
  const columns = table.columns.map((column) => quote(column.name)).join(', ');
  const into = `insert into ${quote(table.name)} (${columns}) overriding system value values `;
  const most = Math.max(1, Math.min(MOST_ROWS, Math.floor(MOST_PARAMETERS / table.columns.length)));
  let moved = 0;
  const insert = async (rows: Row[]) => {
    // As text, then cast by the database itself: what a type's output wrote is what its input reads.
    const values = rows.map((_, row) => {
      const cells = table.columns.map(({ type }, cell) => `$${row * table.columns.length + cell + 1}::text::${type}`);
      return `(${cells.join(', ')})`;
    });
    await tx.unsafe(into + values.join(', '), rows.flat());
    moved += rows.length;
  };
  let batch: Row[] = [];
  for (const row of readRows(bytes)) {
    batch.push(row);
    if (batch.length < most) continue;
    await insert(batch);
    batch = [];
  }
  if (batch.length > 0) await insert(batch);
  return moved;
}
