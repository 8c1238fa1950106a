import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Database } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { LineNotFoundError } from './errors.ts';
import { lockPlan, touchPlan } from './lock-plan.ts';
import { placeProposals, resolveProposals, villageProblems, withVillages } from './place-proposals.ts';
import { planLineProposals, planLines } from './tables.ts';

const SetLineProposalsInput = z.strictObject({
  planId: z.int(),
  revision: z.int().optional(),
  lineId: z.int(),
  add: z.array(z.int()).max(5000).default([]),
  remove: z.array(z.int()).max(5000).default([]),
});
export type SetLineProposalsInput = z.input<typeof SetLineProposalsInput>;

/**
 * Puts proposals into a line and takes others out. One that stands in another line of the plan moves; for a merged one
 * stands what it was merged into; a village that the line does not speak of yet joins it with its own words.
 * @throws {UnplannableError} naming each that is not open; nothing is changed then
 * @throws {LineNotFoundError} and what `lockPlan` throws
 */
export async function setLineProposals(ctx: Context, input: SetLineProposalsInput): Promise<{ revision: number }> {
  const { lineId, add, remove, ...shown } = SetLineProposalsInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const plan = await lockPlan(tx, ctx, 'plans.edit', shown);
    const [line] = await tx
      .select({ villages: planLines.villages })
      .from(planLines)
      .where(and(eq(planLines.id, lineId), eq(planLines.planId, plan.id)));
    if (line === undefined) throw new LineNotFoundError(plan.id, lineId);
    const added = await resolveProposals(tx, plan.municipalityId, add);
    if (remove.length > 0) {
      await tx
        .delete(planLineProposals)
        .where(and(eq(planLineProposals.lineId, lineId), inArray(planLineProposals.proposalId, remove)));
    }
    if (added.length > 0) {
      await placeProposals(tx, { planId: plan.id, lineId, proposalIds: added });
      const villages = withVillages(line.villages, await villageProblems(tx, added));
      await tx.update(planLines).set({ villages, updatedAt: ctx.clock.now() }).where(eq(planLines.id, lineId));
    }
    await recordAudit(tx, ctx, {
      action: 'plan.line.proposals',
      subject: `plan:${plan.id}`,
      municipalityId: plan.municipalityId,
      after: { lineId, added, removed: remove },
    });
    return { revision: await touchPlan(tx, ctx, plan.id) };
  });
}

/**
 * The ids of proposals by what people call them: `KS-2026-0042`, `ks-2026-42`, or the running number alone, which
 * means the latest year's. In the order given; `unknown` are those that the municipality's villages do not have.
 */
export async function findByNumbers(
  db: Database,
  municipalityId: number,
  numbers: readonly string[],
): Promise<{ ids: number[]; unknown: string[] }> {
  const ids: number[] = [];
  const unknown: string[] = [];
  for (const number of numbers) {
    const [, code = null, year = null, sequence] =
      /^(?:([A-Z]+)-(\d{4})-)?0*(\d{1,9})$/.exec(number.toUpperCase()) ?? [];
    const [found] =
      sequence === undefined
        ? []
        : await db.execute<{ id: string }>(sql`
      select p.id from proposals p join villages v on v.id = p.village_id
      join municipalities m on m.id = p.municipality_id
      where v.municipality_id = ${municipalityId} and not p.test and p.sequence = ${Number(sequence)}
        and (${code}::text is null or (m.code = ${code} and p.year = ${year}::int))
      order by p.year desc, p.id desc limit 1`);
    if (found === undefined) unknown.push(number);
    else ids.push(Number(found.id));
  }
  return { ids, unknown };
}
