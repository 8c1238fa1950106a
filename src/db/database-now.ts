import { sql } from 'drizzle-orm';
import { systemClock } from '../core/clock.ts';
import type { Context } from '../core/context.ts';

/**
 * The time by which things fall due: the database's, so that a process whose clock is off neither hurries nor waits. A
 * clock that is not the machine's (a test's) stands for it.
 */
export async function databaseNow({ db, tx, clock }: Pick<Context, 'db' | 'tx' | 'clock'>): Promise<Date> {
  if (clock !== systemClock) return clock.now();
  const [row] = await (tx ?? db).execute<{ ms: number }>(sql`select (extract(epoch from now()) * 1000)::float8 as ms`);
  if (row === undefined) throw new Error('the database told no time');
  return new Date(row.ms);
}
