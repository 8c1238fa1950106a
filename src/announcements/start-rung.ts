import { eq, type SQL, sql } from 'drizzle-orm';
import type { Context, Tx } from '../core/context.ts';
import { sends } from '../deliveries/tables.ts';
import { audienceRows, earlierRows } from './audience.ts';
import { audienceOf } from './examine.ts';
import type { Announcement, Rung } from './queries.ts';
import { readSource } from './source.ts';
import { announcementRungs } from './tables.ts';
import { writeNotice } from './write-notice.ts';

/** After so many days nobody waits any more for what has no date of its own. */
const DEADLINE_DAYS = 7;

/**
 * Starts a rung of a locked announcement: writes what it says, as everything stands now, and a delivery for everybody
 * in its audience, in one statement. Those who are not sent to are in it with the reason, so that the totals are the
 * audience. Returns how many deliveries it made.
 */
export async function startRung(
  tx: Tx,
  ctx: Context,
  o: { announcement: Announcement; rung: Rung; now: Date; mediaDir: string },
): Promise<number> {
  const { announcement, rung, now, mediaDir } = o;
  const source = await readSource(tx, announcement, mediaDir);
  const contents = writeNotice(source, { rung: rung.rung, movedFrom: rung.movedFrom, at: now });
  if (contents === null) throw new Error(`announcement ${announcement.id} was released without words`);
  const ms = rung.staleAt === null ? DEADLINE_DAYS * 86_400_000 : rung.staleAt.getTime() - now.getTime();
  const [send] = await tx
    .insert(sends)
    .values({
      municipalityId: announcement.municipalityId,
      kind: 'announcement',
      subject: `announcement:${announcement.id}`,
      contents,
      createdAt: ctx.clock.now(),
      deadlineAt: sql`now() + ${ms} * interval '1 ms'`,
    })
    .returning({ id: sends.id });
  if (send === undefined) throw new Error('insert into sends returned no row');
  const rows =
    rung.recipients === 'audience'
      ? audienceRows(audienceOf(announcement, source))
      : earlierRows(announcement.id, rung.recipients);
  const made = await makeDeliveries(tx, send.id, rows);
  await tx
    .update(announcementRungs)
    .set({ state: 'running', sendId: send.id, startedAt: now })
    .where(eq(announcementRungs.id, rung.id));
  return made;
}

/**
 * A delivery for each of the rows, those with a reason skipped for it. They are sent in the order of their numbers:
 * groups go first, since each of them speaks to many, and under a cap of the account the rest may take days.
 */
export async function makeDeliveries(tx: Tx, sendId: number, rows: SQL): Promise<number> {
  const made = await tx.execute(sql`
    insert into deliveries (send_id, address_id, channel, account, language, bulk, status, reason, settled_at)
    select ${sendId}, x.address_id, x.channel, x.account, x.language, true,
      case when x.reason is null then 'pending' else 'skipped' end, x.reason,
      case when x.reason is null then null else now() end
    from (${rows}) x
    order by x.is_group desc, x.address_id`);
  return made.count;
}
