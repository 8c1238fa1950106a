import { sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';

/** How many deliveries wait, how many are on the wire, and for how long the oldest that is due has been waiting. */
export async function readDeliveryFigures(db: Database) {
  const [row] = await db.execute<{ pending: number; sending: number; due_seconds: number }>(sql`
    select (select count(*)::int from deliveries where status = 'pending') as pending,
      (select count(*)::int from deliveries where status = 'sending') as sending,
      (select coalesce(greatest(0, extract(epoch from now() - min(next_attempt_at))), 0)::float8
        from deliveries where status = 'pending') as due_seconds`);
  return {
    deliveriesPending: row?.pending ?? 0,
    deliveriesSending: row?.sending ?? 0,
    deliveriesDueSeconds: row?.due_seconds ?? 0,
  };
}
