import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { cancelHearing } from '../hearings/cancel-hearing.ts';
import { type ChangeHearingInput, changeHearing } from '../hearings/change-hearing.ts';
import { HearingChangedError } from '../hearings/errors.ts';
import { type Hearing, lockHearing } from '../hearings/queries.ts';
import { cancelAnnouncement } from './cancel-announcement.ts';
import { AnnouncementStateError } from './errors.ts';
import { lockForOffice, type Shown } from './lock-for-office.ts';
import { type Announcement, getAnnouncement, listOfHearing } from './queries.ts';
import { changeLocked } from './set-state.ts';

/** An announcement as it was shown, with its hearing. */
export interface ShownWithHearing extends Shown {
  readonly hearingRevision?: number | undefined;
}

/**
 * Does something with an announcement only while its hearing, too, is as it was shown; until then nobody changes it.
 * @throws {HearingChangedError} and what `verb` throws
 */
export async function whileShown<T>(
  ctx: Context,
  { announcementId, hearingRevision }: ShownWithHearing,
  verb: (ctx: Context) => Promise<T>,
): Promise<T> {
  return withTransaction(ctx, async (tx) => {
    await lockItsHearing(tx, announcementId, hearingRevision);
    return verb({ ...ctx, tx });
  });
}

/**
 * Changes the hearing of an announcement of which nobody has heard yet: right `announcements.prepare`, as for the notice
 * itself. One that was prepared is a draft again. @throws {AnnouncementStateError} once any announcement of the hearing
 * is released; and what `lockForOffice` and `changeHearing` throw
 */
export async function changeDraftHearing(
  ctx: Context,
  input: ShownWithHearing & { readonly changes: ChangeHearingInput['changes'] },
): Promise<void> {
  const { hearingRevision, changes, ...shown } = input;
  await withTransaction(ctx, async (tx) => {
    const hearing = await lockItsHearing(tx, shown.announcementId, hearingRevision);
    const { id } = await lockForOffice(tx, ctx, 'announcements.prepare', shown);
    if (hearing === null) throw new Error(`announcement ${id} has no hearing`);
    const all = await listOfHearing(tx, hearing.id);
    const heard = all.find((one) => !isUnheard(one));
    if (heard !== undefined) throw new AnnouncementStateError(heard.id, heard.state, 'changed');
    await changeHearing({ ...ctx, tx }, { hearingId: hearing.id, changes }, 'announcements.prepare');
    for (const one of all.filter(({ state }) => state !== 'canceled')) {
      await changeLocked(tx, ctx, one, {
        action: 'change',
        set: { state: 'draft', preparedBy: null, preparedAt: null },
        after: { hearing: Object.keys(changes) },
      });
    }
  });
}

/**
 * Ends a draft, and the hearing that nobody has heard of with it, unless another announcement is about it. `reason`:
 * why, for whoever looks at the list of hearings. @throws {HearingChangedError} and as `cancelAnnouncement`
 */
export async function dropDraft(ctx: Context, input: ShownWithHearing & { readonly reason: string }): Promise<void> {
  const { hearingRevision, reason, ...shown } = input;
  await withTransaction(ctx, async (tx) => {
    const hearing = await lockItsHearing(tx, shown.announcementId, hearingRevision);
    await cancelAnnouncement({ ...ctx, tx }, shown);
    if (hearing?.state !== 'planned') return;
    const alone = (await listOfHearing(tx, hearing.id)).every(
      ({ state, releasedAt }) => state === 'canceled' && releasedAt === null,
    );
    if (alone) await cancelHearing({ ...ctx, tx }, { hearingId: hearing.id, reason }, 'announcements.prepare');
  });
}

/** Locks go hearing → announcement, as where a hearing is moved. @throws {HearingChangedError} */
async function lockItsHearing(tx: Tx, announcementId: number, revision: number | undefined): Promise<Hearing | null> {
  const { hearingId } = await getAnnouncement(tx, announcementId);
  if (hearingId === null) return null;
  const hearing = await lockHearing(tx, hearingId);
  if (revision !== undefined && revision !== hearing.revision) {
    throw new HearingChangedError(hearingId, revision, hearing.revision);
  }
  return hearing;
}

function isUnheard({ state, releasedAt }: Announcement): boolean {
  return releasedAt === null && (state === 'draft' || state === 'prepared' || state === 'canceled');
}
