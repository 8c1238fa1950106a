import { and, eq, isNotNull } from 'drizzle-orm';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { addTotals, countDeliveries } from '../deliveries/count-deliveries.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { pauseSend, resumeSend } from '../deliveries/steer-send.ts';
import { openingButton } from '../dialog/button-data.ts';
import { peopleWith } from '../staff/people-with.ts';
import { AnnouncementStateError } from './errors.ts';
import { lockForOffice, type Shown } from './lock-for-office.ts';
import { type Announcement, lockAnnouncement } from './queries.ts';
import { changeLocked } from './set-state.ts';
import { announcementRungs } from './tables.ts';

/**
 * Holds an announcement back, also in the middle of a send; what is on the wire comes to its end. Right
 * `announcements.release`. @throws {AnnouncementStateError} unless it is released or running; and what `lockForOffice`
 * throws
 */
export async function pauseAnnouncement(ctx: Context, shown: Shown): Promise<Announcement> {
  return withTransaction(ctx, async (tx) => {
    const before = await lockForOffice(tx, ctx, 'announcements.release', shown);
    return pauseLocked(tx, ctx, before, 'staff');
  });
}

/**
 * Lets a paused announcement go on: what waits goes at once, rungs that came too late meanwhile are left out and
 * reported. Right `announcements.release`. @throws {AnnouncementStateError} unless it is paused; and what
 * `lockForOffice` throws
 */
export async function resumeAnnouncement(ctx: Context, shown: Shown): Promise<Announcement> {
  return withTransaction(ctx, async (tx) => {
    const before = await lockForOffice(tx, ctx, 'announcements.release', shown);
    if (before.state !== 'paused') throw new AnnouncementStateError(before.id, before.state, 'resumed');
    for (const sendId of await openSends(tx, before.id)) await resumeSend(tx, sendId);
    const begun = await hasBegun(tx, before.id);
    const set = { state: begun ? 'running' : 'released', pausedBecause: null } as const;
    return changeLocked(tx, ctx, before, { action: 'resume', set });
  });
}

/**
 * Holds an announcement back because too many of its messages went wrong, and says so to whoever may let it go on. Of one that runs no more: nothing happens.
 */
export async function pauseOnErrors(ctx: Context, sendId: number): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const [found] = await tx
      .select({ id: announcementRungs.announcementId })
      .from(announcementRungs)
      .where(eq(announcementRungs.sendId, sendId));
    if (found === undefined) return;
    const before = await lockAnnouncement(tx, found.id);
    if (before.state !== 'running') return;
    const paused = await pauseLocked(tx, ctx, before, 'errors');
    const counts = await countDeliveries(tx, await openSends(tx, paused.id));
    const { sent, pending } = addTotals([...counts.values()].map(({ totals }) => totals));
    await sendNotice(tx, ctx, {
      municipalityId: paused.municipalityId,
      subject: `announcement:${paused.id}`,
      audience: 'staff',
      residentIds: await peopleWith(tx, paused.municipalityId, 'announcements.release'),
      write: (t) => ({
        text: t('announcement-paused-errors', { sent, pending }),
        options: [{ data: openingButton('announce', String(paused.id)), label: t('btn-announcement-open') }],
      }),
    });
  });
}

async function pauseLocked(
  tx: Tx,
  ctx: Context,
  before: Announcement,
  because: 'staff' | 'errors',
): Promise<Announcement> {
  if (before.state !== 'released' && before.state !== 'running') {
    throw new AnnouncementStateError(before.id, before.state, 'paused');
  }
  for (const sendId of await openSends(tx, before.id)) await pauseSend(tx, sendId);
  return changeLocked(tx, ctx, before, {
    action: 'pause',
    set: { state: 'paused', pausedBecause: because },
    after: { because },
  });
}

/** The sends of an announcement that are under way. */
export async function openSends(tx: Tx, announcementId: number): Promise<number[]> {
  const rows = await tx
    .select({ sendId: announcementRungs.sendId })
    .from(announcementRungs)
    .where(and(eq(announcementRungs.announcementId, announcementId), eq(announcementRungs.state, 'running')))
    .orderBy(announcementRungs.id);
  return rows.flatMap(({ sendId }) => (sendId === null ? [] : [sendId]));
}

async function hasBegun(tx: Tx, announcementId: number): Promise<boolean> {
  const [any] = await tx
    .select({ id: announcementRungs.id })
    .from(announcementRungs)
    .where(and(eq(announcementRungs.announcementId, announcementId), isNotNull(announcementRungs.sendId)))
    .limit(1);
  return any !== undefined;
}
