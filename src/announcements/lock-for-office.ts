import type { Context, Tx } from '../core/context.ts';
import { requireRight } from '../staff/require-right.ts';
import type { Right } from '../staff/rights.ts';
import { AnnouncementChangedError } from './errors.ts';
import { type Announcement, lockAnnouncement } from './queries.ts';

/** Which announcement a verb is about, and at which revision it was shown. */
export interface Shown {
  readonly announcementId: number;
  /** Without it the verb acts on the announcement as it is. */
  readonly revision?: number | undefined;
}

/**
 * What the verbs of staff on one announcement begin with: locks it, asks for the right in its municipality, and refuses
 * to act on what was shown before somebody else changed it.
 * @throws {AnnouncementNotFoundError} @throws {NoRightError} @throws {AnnouncementChangedError}
 */
export async function lockForOffice(tx: Tx, ctx: Context, right: Right, shown: Shown): Promise<Announcement> {
  const { announcementId, revision } = shown;
  const found = await lockAnnouncement(tx, announcementId);
  await requireRight(tx, ctx, right, found.municipalityId);
  if (revision !== undefined && revision !== found.revision) {
    throw new AnnouncementChangedError(announcementId, revision, found.revision);
  }
  return found;
}
