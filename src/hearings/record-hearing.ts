import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { MOST_PEOPLE } from '../meetings/record-meeting.ts';
import { HearingRefusedError } from './errors.ts';
import { lockForOffice } from './lock-for-office.ts';
import type { Hearing } from './queries.ts';
import { PageLink } from './rules.ts';
import { hearings } from './tables.ts';

const RecordHearingInput = z
  .strictObject({
    hearingId: z.int(),
    revision: z.int().optional(),
    people: z.int().min(0).max(MOST_PEOPLE),
    /** Null: nobody counted. */
    women: z.int().min(0).nullable(),
    /** Left out, they stay as they are. */
    minutesMediaId: z.int().nullish(),
    minutesUrl: PageLink.nullish(),
  })
  .refine(({ women, people }) => women === null || women <= people, { error: 'more women than people' });
export type RecordHearingInput = z.input<typeof RecordHearingInput>;

/**
 * Records who came to a hearing, once it has begun; again, it puts right what was recorded.
 * @throws {HearingRefusedError} `canceled`, `not-begun`; and what `lockForOffice` throws
 */
export async function recordHearing(ctx: Context, input: RecordHearingInput): Promise<Hearing> {
  const { hearingId, revision, people, women, minutesMediaId, minutesUrl } = RecordHearingInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const before = await lockForOffice(tx, ctx, { hearingId, revision });
    const now = ctx.clock.now();
    if (before.state === 'canceled') throw new HearingRefusedError('canceled', `hearing ${hearingId} was canceled`);
    if (before.startsAt > now) throw new HearingRefusedError('not-begun', `hearing ${hearingId} has not begun yet`);
    const [held] = await tx
      .update(hearings)
      .set({
        state: 'held',
        peopleCount: people,
        womenCount: women,
        ...(minutesMediaId === undefined ? {} : { minutesMediaId }),
        ...(minutesUrl === undefined ? {} : { minutesUrl }),
        heldRecordedAt: now,
        revision: sql`${hearings.revision} + 1`,
        updatedAt: now,
      })
      .where(eq(hearings.id, hearingId))
      .returning();
    if (held === undefined) throw new Error(`hearing ${hearingId} was locked and is not there`);
    await recordAudit(tx, ctx, {
      action: 'hearing.record',
      subject: `hearing:${hearingId}`,
      municipalityId: before.municipalityId,
      before: { state: before.state, people: before.peopleCount, women: before.womenCount },
      after: { state: held.state, people, women, minutes: held.minutesMediaId !== null || held.minutesUrl !== null },
    });
    return held;
  });
}
