import { sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';

/**
 * How many deliveries wait, how many are on the wire, and for how long the oldest personal one that is due has been
 * waiting; an announcement waits for hours by its nature.
 */
export async function readDeliveryFigures(db: Database) {
  const [row] = await db.execute<{ pending: number; sending: number; due_seconds: number }>(sql`
    select (select count(*)::int from deliveries where status = 'pending') as pending,
      (select count(*)::int from deliveries where status = 'sending') as sending,
      (select coalesce(extract(epoch from now() - min(next_attempt_at)), 0)::float8
        from deliveries where status = 'pending' and not bulk and next_attempt_at <= now()) as due_seconds`);
  return {
    deliveriesPending: row?.pending ?? 0,
    deliveriesSending: row?.sending ?? 0,
    deliveriesDueSeconds: row?.due_seconds ?? 0,
  };
}
