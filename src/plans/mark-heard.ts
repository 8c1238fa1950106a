import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { dayIn } from '../core/days.ts';
import { withTransaction } from '../db/transaction.ts';
import { municipalities } from '../places/tables.ts';
import { PlanEmptyError, PlanInputError } from './errors.ts';
import { keepVersion } from './keep-version.ts';
import { lockPlan, type Plan, touchPlan } from './lock-plan.ts';
import { planLines, plans } from './tables.ts';

const MarkHeardInput = z.strictObject({
  planId: z.int(),
  revision: z.int().optional(),
  /** Of the gathering: YYYY-MM-DD. */
  heardOn: z.iso.date(),
});
export type MarkHeardInput = z.input<typeof MarkHeardInput>;

/**
 * Notes that a gathering has heard the draft, and puts down what it heard. What people said there may still be taken
 * in; heard again, it is one more version. It tells nobody.
 * @throws {PlanEmptyError} @throws {PlanInputError} when the day is yet to come; and what `lockPlan` throws
 */
export async function markHeard(ctx: Context, input: MarkHeardInput): Promise<{ version: number; revision: number }> {
  const { heardOn, ...shown } = MarkHeardInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const plan = await lockPlan(tx, ctx, 'plans.edit', shown);
    await checkDecision(tx, ctx, plan, heardOn);
    await tx.update(plans).set({ status: 'heard', heardOn }).where(eq(plans.id, plan.id));
    const revision = await touchPlan(tx, ctx, plan.id);
    const { version } = await keepVersion(tx, ctx, plan.id);
    await recordAudit(tx, ctx, {
      action: 'plan.heard',
      subject: `plan:${plan.id}`,
      municipalityId: plan.municipalityId,
      before: { status: plan.status },
      after: { status: 'heard', heardOn, version },
    });
    return { version, revision };
  });
}

/** @throws {PlanEmptyError} @throws {PlanInputError} when the day is after today, in the municipality's zone */
export async function checkDecision(tx: Tx, ctx: Context, plan: Plan, day: string): Promise<void> {
  const [municipality] = await tx
    .select({ timeZone: municipalities.timeZone })
    .from(municipalities)
    .where(eq(municipalities.id, plan.municipalityId));
  const today = dayIn(ctx.clock.now(), municipality?.timeZone ?? 'UTC');
  if (day > today) throw new PlanInputError('date-future', `${day} is after today, ${today}`);
  if ((await tx.$count(planLines, eq(planLines.planId, plan.id))) === 0) throw new PlanEmptyError(plan.id);
}
