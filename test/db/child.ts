import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import { AppError } from '../../src/core/errors.ts';
import { createLogger } from '../../src/core/logger.ts';
import { type OpenOptions, openDatabase } from '../../src/db/open.ts';
import { runMixedWork } from './mixed-work.ts';

/** A second process for the tests: does what its argument says with the database of its environment, tells by lines. */
const say = (line: string) => console.log(line);
const options = (role: OpenOptions['role']): OpenOptions => ({
  databaseUrl: process.env.DATABASE_URL || undefined,
  dataDir: process.env.DATA_DIR ?? '',
  role,
  log: createLogger({ level: 'info' }),
  onWaiting: () => say('waiting'),
});
const told = () => new Promise<void>((resolve) => void process.stdin.once('data', () => resolve()));

const jobs: Record<string, () => Promise<void>> = {
  /** Opens as the running program, stays until it is told to end. */
  async start() {
    const open = await openDatabase(options('start'));
    say('open');
    await told();
    await open.close();
  },
  /** Opens as a short command, stays until it is told to end. */
  async command() {
    const open = await openDatabase(options('command'));
    say('open');
    await told();
    say(`answers ${(await open.sql`select 1 as one`)[0]?.one}`);
    await open.close();
  },
  async mixed() {
    const open = await openDatabase(options('command'));
    const { mistakes, written } = await runMixedWork(open.db, { name: 'child', loops: 5, steps: 100 });
    say(JSON.stringify({ mistakes, written: [...written] }));
    await open.close();
  },
  /** Stands in the middle of a transaction, with a row locked, until it is killed. */
  async hold() {
    const open = await openDatabase(options('command'));
    await open.db.transaction(async (tx) => {
      await tx.execute(sql`update held set by = 'child'`);
      say('holding');
      for (;;) {
        await tx.execute(sql`select 1`);
        await pause(20);
      }
    });
  },
  /** Waits for something else in the middle of a transaction. */
  async silent() {
    const open = await openDatabase(options('command'));
    await open.db.transaction(async (tx) => {
      const [row] = await tx.execute(sql`select pg_backend_pid()::text as pid`);
      say(`silent in ${String(row?.pid)}`);
      await pause(60_000);
    });
  },
};

await jobs[process.argv[2] ?? '']?.().catch((error: unknown) => {
  if (!(error instanceof AppError)) throw error;
  say(`${error.code}: ${error.message}`);
  process.exitCode = 1;
});
process.stdin.destroy();
