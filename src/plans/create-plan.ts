import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { requireRight } from '../staff/require-right.ts';
import { findPlan } from './queries.ts';
import { FIRST_YEAR, LAST_YEAR } from './rules.ts';
import { plans } from './tables.ts';

const CreatePlanInput = z.strictObject({
  municipalityId: z.int(),
  year: z.int().min(FIRST_YEAR).max(LAST_YEAR),
});
export type CreatePlanInput = z.input<typeof CreatePlanInput>;

/** Begins the plan of a year; where there is one already, that is it. @throws {NoRightError} */
export async function createPlan(ctx: Context, input: CreatePlanInput): Promise<{ planId: number; created: boolean }> {
  const { municipalityId, year } = CreatePlanInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'plans.edit', municipalityId);
    const now = ctx.clock.now();
    const [made] = await tx
      .insert(plans)
      .values({ municipalityId, year, status: 'draft', createdAt: now, updatedAt: now })
      .onConflictDoNothing({ target: [plans.municipalityId, plans.year] })
      .returning({ id: plans.id });
    if (made === undefined) {
      const there = await findPlan(tx, municipalityId, year);
      if (there === null) throw new Error(`plan of ${year}: neither made nor there`);
      return { planId: there.id, created: false };
    }
    await recordAudit(tx, ctx, {
      action: 'plan.create',
      subject: `plan:${made.id}`,
      municipalityId,
      after: { year, status: 'draft' },
    });
    return { planId: made.id, created: true };
  });
}
