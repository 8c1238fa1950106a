import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql as query } from 'drizzle-orm';
import postgres from 'postgres';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Clock } from '../../src/core/clock.ts';
import type { Context, Database, Tx } from '../../src/core/context.ts';
import { type OpenDatabase, type OpenOptions, openDatabase } from '../../src/db/open.ts';
import { withDatabaseName } from './database-url.ts';
import { silentLog } from './log.ts';
import './provided.ts';

/** A migrated database that nobody has opened yet; the folder is there on both kinds. */
export interface FreshDatabase {
  readonly kind: 'embedded' | 'postgres';
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  /** What a child process needs to find it; spread it over `process.env`. */
  readonly env: NodeJS.ProcessEnv;
  open(options?: Partial<OpenOptions>): Promise<OpenDatabase>;
  drop(): Promise<void>;
}

/** Which database this project of the suite runs on. */
export function databaseKind(): 'embedded' | 'postgres' {
  return inject('testDatabase').kind;
}

/** Makes a database, migrated unless it is to be empty; `drop` it after everything that uses it is closed. */
export async function freshDatabase(state: 'migrated' | 'empty' = 'migrated'): Promise<FreshDatabase> {
  const provided = inject('testDatabase');
  // beside the template, which goes with all that is left there
  const dataDir = mkdtempSync(provided.kind === 'embedded' ? `${provided.template}/` : join(tmpdir(), 'sunush-test-'));
  let databaseUrl: string | undefined;
  let dropOnServer = async () => {};
  if (provided.kind === 'embedded') {
    cpSync(join(provided.template, 'db'), join(dataDir, 'db'), {
      recursive: true,
    });
  } else {
    const name = `sunush_test_${randomBytes(6).toString('hex')}`;
    await administer(
      provided.adminUrl,
      `create database ${name} template ${state === 'migrated' ? provided.template : 'template0'}`,
    );
    databaseUrl = withDatabaseName(provided.adminUrl, name);
    dropOnServer = () => administer(provided.adminUrl, `drop database if exists ${name} with (force)`);
  }
  return {
    kind: provided.kind,
    dataDir,
    databaseUrl,
    env: { DATABASE_URL: databaseUrl, DATA_DIR: dataDir },
    open: (options) =>
      openDatabase({
        databaseUrl,
        dataDir,
        role: 'start',
        log: silentLog,
        ...options,
      }),
    async drop() {
      await dropOnServer();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

async function administer(adminUrl: string, statement: string): Promise<void> {
  const admin = postgres(adminUrl, { max: 1, onnotice: () => {} });
  try {
    await admin.unsafe(statement);
  } finally {
    await admin.end({ timeout: 5 });
  }
}

/**
 * A database that is this test file's own and empty, open from before its first test until after its last. The
 * embedded one is handed from file to file of a worker, since its start takes seconds.
 */
export function useDatabase() {
  let used: UsedDatabase | undefined;
  const there = <T>(value: T | undefined): T => {
    if (value === undefined) throw new Error('the database is open only while tests run');
    return value;
  };
  beforeAll(async () => {
    used = await takeDatabase();
  });
  afterAll(async () => {
    if (used) await giveBack(used);
  });
  return {
    get open() {
      return there(used).open;
    },
    get db() {
      return there(used).open.db;
    },
    get sql() {
      return there(used).open.sql;
    },
    get dataDir() {
      return there(used).fresh.dataDir;
    },
    url: () => there(used).fresh.databaseUrl,
    /** For a child process that uses the same database while it is open here. */
    get env() {
      return there(used).fresh.env;
    },
  };
}

/** A migrated database for child processes only: nobody here has it open, unless a test calls `open`. */
export function spawnDatabaseEnv() {
  let fresh: FreshDatabase | undefined;
  const there = () => {
    if (!fresh) throw new Error('the database is there only while tests run');
    return fresh;
  };
  beforeAll(async () => {
    fresh = await freshDatabase();
  });
  afterAll(() => fresh?.drop());
  return {
    get env() {
      return there().env;
    },
    get dataDir() {
      return there().dataDir;
    },
    open: (options?: Partial<OpenOptions>) => there().open({ role: 'command', ...options }),
  };
}

interface UsedDatabase {
  readonly fresh: FreshDatabase;
  readonly open: OpenDatabase;
  /** As the migrations made it. */
  readonly schema: string;
}

/** What the file before left to the next one; it ends with the worker, its folder with the run. */
let left: UsedDatabase | null = null;

async function takeDatabase(): Promise<UsedDatabase> {
  const taken = left;
  left = null;
  if (taken) return taken;
  const fresh = await freshDatabase();
  const open = await fresh.open();
  return { fresh, open, schema: await readSchema(open) };
}

/** Empties it for the next file; one that was built on, or is on a server, where a new one costs little, goes. */
async function giveBack(used: UsedDatabase): Promise<void> {
  const { fresh, open, schema } = used;
  if (fresh.kind === 'embedded' && (await readSchema(open)) === schema) {
    await truncateAll(open.db);
    for (const name of readdirSync(fresh.dataDir))
      if (name !== 'db' && name !== 'run') rmSync(join(fresh.dataDir, name), { recursive: true });
    left = used;
  } else {
    await open.close();
    await fresh.drop();
  }
}

/** Names of all columns and constraints. */
async function readSchema({ sql }: OpenDatabase): Promise<string> {
  const names = await sql`
    select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'
    union all select conname from pg_constraint order by 1`;
  return names.map(({ name }) => name).join();
}

class RolledBack extends Error {}

/** Runs `work` in a transaction that is rolled back afterwards. */
export async function rolledBack<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  let result: { value: T } | undefined;
  await db
    .transaction(async (tx) => {
      result = { value: await work(tx) };
      throw new RolledBack();
    })
    .catch((thrown: unknown) => {
      if (!(thrown instanceof RolledBack)) throw thrown;
    });
  if (!result) throw new Error('the transaction ended without a result');
  return result.value;
}

/** Empties every table and starts its numbers anew. */
export async function truncateAll(db: Database): Promise<void> {
  const tables = await db.execute<{ name: string }>(
    query`select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  if (tables.length === 0) return;
  const names = tables.map((table) => table.name).join(', ');
  await db.execute(query.raw(`truncate ${names} restart identity cascade`));
}

/** A clock that stands still. */
export function fixedClock(instant: string): Clock {
  return { now: () => new Date(instant) };
}

/** A context for domain verbs: the system acts, on a Sunday morning in the municipality. */
export function testContext(db: Database, overrides: Partial<Context> = {}): Context {
  return {
    db,
    actor: { type: 'system', job: 'test' },
    clock: fixedClock('2026-11-22T10:00:00+06:00'),
    log: silentLog,
    ...overrides,
  };
}
