import type { Context } from '../core/context.ts';
import { databaseNow } from '../db/database-now.ts';
import type { Hearing } from '../hearings/queries.ts';
import { AnnouncementNotFoundError } from './errors.ts';
import { type Announcement, findItsHearing, getAnnouncement } from './queries.ts';

/** An announcement as it stands, with the time by which its sends fall due. */
export interface OpenAnnouncement {
  readonly announcement: Announcement;
  readonly hearing: Hearing | null;
  readonly now: Date;
}

/** @throws {AnnouncementNotFoundError} also for one of another municipality */
export async function openAnnouncement(
  ctx: Context,
  { id, municipalityId }: { id: number; municipalityId: number },
): Promise<OpenAnnouncement> {
  const db = ctx.tx ?? ctx.db;
  const announcement = await getAnnouncement(db, id);
  if (announcement.municipalityId !== municipalityId) throw new AnnouncementNotFoundError(id);
  const hearing = await findItsHearing(db, announcement);
  return { announcement, hearing, now: await databaseNow(ctx) };
}
