import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { dayIn } from '../core/days.ts';
import { AppError } from '../core/errors.ts';
import { withTransaction } from '../db/transaction.ts';
import { municipalities, villages } from '../places/tables.ts';
import { requireRight } from '../staff/require-right.ts';
import { MEETING_KINDS, meetingMedia, meetings } from './tables.ts';

/** More people than live in any municipality. */
export const MOST_PEOPLE = 20_000;

const count = z.int().min(0).max(MOST_PEOPLE);

const RecordMeetingInput = z
  .object({
    villageId: z.string().min(1),
    kind: z.enum(MEETING_KINDS),
    /** The day in the municipality's zone. */
    heldOn: z.iso.date(),
    people: count.min(1),
    /** Null: nobody counted. */
    women: count.nullable(),
    ages: z.object({ age14: count, age29: count, age55: count }).nullable(),
    /** Photos of the sheets, in their order. */
    mediaIds: z.array(z.int()).default([]),
  })
  .refine(({ women, people }) => women === null || women <= people, { error: 'more women than people' })
  .refine(({ ages, people }) => ages === null || ages.age14 + ages.age29 + ages.age55 <= people, {
    error: 'the age bands add up to more than the people',
  });
export type RecordMeetingInput = z.input<typeof RecordMeetingInput>;

/** The village is in no municipality, or the day has not come yet. */
export class MeetingRefusedError extends AppError {
  constructor(message: string) {
    super('invalid', message);
  }
}

/**
 * Records a meeting that took place in a village. Right `meetings.record` in the village's municipality.
 * @throws {NoRightError} @throws {MeetingRefusedError} also for a day that has not come yet
 */
export async function recordMeeting(ctx: Context, input: RecordMeetingInput): Promise<{ id: number }> {
  const { villageId, kind, heldOn, people, women, ages, mediaIds } = RecordMeetingInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const [place] = await tx
      .select({ municipalityId: municipalities.id, timeZone: municipalities.timeZone })
      .from(villages)
      .innerJoin(municipalities, eq(municipalities.id, villages.municipalityId))
      .where(eq(villages.id, villageId));
    if (place === undefined) throw new MeetingRefusedError(`village '${villageId}': there is none`);
    const { municipalityId, timeZone } = place;
    await requireRight(tx, ctx, 'meetings.record', municipalityId);
    const at = ctx.clock.now();
    const today = dayIn(at, timeZone);
    if (heldOn > today) throw new MeetingRefusedError(`a meeting of ${heldOn}: today is ${today}`);
    const [stored] = await tx
      .insert(meetings)
      .values({
        municipalityId,
        villageId,
        kind,
        heldOn,
        people,
        women,
        age14: ages?.age14 ?? null,
        age29: ages?.age29 ?? null,
        age55: ages?.age55 ?? null,
        recordedBy: actorName(ctx.actor),
        recordedAt: at,
      })
      .returning({ id: meetings.id });
    if (stored === undefined) throw new Error('insert into meetings returned no row');
    const sheets = [...new Set(mediaIds)].map((mediaId, position) => ({ meetingId: stored.id, mediaId, position }));
    if (sheets.length > 0) await tx.insert(meetingMedia).values(sheets);
    await recordAudit(tx, ctx, {
      action: 'meeting.record',
      subject: `meeting:${stored.id}`,
      municipalityId,
      after: { villageId, kind, heldOn, people, women, photos: sheets.length },
    });
    return stored;
  });
}

/**
 * Takes back a meeting that was recorded by mistake: it leaves lists and counts; proposals that came from it stay as
 * they are. Again: nothing happens. @throws {NoRightError} @throws {MeetingRefusedError} when there is none
 */
export async function cancelMeeting(ctx: Context, meetingId: number): Promise<void> {
  return withTransaction(ctx, async (tx) => {
    const [found] = await tx
      .select({ canceledAt: meetings.canceledAt, municipalityId: villages.municipalityId })
      .from(meetings)
      .innerJoin(villages, eq(villages.id, meetings.villageId))
      .where(eq(meetings.id, meetingId))
      .for('update', { of: meetings });
    if (found === undefined) throw new MeetingRefusedError(`meeting ${meetingId}: there is none`);
    const { municipalityId } = found;
    await requireRight(tx, ctx, 'meetings.record', municipalityId);
    if (found.canceledAt !== null) return;
    await tx.update(meetings).set({ canceledAt: ctx.clock.now() }).where(eq(meetings.id, meetingId));
    const proposals = await tx.execute<{ count: number }>(
      sql`select count(*)::int as count from proposals where meeting_id = ${meetingId}`,
    );
    await recordAudit(tx, ctx, {
      action: 'meeting.cancel',
      subject: `meeting:${meetingId}`,
      municipalityId,
      after: { proposals: proposals[0]?.count ?? 0 },
    });
  });
}
