import { and, eq, inArray } from 'drizzle-orm';
import type { Context, Tx } from '../core/context.ts';
import { databaseNow } from '../db/database-now.ts';
import { withTransaction } from '../db/transaction.ts';
import { cancelPending } from '../deliveries/steer-send.ts';
import { AnnouncementStateError } from './errors.ts';
import { lockForOffice, type Shown } from './lock-for-office.ts';
import type { Announcement } from './queries.ts';
import { changeLocked } from './set-state.ts';
import { announcementRungs } from './tables.ts';

/**
 * Ends an announcement at once and for good: nothing that waits goes out; what is on the wire comes to its end. A draft
 * may be canceled by whoever may prepare one, else it needs the right `announcements.release`.
 * @throws {AnnouncementStateError} when it is done, or was canceled before; and what `lockForOffice` throws
 */
export async function cancelAnnouncement(ctx: Context, shown: Shown): Promise<Announcement> {
  return withTransaction(ctx, async (tx) => {
    const before = await lockForOffice(tx, ctx, 'announcements.prepare', shown);
    const unsent = before.state === 'draft' || before.state === 'prepared';
    if (!unsent) await lockForOffice(tx, ctx, 'announcements.release', shown);
    if (before.state === 'done' || before.state === 'canceled') {
      throw new AnnouncementStateError(before.id, before.state, 'canceled');
    }
    const canceled = await takeBack(tx, before.id, await databaseNow({ ...ctx, tx }));
    return changeLocked(tx, ctx, before, {
      action: 'cancel',
      set: { state: 'canceled', pausedBecause: null, endedAt: ctx.clock.now() },
      after: { canceled },
    });
  });
}

/**
 * Takes back all rungs of a locked announcement that are not over, and what waits of them; one of which nothing waited
 * is done. Returns how many deliveries it took back.
 */
export async function takeBack(tx: Tx, announcementId: number, now: Date): Promise<number> {
  const open = await tx
    .select({ id: announcementRungs.id, sendId: announcementRungs.sendId })
    .from(announcementRungs)
    .where(
      and(
        eq(announcementRungs.announcementId, announcementId),
        inArray(announcementRungs.state, ['planned', 'running']),
      ),
    )
    .orderBy(announcementRungs.id);
  let total = 0;
  for (const { id, sendId } of open) {
    const canceled = sendId === null ? 0 : await cancelPending(tx, sendId);
    const state = sendId !== null && canceled === 0 ? 'done' : 'canceled';
    await tx.update(announcementRungs).set({ state, endedAt: now }).where(eq(announcementRungs.id, id));
    total += canceled;
  }
  return total;
}
