import { and, asc, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { LineNotFoundError } from './errors.ts';
import { lockPlan, touchPlan } from './lock-plan.ts';
import { planLines } from './tables.ts';

const MoveLineInput = z.strictObject({
  planId: z.int(),
  revision: z.int().optional(),
  lineId: z.int(),
  /** The number it is to have; beyond the ends: the first or the last. */
  position: z.int(),
});
export type MoveLineInput = z.input<typeof MoveLineInput>;

/** Gives a line another number; those between move by one. @throws {LineNotFoundError} and what `lockPlan` throws */
export async function moveLine(ctx: Context, input: MoveLineInput): Promise<{ position: number; revision: number }> {
  const { lineId, position, ...shown } = MoveLineInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const plan = await lockPlan(tx, ctx, 'plans.edit', shown);
    const ids = await lineIds(tx, plan.id);
    const from = ids.indexOf(lineId);
    if (from === -1) throw new LineNotFoundError(plan.id, lineId);
    const to = Math.min(Math.max(position, 1), ids.length);
    ids.splice(from, 1);
    ids.splice(to - 1, 0, lineId);
    await number(tx, ids);
    await recordAudit(tx, ctx, {
      action: 'plan.line.move',
      subject: `plan:${plan.id}`,
      municipalityId: plan.municipalityId,
      before: { lineId, position: from + 1 },
      after: { lineId, position: to },
    });
    return { position: to, revision: await touchPlan(tx, ctx, plan.id) };
  });
}

const RemoveLineInput = z.strictObject({ planId: z.int(), revision: z.int().optional(), lineId: z.int() });
export type RemoveLineInput = z.input<typeof RemoveLineInput>;

/** Takes a line out; its proposals are free for other lines again. @throws {LineNotFoundError} and what `lockPlan` throws */
export async function removeLine(ctx: Context, input: RemoveLineInput): Promise<{ revision: number }> {
  const { lineId, ...shown } = RemoveLineInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const plan = await lockPlan(tx, ctx, 'plans.edit', shown);
    const [removed] = await tx
      .delete(planLines)
      .where(and(eq(planLines.id, lineId), eq(planLines.planId, plan.id)))
      .returning({ position: planLines.position });
    if (removed === undefined) throw new LineNotFoundError(plan.id, lineId);
    await number(tx, await lineIds(tx, plan.id));
    await recordAudit(tx, ctx, {
      action: 'plan.line.remove',
      subject: `plan:${plan.id}`,
      municipalityId: plan.municipalityId,
      before: { lineId, position: removed.position },
    });
    return { revision: await touchPlan(tx, ctx, plan.id) };
  });
}

async function lineIds(tx: Tx, planId: number): Promise<number[]> {
  const rows = await tx
    .select({ id: planLines.id })
    .from(planLines)
    .where(eq(planLines.planId, planId))
    .orderBy(asc(planLines.position), asc(planLines.id));
  return rows.map(({ id }) => id);
}

/** Numbers lines from 1 in this order; one statement. */
async function number(tx: Tx, ids: readonly number[]): Promise<void> {
  await tx.execute(sql`
    update plan_lines l set position = o.position
    from unnest(${sql.param(ids)}::bigint[]) with ordinality as o(id, position)
    where l.id = o.id and l.position <> o.position`);
}
