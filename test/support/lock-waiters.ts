import { sql } from 'drizzle-orm';
import type { Database } from '../../src/core/context.ts';

/** How many sessions of the database wait for what another one holds (PostgreSQL). */
export async function countLockWaiters(db: Database): Promise<number> {
  const [row] = await db.execute<{ count: number }>(sql`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`);
  return row?.count ?? 0;
}
