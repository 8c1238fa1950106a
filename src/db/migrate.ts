import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import type postgres from 'postgres';
import { AppError } from '../core/errors.ts';

const FOLDER = fileURLToPath(new URL('../../migrations', import.meta.url));
// Any number that no other program on the same server is likely to take.
const LOCK = 7_037_001_229;

/** Milliseconds since the epoch at which the newest migration was written; 0 for none. */
export type SchemaVersion = number;

/** The version that this program's migrations lead to. */
export function programVersion(folder = FOLDER): SchemaVersion {
  const journal: { entries: { when: number }[] } = JSON.parse(readFileSync(`${folder}/meta/_journal.json`, 'utf8'));
  return Math.max(0, ...journal.entries.map((entry) => entry.when));
}

/** The version of the last migration that a database went through. */
export async function databaseVersion(sql: postgres.ISql): Promise<SchemaVersion> {
  const [found] = await sql`select to_regclass('drizzle.__drizzle_migrations') is not null as "exists"`;
  if (!found?.exists) return 0;
  const [last] = await sql`select coalesce(max(created_at), 0)::text as version from drizzle.__drizzle_migrations`;
  return Number(last?.version ?? 0);
}

/**
 * Brings a database to this program's version, one process at a time. `sql` must be a client of one connection that
 * nothing else uses. @throws {AppError} `database-too-new` with nothing changed
 */
export async function migrate(sql: postgres.Sql, folder = FOLDER): Promise<void> {
  await sql`select pg_advisory_lock(${LOCK}::bigint)`;
  try {
    const wanted = programVersion(folder);
    const found = await databaseVersion(sql);
    refuseNewer(found, wanted);
    if (found === wanted) return;
    await sql`create extension if not exists pg_trgm`;
    await runMigrations(drizzle(sql), { migrationsFolder: folder });
  } finally {
    await sql`select pg_advisory_unlock(${LOCK}::bigint)`;
  }
}

/** Looks, changes nothing. @throws {AppError} when program and database do not fit together */
export async function requireFittingVersion(sql: postgres.ISql): Promise<void> {
  const wanted = programVersion();
  const found = await databaseVersion(sql);
  refuseNewer(found, wanted);
  if (found < wanted) {
    throw new AppError('conflict', 'The database is older than this program: restart the running program, or migrate.');
  }
}

function refuseNewer(found: SchemaVersion, wanted: SchemaVersion): void {
  if (found <= wanted) return;
  const at = (version: SchemaVersion) => (version === 0 ? 'none' : new Date(version).toISOString());
  throw new AppError(
    'database-too-new',
    `The database is newer than this program (its last migration is of ${at(found)}, ours of ${at(wanted)}): install the newer program.`,
  );
}
