import { eq, max } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { lineColumns } from './edit-line.ts';
import { lockPlan, type Plan, touchPlan } from './lock-plan.ts';
import { LineFields } from './rules.ts';
import { planLines } from './tables.ts';

const AddLineInput = z.strictObject({
  planId: z.int(),
  revision: z.int().optional(),
  fields: LineFields.partial().required({ direction: true }),
});
export type AddLineInput = z.input<typeof AddLineInput>;

/** Adds a line at the end. It tells nobody. @throws {PlanInputError} and what `lockPlan` throws */
export async function addLine(ctx: Context, input: AddLineInput): Promise<{ lineId: number; revision: number }> {
  const { fields, ...shown } = AddLineInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const plan = await lockPlan(tx, ctx, 'plans.edit', shown);
    const lineId = await insertLine(tx, ctx, plan, fields);
    return { lineId, revision: await touchPlan(tx, ctx, plan.id) };
  });
}

/** The step itself, within a verb that has locked the plan. */
export async function insertLine(
  tx: Tx,
  ctx: Context,
  plan: Plan,
  fields: z.output<typeof AddLineInput>['fields'],
): Promise<number> {
  const columns = await lineColumns(tx, plan.municipalityId, fields);
  const [last] = await tx
    .select({ position: max(planLines.position) })
    .from(planLines)
    .where(eq(planLines.planId, plan.id));
  const position = (last?.position ?? 0) + 1;
  const now = ctx.clock.now();
  const [line] = await tx
    .insert(planLines)
    .values({
      problem: '',
      villages: [],
      activities: [],
      fundings: [],
      ...columns,
      direction: fields.direction,
      planId: plan.id,
      position,
      createdAt: now,
      updatedAt: now,
    })
    .returning({ id: planLines.id });
  if (line === undefined) throw new Error('insert into plan_lines returned no row');
  await recordAudit(tx, ctx, {
    action: 'plan.line.add',
    subject: `plan:${plan.id}`,
    municipalityId: plan.municipalityId,
    after: { lineId: line.id, position, sectorId: fields.sectorId ?? null },
  });
  return line.id;
}
