import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { LOCALES, type Locale } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { sectors } from '../places/tables.ts';
import { insertLine } from './add-line.ts';
import { LineNotFoundError, PlanInputError } from './errors.ts';
import { usualIssue } from './local-issues.ts';
import { lockPlan, type Plan, touchPlan } from './lock-plan.ts';
import { placeProposals, villageProblems, withVillages } from './place-proposals.ts';
import { openProposals } from './suggest-lines.ts';
import { planLines } from './tables.ts';

const TakeSuggestionInput = z.strictObject({
  planId: z.int(),
  revision: z.int().optional(),
  sectorId: z.string(),
  /** Only these villages; absent: all. */
  villageIds: z.array(z.string()).min(1).optional(),
  /** The line that they join; absent: a new one. */
  lineId: z.int().optional(),
  /** In which the direction of a new line is named. */
  language: z.enum(LOCALES),
});
export type TakeSuggestionInput = z.input<typeof TakeSuggestionInput>;

/**
 * Makes a line of what `suggestLines` shows of a sector, or adds it to a line: all proposals that are open at this
 * moment, and of each village its own words. It tells nobody.
 * @throws {PlanInputError} `nothing-to-add` when somebody else took them meanwhile
 * @throws {LineNotFoundError} and what `lockPlan` throws
 */
export async function takeSuggestion(
  ctx: Context,
  input: TakeSuggestionInput,
): Promise<{ lineId: number; proposals: number; revision: number }> {
  const { sectorId, villageIds, lineId: joined, language, ...shown } = TakeSuggestionInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const plan = await lockPlan(tx, ctx, 'plans.edit', shown);
    const proposalIds = await listOpen(tx, plan, sectorId, villageIds);
    if (proposalIds.length === 0) throw new PlanInputError('nothing-to-add', `plan ${plan.id}: nothing is open there`);
    const villages = await villageProblems(tx, proposalIds);
    const lineId = joined ?? (await newLine(tx, ctx, plan, { sectorId, villages, language }));
    if (joined !== undefined) await join(tx, ctx, plan, { lineId: joined, villages });
    await placeProposals(tx, { planId: plan.id, lineId, proposalIds });
    await recordAudit(tx, ctx, {
      action: 'plan.line.proposals',
      subject: `plan:${plan.id}`,
      municipalityId: plan.municipalityId,
      after: { lineId, added: proposalIds },
    });
    return { lineId, proposals: proposalIds.length, revision: await touchPlan(tx, ctx, plan.id) };
  });
}

async function listOpen(
  tx: Tx,
  plan: Plan,
  sectorId: string,
  villageIds: readonly string[] | undefined,
): Promise<number[]> {
  const here = villageIds === undefined ? sql`` : sql`and p.village_id = any(${sql.param(villageIds)}::text[])`;
  const rows = await tx.execute<{ id: string }>(
    sql`select p.id from ${openProposals(plan)} where p.sector_id = ${sectorId} ${here} order by p.id`,
  );
  return rows.map(({ id }) => Number(id));
}

interface NewLine {
  readonly sectorId: string;
  readonly villages: ReturnType<typeof withVillages>;
  readonly language: Locale;
}

async function newLine(tx: Tx, ctx: Context, plan: Plan, { sectorId, villages, language }: NewLine): Promise<number> {
  const [sector] = await tx
    .select({ names: sectors.names })
    .from(sectors)
    .where(and(eq(sectors.municipalityId, plan.municipalityId), eq(sectors.id, sectorId)));
  // a village that came from another municipality brings sectors that this one may not have
  return insertLine(tx, ctx, plan, {
    direction: sector?.names[language] ?? sectorId,
    sectorId: sector === undefined ? null : sectorId,
    issueNumber: usualIssue(sectorId),
    villages,
  });
}

async function join(
  tx: Tx,
  ctx: Context,
  plan: Plan,
  { lineId, villages }: { lineId: number; villages: NewLine['villages'] },
): Promise<void> {
  const where = and(eq(planLines.id, lineId), eq(planLines.planId, plan.id));
  const [line] = await tx.select({ villages: planLines.villages }).from(planLines).where(where);
  if (line === undefined) throw new LineNotFoundError(plan.id, lineId);
  await tx
    .update(planLines)
    .set({ villages: withVillages(line.villages, villages), updatedAt: ctx.clock.now() })
    .where(where);
}
