import { drizzle } from 'drizzle-orm/postgres-js';
import type postgres from 'postgres';
import type { Database } from '../core/context.ts';
import type { Logger } from '../core/logger.ts';
import { addressOf, CONNECT_WITHIN_S, connectTo, type Target, unreachable } from './connection.ts';
import { openEmbedded } from './embedded/open-embedded.ts';
import type { Role } from './embedded/owner-lines.ts';
import { migrate, requireFittingVersion } from './migrate.ts';
import { createWakeUps, type WakeUps } from './wake-ups.ts';

/** An open database: PostgreSQL, or the embedded one as its owner or as a guest of the process that owns it. */
export interface OpenDatabase extends WakeUps {
  readonly kind: 'embedded' | 'postgres';
  readonly db: Database;
  readonly sql: postgres.Sql;
  /** Where it is, for the log and for people; without the password. */
  readonly url: string;
  /** Waits for running statements; the owner of an embedded database also for its guests. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** A PostgreSQL server; absent: the embedded database in `dataDir`. */
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  readonly role: Role;
  readonly log: Logger;
  readonly poolSize?: number;
  /** A `start` waits until the command that owns the embedded database has ended. */
  readonly onWaiting?: (why: 'command-owns') => void;
  /** `skip` only checks that program and database fit. */
  readonly migrations?: 'run' | 'skip';
}

const POOL_SIZE = 5;
const CLOSE_WITHIN_S = 5;

/**
 * Opens the database and migrates it. A connection that is lost later ends the process with exit code 1: a broken
 * transaction must not go on outside itself. @throws {AppError} `data-dir`, `database-unreachable`,
 * `database-too-new`, `already-running`, `config`: one sentence, nothing changed
 */
export async function openDatabase(options: OpenOptions): Promise<OpenDatabase> {
  return options.databaseUrl === undefined ? openInFolder(options) : openServer(options, options.databaseUrl);
}

async function openServer(options: OpenOptions, databaseUrl: string): Promise<OpenDatabase> {
  const address = addressOf(databaseUrl);
  const target = { url: databaseUrl };
  await prepare(target, options.migrations ?? 'run', (cause) => unreachable(databaseUrl, cause));
  const pool = await openPool(target, options);
  return {
    kind: 'postgres',
    url: `postgres://${address}`,
    ...pool,
    ...createWakeUps(pool.sql, 'processes'),
  };
}

async function openInFolder(options: OpenOptions): Promise<OpenDatabase> {
  const embedded = await openEmbedded(options);
  try {
    const target = { socketPath: embedded.socketPath };
    const migrations = embedded.isOwner ? (options.migrations ?? 'run') : 'skip';
    await prepare(target, migrations, (cause) => cause);
    embedded.letGuestsIn();
    const pool = await openPool(target, options);
    const close = async () => {
      await pool.close();
      await embedded.close();
    };
    return {
      kind: 'embedded',
      url: `embedded:${options.dataDir}`,
      ...pool,
      ...createWakeUps(pool.sql, 'here'),
      close,
    };
  } catch (cause) {
    await embedded.close();
    throw cause;
  }
}

/** Migrates or checks over a connection of its own, which also finds out whether anybody answers. */
async function prepare(target: Target, migrations: 'run' | 'skip', failed: (cause: unknown) => unknown): Promise<void> {
  const sql = connectTo(target, { max: 1 });
  try {
    await firstAnswer(sql);
  } catch (cause) {
    await sql.end({ timeout: 0 });
    throw failed(cause);
  }
  try {
    await (migrations === 'run' ? migrate(sql) : requireFittingVersion(sql));
  } finally {
    await sql.end({ timeout: CLOSE_WITHIN_S });
  }
}

/** The driver would try for ever again at a server that accepts and then cuts the connection. */
async function firstAnswer(sql: postgres.Sql): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${CONNECT_WITHIN_S} seconds`)), CONNECT_WITHIN_S * 1000);
  });
  try {
    await Promise.race([sql`select 1`, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function openPool(target: Target, options: OpenOptions) {
  let closing = false;
  const size = options.poolSize ?? POOL_SIZE;
  const sql = connectTo(target, {
    max: size,
    onClose: () => {
      if (closing) return;
      options.log.fatal('The connection to the database was lost; the program ends and can be started again.');
      process.exit(1);
    },
  });
  // All connections of the program are made now: one that is refused later would end it.
  if (options.role === 'start') await Promise.all(Array.from({ length: size }, () => sql`select 1`));
  const close = async () => {
    closing = true;
    await sql.end({ timeout: CLOSE_WITHIN_S });
  };
  return { sql, db: drizzle(sql), close };
}
