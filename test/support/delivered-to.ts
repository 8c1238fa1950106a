import { sql } from 'drizzle-orm';
import type { Database } from '../../src/core/context.ts';

/** The channels of the deliveries of a send, or of the rungs of an announcement, in the order in which they were made. */
export async function deliveredTo(
  db: Database,
  of: { sendId: number | null } | { announcementId: number; rung?: string },
): Promise<string[]> {
  const which =
    'sendId' in of
      ? sql`d.send_id = ${of.sendId}`
      : sql`g.announcement_id = ${of.announcementId} and g.rung = ${of.rung ?? 'now'}`;
  const rows = await db.execute<{ channel: string }>(sql`
    select d.channel from deliveries d left join announcement_rungs g on g.send_id = d.send_id
    where ${which} order by d.id`);
  return rows.map(({ channel }) => channel);
}
