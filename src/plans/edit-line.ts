import { and, eq } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { sectors, villages } from '../places/tables.ts';
import { LineNotFoundError, PlanInputError } from './errors.ts';
import { lockPlan, touchPlan } from './lock-plan.ts';
import { completeBeneficiaries, LineFields } from './rules.ts';
import { planLines } from './tables.ts';

const EditLineInput = z.strictObject({
  planId: z.int(),
  revision: z.int().optional(),
  lineId: z.int(),
  /** Only what changes. */
  set: LineFields.partial(),
});
export type EditLineInput = z.input<typeof EditLineInput>;

/**
 * Changes fields of a line. Returns the plan's new revision.
 * @throws {PlanInputError} @throws {LineNotFoundError} and what `lockPlan` throws
 */
export async function editLine(ctx: Context, input: EditLineInput): Promise<{ revision: number }> {
  const { lineId, set, ...shown } = EditLineInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const plan = await lockPlan(tx, ctx, 'plans.edit', shown);
    const columns = await lineColumns(tx, plan.municipalityId, set);
    const [changed] = await tx
      .update(planLines)
      .set({ ...columns, updatedAt: ctx.clock.now() })
      .where(and(eq(planLines.id, lineId), eq(planLines.planId, plan.id)))
      .returning({ id: planLines.id });
    if (changed === undefined) throw new LineNotFoundError(plan.id, lineId);
    await recordAudit(tx, ctx, {
      action: 'plan.line.edit',
      subject: `plan:${plan.id}`,
      municipalityId: plan.municipalityId,
      after: { lineId, fields: Object.keys(set) },
    });
    return { revision: await touchPlan(tx, ctx, plan.id) };
  });
}

/** Checked fields, those that are given. */
export type GivenFields = z.output<ReturnType<typeof LineFields.partial>>;

/** Fields as columns, checked against the municipality. @throws {PlanInputError} */
export async function lineColumns(tx: Tx, municipalityId: number, fields: GivenFields) {
  const { beneficiaries, ...rest } = fields;
  if (fields.villages !== undefined) {
    await checkVillages(
      tx,
      municipalityId,
      fields.villages.map(({ villageId }) => villageId),
    );
  }
  if (typeof fields.sectorId === 'string') await checkSector(tx, municipalityId, fields.sectorId);
  const given = dropUndefined(rest);
  if (beneficiaries === undefined) return given;
  const { total, women, men } = completeBeneficiaries(beneficiaries);
  return { ...given, beneficiaries: total, women, men };
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function dropUndefined<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}

/** Retired villages count: a line may speak of one. */
async function checkVillages(tx: Tx, municipalityId: number, ids: readonly string[]): Promise<void> {
  if (new Set(ids).size < ids.length) throw new PlanInputError('village-twice', 'a village stands twice in the line');
  const own = await tx.select({ id: villages.id }).from(villages).where(eq(villages.municipalityId, municipalityId));
  const unknown = ids.find((id) => !own.some((village) => village.id === id));
  if (unknown !== undefined) {
    throw new PlanInputError(
      'village-unknown',
      `village '${unknown}': expected one of ${own.map(({ id }) => id).join(', ')}`,
    );
  }
}

async function checkSector(tx: Tx, municipalityId: number, id: string): Promise<void> {
  const [found] = await tx
    .select({ id: sectors.id })
    .from(sectors)
    .where(and(eq(sectors.municipalityId, municipalityId), eq(sectors.id, id)));
  if (found === undefined) throw new PlanInputError('sector-unknown', `sector '${id}': not of the municipality`);
}
