import { and, asc, desc, eq, gte, inArray, isNull, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { villages } from '../places/tables.ts';
import { meetings } from './tables.ts';

/** The meeting is not there, is of another municipality, or was canceled. */
export class MeetingNotFoundError extends AppError {
  readonly meetingId: number;
  constructor(meetingId: number) {
    super('not-found', `meeting ${meetingId}: not there, canceled, or of another municipality`);
    this.meetingId = meetingId;
  }
}

const row = {
  id: meetings.id,
  villageId: meetings.villageId,
  kind: meetings.kind,
  heldOn: meetings.heldOn,
  people: meetings.people,
  women: meetings.women,
  age14: meetings.age14,
  age29: meetings.age29,
  age55: meetings.age55,
  // written out: drizzle drops the table's name where a select has one table only
  photoCount: sql<number>`(select count(*)::int from meeting_media f where f.meeting_id = meetings.id)`,
  proposalCount: sql<number>`(select count(*)::int from proposals p where p.meeting_id = meetings.id)`,
};

/** A meeting that took place, with the photos of its sheets and the proposals that came from it, counted. */
export type Meeting = Awaited<ReturnType<typeof listMeetings>>[number];

/**
 * Meetings of the municipality's villages of today, the latest first, canceled ones left out; of one village where it
 * is named, held on `since` (`YYYY-MM-DD`) or later.
 */
export async function listMeetings(
  db: Database,
  filter: { municipalityId: number; villageId?: string; since?: string; limit?: number },
) {
  const { municipalityId, villageId, since, limit } = filter;
  const list = db
    .select(row)
    .from(meetings)
    .where(
      and(
        isNull(meetings.canceledAt),
        inArray(meetings.villageId, villagesOf(db, municipalityId)),
        villageId === undefined ? undefined : eq(meetings.villageId, villageId),
        since === undefined ? undefined : gte(meetings.heldOn, since),
      ),
    )
    .orderBy(desc(meetings.heldOn), desc(meetings.id));
  return limit === undefined ? list : list.limit(limit);
}

/** One of them. @throws {MeetingNotFoundError} */
export async function getMeeting(db: Database, municipalityId: number, meetingId: number): Promise<Meeting> {
  const [found] = await db
    .select(row)
    .from(meetings)
    .where(
      and(
        eq(meetings.id, meetingId),
        isNull(meetings.canceledAt),
        inArray(meetings.villageId, villagesOf(db, municipalityId)),
      ),
    )
    .orderBy(asc(meetings.id));
  if (found === undefined) throw new MeetingNotFoundError(meetingId);
  return found;
}

function villagesOf(db: Database, municipalityId: number) {
  return db.select({ id: villages.id }).from(villages).where(eq(villages.municipalityId, municipalityId));
}
