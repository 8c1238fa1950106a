import { and, eq } from 'drizzle-orm';
import type { Context, Tx } from '../core/context.ts';
import type { Locale, Translate } from '../core/texts.ts';
import { countDeliveries, NO_TOTALS, type SendTotals } from '../deliveries/count-deliveries.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { openingButton } from '../dialog/button-data.ts';
import { peopleNamed } from '../staff/people-with.ts';
import { type Announcement, findItsHearing, type Rung } from './queries.ts';
import { announcementRungs, announcements } from './tables.ts';
import { rungName, titleOf } from './title.ts';

/** To how many of its audience a send goes, or went. */
export function countTried({ pending, sending, sent, failed }: SendTotals): number {
  return pending + sending + sent + failed;
}

/** One message to whoever released it, which `ProgressTeller` then edits as the send goes on. */
export async function beginProgress(tx: Tx, ctx: Context, announcement: Announcement, rung: Rung): Promise<void> {
  const [row] = await tx
    .select({ sendId: announcementRungs.sendId })
    .from(announcementRungs)
    .where(eq(announcementRungs.id, rung.id));
  const totals =
    row?.sendId == null ? NO_TOTALS : ((await countDeliveries(tx, [row.sendId])).get(row.sendId)?.totals ?? NO_TOTALS);
  const total = countTried(totals);
  const progressSendId = await sendNotice(tx, ctx, {
    ...(await about(tx, announcement, [announcement.releasedBy])),
    write: await titled(tx, announcement, rung.rung, (t) => t('announcement-progress-waiting', { total })),
  });
  await tx.update(announcements).set({ progressSendId }).where(eq(announcements.id, announcement.id));
}

/** The report of a send that is over, to whoever prepared and released it. */
export async function tellReport(tx: Tx, ctx: Context, announcement: Announcement, rungId: number): Promise<void> {
  const [rung] = await tx
    .select({ rung: announcementRungs.rung, sendId: announcementRungs.sendId })
    .from(announcementRungs)
    .where(eq(announcementRungs.id, rungId));
  if (rung?.sendId == null) return;
  const { sendId } = rung;
  const totals = (await countDeliveries(tx, [sendId])).get(sendId)?.totals ?? NO_TOTALS;
  const { sent, failed, skipped, canceled, possiblyDoubled: doubled } = totals;
  const late = await tx
    .select({ rung: announcementRungs.rung })
    .from(announcementRungs)
    .where(and(eq(announcementRungs.announcementId, announcement.id), eq(announcementRungs.state, 'stale')));
  const write = await titled(tx, announcement, rung.rung, (t) => {
    const lines = [t('announcement-report', { sent, failed, skipped, canceled, doubled })];
    if (late.length > 0)
      lines.push(t('announcement-late', { rungs: late.map((one) => rungName(one.rung, t)).join(', ') }));
    return lines.join('\n');
  });
  await sendNotice(tx, ctx, {
    ...(await about(tx, announcement, [announcement.releasedBy, announcement.preparedBy])),
    write: (t, locale) => ({
      ...write(t, locale),
      options: [{ data: openingButton('announce', String(announcement.id)), label: t('btn-announcement-open') }],
    }),
  });
}

async function about(tx: Tx, { id, municipalityId }: Announcement, actors: readonly (string | null)[]) {
  const residentIds = await peopleNamed(tx, actors);
  return { municipalityId, subject: `announcement:${id}`, audience: 'staff', residentIds } as const;
}

/** A text below what the announcement and its send are called. */
async function titled(tx: Tx, announcement: Announcement, rung: string, say: (t: Translate) => string) {
  const hearing = await findItsHearing(tx, announcement);
  return (t: Translate, locale: Locale) => {
    const title = `${titleOf(announcement, hearing, locale)} · ${rungName(rung, t)}`;
    return { text: `${title}\n${say(t)}` };
  };
}
