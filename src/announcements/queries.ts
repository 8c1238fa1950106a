import { and, asc, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Tx } from '../core/context.ts';
import { getHearing, type Hearing } from '../hearings/queries.ts';
import { media } from '../messaging/tables.ts';
import { AnnouncementNotFoundError } from './errors.ts';
import {
  ANNOUNCEMENT_STATES,
  type AnnouncementState,
  announcementMedia,
  announcementRungs,
  announcements,
} from './tables.ts';

export type Announcement = typeof announcements.$inferSelect;
export type Rung = typeof announcementRungs.$inferSelect;

/** @throws {AnnouncementNotFoundError} */
export async function getAnnouncement(db: Database, announcementId: number): Promise<Announcement> {
  const [found] = await db.select().from(announcements).where(eq(announcements.id, announcementId));
  if (found === undefined) throw new AnnouncementNotFoundError(announcementId);
  return found;
}

/** The same, locked until the transaction ends. Locks go announcement → send → deliveries. @throws {AnnouncementNotFoundError} */
export async function lockAnnouncement(tx: Tx, announcementId: number): Promise<Announcement> {
  const [found] = await tx.select().from(announcements).where(eq(announcements.id, announcementId)).for('update');
  if (found === undefined) throw new AnnouncementNotFoundError(announcementId);
  return found;
}

/** Announcements of a municipality, the latest first; `states` absent: in all of them. */
export function listAnnouncements(
  db: Database,
  o: { municipalityId: number; states?: readonly AnnouncementState[]; limit?: number },
): Promise<Announcement[]> {
  const states = inArray(announcements.state, [...(o.states ?? ANNOUNCEMENT_STATES)]);
  return db
    .select()
    .from(announcements)
    .where(and(eq(announcements.municipalityId, o.municipalityId), states))
    .orderBy(desc(announcements.id))
    .limit(o.limit ?? 1_000);
}

/** The hearing that an announcement is about, as it is now; null: it is about none. */
export function findItsHearing(db: Database, { hearingId }: Pick<Announcement, 'hearingId'>): Promise<Hearing | null> {
  return hearingId === null ? Promise.resolve(null) : getHearing(db, hearingId);
}

/** The announcements of a hearing, in whatever state, oldest first. */
export function listOfHearing(db: Database, hearingId: number): Promise<Announcement[]> {
  return db.select().from(announcements).where(eq(announcements.hearingId, hearingId)).orderBy(asc(announcements.id));
}

/** The sends of an announcement, the first to fall due first. */
export function listRungs(db: Database, announcementId: number): Promise<Rung[]> {
  return db
    .select()
    .from(announcementRungs)
    .where(eq(announcementRungs.announcementId, announcementId))
    .orderBy(asc(announcementRungs.dueAt), asc(announcementRungs.id));
}

/** A file that goes with an announcement. */
export type AttachedFile = Pick<
  typeof media.$inferSelect,
  'id' | 'kind' | 'path' | 'fileName' | 'mime' | 'size' | 'status'
>;

/** The files of an announcement in their order, that of an approval first. */
export async function listFiles(
  db: Database,
  { id, approval }: Pick<Announcement, 'id' | 'approval'>,
): Promise<AttachedFile[]> {
  const first = approval?.mediaId ?? null;
  return db
    .select({
      id: media.id,
      kind: media.kind,
      path: media.path,
      fileName: media.fileName,
      mime: media.mime,
      size: media.size,
      status: media.status,
    })
    .from(media)
    .leftJoin(announcementMedia, and(eq(announcementMedia.mediaId, media.id), eq(announcementMedia.announcementId, id)))
    .where(sql`${announcementMedia.mediaId} is not null or ${media.id} = ${first}`)
    .orderBy(sql`${media.id} is distinct from ${first}`, asc(announcementMedia.position), asc(media.id));
}
