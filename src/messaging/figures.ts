import { sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';

/** How much waits, is put aside or is open, in one statement over small indexes. */
export async function readFigures(db: Database) {
  const [row] = await db.execute<
    Record<'inbox_waiting' | 'inbox_parked' | 'replies_waiting' | 'media_pending' | 'dialogs_open', number>
  >(sql`
    select (select count(*)::int from inbox where status = 'new') as inbox_waiting,
      (select count(*)::int from inbox where status = 'parked') as inbox_parked,
      (select count(*)::int from replies) as replies_waiting,
      (select count(*)::int from media where status = 'pending') as media_pending,
      (select count(*)::int from dialogs where expires_at is not null) as dialogs_open`);
  return {
    inboxWaiting: row?.inbox_waiting ?? 0,
    inboxParked: row?.inbox_parked ?? 0,
    repliesWaiting: row?.replies_waiting ?? 0,
    mediaPending: row?.media_pending ?? 0,
    dialogsOpen: row?.dialogs_open ?? 0,
  };
}
