import { actorName } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { databaseNow } from '../db/database-now.ts';
import { withTransaction } from '../db/transaction.ts';
import { loadPlaces } from '../places/places.ts';
import { requireRight } from '../staff/require-right.ts';
import { askForRelease } from './ask-release.ts';
import { AnnouncementRefusedError, AnnouncementStateError, SecondPersonError } from './errors.ts';
import { type Examined, examine } from './examine.ts';
import { lockForOffice, type Shown } from './lock-for-office.ts';
import type { Announcement } from './queries.ts';
import { changeLocked } from './set-state.ts';
import { announcementRungs } from './tables.ts';

/** Where files of people lie: `DATA_DIR/media`. */
export interface MediaAt {
  readonly mediaDir: string;
}

/**
 * Says that a draft is complete and may be released, by somebody who has the right; they are told. Right
 * `announcements.prepare`. Prepared again: nothing happens.
 * @throws {AnnouncementRefusedError} with every problem @throws {AnnouncementStateError} once it is released; and what
 * `lockForOffice` throws
 */
export async function prepareAnnouncement(ctx: Context, shown: Shown & MediaAt): Promise<Announcement> {
  return withTransaction(ctx, async (tx) => {
    const before = await lockForOffice(tx, ctx, 'announcements.prepare', shown);
    if (before.state === 'prepared') return before;
    if (before.state !== 'draft') throw new AnnouncementStateError(before.id, before.state, 'prepared');
    await requireSound(tx, before, { now: await databaseNow({ ...ctx, tx }), mediaDir: shown.mediaDir });
    const prepared = await prepareLocked(tx, ctx, before);
    await askForRelease(tx, ctx, prepared);
    return prepared;
  });
}

/**
 * Releases an announcement: from now on it is sent, rung by rung. Right `announcements.release`; a draft is prepared by
 * the same stroke, unless the municipality wants two people for it.
 * @throws {SecondPersonError} @throws {AnnouncementRefusedError} with every problem @throws {AnnouncementStateError} the
 * second time; and what `lockForOffice` throws
 */
export async function releaseAnnouncement(ctx: Context, shown: Shown & MediaAt): Promise<Announcement> {
  return withTransaction(ctx, async (tx) => {
    let before = await lockForOffice(tx, ctx, 'announcements.release', shown);
    if (before.state !== 'prepared' && before.state !== 'draft') {
      throw new AnnouncementStateError(before.id, before.state, 'released');
    }
    const two = (await loadPlaces(tx)).municipality(before.municipalityId).settings.releaseNeedsSecondPerson;
    const now = await databaseNow({ ...ctx, tx });
    const { plan } = await requireSound(tx, before, { now, mediaDir: shown.mediaDir });
    if (before.state === 'draft') {
      if (two) throw new SecondPersonError(before.id);
      await requireRight(tx, ctx, 'announcements.prepare', before.municipalityId);
      before = await prepareLocked(tx, ctx, before);
    }
    if (two && before.preparedBy === actorName(ctx.actor)) throw new SecondPersonError(before.id);
    await tx
      .insert(announcementRungs)
      .values(plan.rungs.map(({ rung, dueAt, staleAt }) => ({ announcementId: before.id, rung, dueAt, staleAt })));
    return changeLocked(tx, ctx, before, {
      action: 'release',
      set: { state: 'released', releasedBy: actorName(ctx.actor), releasedAt: ctx.clock.now() },
      after: { rungs: plan.rungs.map(({ rung }) => rung) },
    });
  });
}

function prepareLocked(tx: Tx, ctx: Context, before: Announcement): Promise<Announcement> {
  return changeLocked(tx, ctx, before, {
    action: 'prepare',
    set: { state: 'prepared', preparedBy: actorName(ctx.actor), preparedAt: ctx.clock.now() },
  });
}

/** @throws {AnnouncementRefusedError} */
async function requireSound(
  tx: Tx,
  announcement: Announcement,
  at: { now: Date; mediaDir: string },
): Promise<Examined> {
  const examined = await examine(tx, announcement, at);
  if (examined.problems.length > 0) throw new AnnouncementRefusedError(examined.problems);
  return examined;
}
