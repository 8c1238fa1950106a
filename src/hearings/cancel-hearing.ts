import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import type { Right } from '../staff/rights.ts';
import { lockForOffice } from './lock-for-office.ts';
import type { Hearing } from './queries.ts';
import { Line, requirePlanned } from './rules.ts';
import { hearings } from './tables.ts';

const CancelHearingInput = z.strictObject({ hearingId: z.int(), revision: z.int().optional(), reason: Line });
export type CancelHearingInput = z.input<typeof CancelHearingInput>;

/**
 * Calls a planned hearing off, for good; nobody is told by it. `right`: in place of `hearings.manage`, for a hearing of
 * which nobody has heard yet.
 * @throws {HearingRefusedError} `canceled`, `held`; and what `lockForOffice` throws
 */
export async function cancelHearing(ctx: Context, input: CancelHearingInput, right?: Right): Promise<Hearing> {
  const { reason, ...shown } = CancelHearingInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const before = await lockForOffice(tx, ctx, shown, right);
    requirePlanned(before);
    const [canceled] = await tx
      .update(hearings)
      .set({
        state: 'canceled',
        cancelReason: reason,
        revision: sql`${hearings.revision} + 1`,
        updatedAt: ctx.clock.now(),
      })
      .where(eq(hearings.id, before.id))
      .returning();
    if (canceled === undefined) throw new Error(`hearing ${before.id} was locked and is not there`);
    await recordAudit(tx, ctx, {
      action: 'hearing.cancel',
      subject: `hearing:${before.id}`,
      municipalityId: before.municipalityId,
      before: { state: before.state },
      after: { state: canceled.state, length: reason.length },
    });
    return canceled;
  });
}
