import { eq, sql } from 'drizzle-orm';
import type { Context, Tx } from '../core/context.ts';
import { requireRight } from '../staff/require-right.ts';
import type { Right } from '../staff/rights.ts';
import { PlanChangedError, PlanClosedError, PlanNotFoundError } from './errors.ts';
import { plans } from './tables.ts';

export type Plan = typeof plans.$inferSelect;

/** Which plan a verb is about, and at which revision it was shown. */
export interface ShownPlan {
  readonly planId: number;
  /** Without it the verb acts on the plan as it is. */
  readonly revision?: number | undefined;
}

/**
 * What every verb on a plan begins with: locks it, asks for the right, and refuses to act on what was shown before
 * somebody else changed it, and on a plan that is approved.
 * @throws {PlanNotFoundError} @throws {NoRightError} @throws {PlanClosedError} @throws {PlanChangedError}
 */
export async function lockPlan(tx: Tx, ctx: Context, right: Right, shown: ShownPlan): Promise<Plan> {
  const plan = await lockAnyPlan(tx, ctx, right, shown.planId);
  if (plan.status === 'approved') throw new PlanClosedError(plan.id);
  checkRevision(plan, shown.revision);
  return plan;
}

/** The same for a plan in any state, whatever was shown of it. @throws {PlanNotFoundError} @throws {NoRightError} */
export async function lockAnyPlan(tx: Tx, ctx: Context, right: Right, planId: number): Promise<Plan> {
  const [plan] = await tx.select().from(plans).where(eq(plans.id, planId)).for('update');
  if (plan === undefined) throw new PlanNotFoundError(`plan ${planId}`);
  await requireRight(tx, ctx, right, plan.municipalityId);
  return plan;
}

/** @throws {PlanChangedError} when the plan is not at that revision */
export function checkRevision(plan: Plan, revision: number | undefined): void {
  if (revision !== undefined && revision !== plan.revision)
    throw new PlanChangedError(plan.id, revision, plan.revision);
}

/** Notes that a plan has changed; every verb ends with it. Returns the new revision. */
export async function touchPlan(tx: Tx, ctx: Context, planId: number): Promise<number> {
  const [row] = await tx
    .update(plans)
    .set({ revision: sql`${plans.revision} + 1`, updatedAt: ctx.clock.now() })
    .where(eq(plans.id, planId))
    .returning({ revision: plans.revision });
  if (row === undefined) throw new PlanNotFoundError(`plan ${planId}`);
  return row.revision;
}
