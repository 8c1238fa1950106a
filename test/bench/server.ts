import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { withDatabaseName } from '../support/database-url.ts';
import { startPostgres } from '../support/postgres.ts';

export interface Server {
  /** `PostgreSQL 18.4, fsync on`. */
  readonly about: string;
  /** Of its first process, where that runs on this machine. */
  readonly pid: number | null;
  /** Makes a database, empty or a copy of another one, and returns its URL. */
  createDatabase(template?: string): Promise<string>;
  dropDatabase(url: string): Promise<void>;
  stop(): Promise<void>;
}

/** The server of `TEST_DATABASE_URL`, or a PostgreSQL of our own; commits wait for the disk, as they do in an office. */
export async function openServer(): Promise<Server> {
  const given = process.env.TEST_DATABASE_URL;
  const { url, stop } = given ? { url: given, stop: async () => {} } : await startPostgres({ durable: true });
  const admin = postgres(url, { max: 1, onnotice: () => {} });
  const [row] = await admin<{ version: string; fsync: string; backend: number }[]>`
    select current_setting('server_version') as version, current_setting('fsync') as fsync, pg_backend_pid() as backend`;
  if (row === undefined) throw new Error('the server told nothing about itself');
  return {
    about: `PostgreSQL ${row.version.split(' ')[0]}, fsync ${row.fsync}`,
    pid: parentOf(row.backend),
    async createDatabase(template) {
      const name = `sunush_bench_${randomBytes(4).toString('hex')}`;
      const from = template === undefined ? 'template0' : nameIn(template);
      await admin.unsafe(`create database ${name} template ${from}`);
      return withDatabaseName(url, name);
    },
    dropDatabase: async (of) => void (await admin.unsafe(`drop database if exists ${nameIn(of)} with (force)`)),
    async stop() {
      await admin.end({ timeout: 5 });
      await stop();
    },
  };
}

/** Runs `work` with a connection to the database. */
export async function withSql<T>(url: string, work: (sql: postgres.Sql) => Promise<T>): Promise<T> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    return await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function nameIn(url: string): string {
  return new URL(url).pathname.slice(1);
}

/** Null for a server elsewhere. */
function parentOf(backend: number): number | null {
  try {
    const status = readFileSync(`/proc/${backend}/status`, 'utf8');
    if (!/^Name:\s+postgres$/m.test(status)) return null;
    return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
  } catch {
    return null;
  }
}
