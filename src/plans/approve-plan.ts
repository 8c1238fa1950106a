import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { withTransaction } from '../db/transaction.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { peopleOf, toldAuthorsOf } from '../proposals/people.ts';
import type { ProposalStatus } from '../proposals/rules.ts';
import { setStatus } from '../proposals/set-status.ts';
import type { Unplannable } from './errors.ts';
import { keepVersion } from './keep-version.ts';
import { checkRevision, lockAnyPlan, type Plan, touchPlan } from './lock-plan.ts';
import { checkDecision } from './mark-heard.ts';
import { PLANNABLE } from './place-proposals.ts';
import { plans } from './tables.ts';

const words = z.string().transform(cleanText).pipe(z.string().min(1).max(200));

const ApprovePlanInput = z.strictObject({
  planId: z.int(),
  revision: z.int().optional(),
  /** Who approved it: «Кара-Суу айылдык кеңеши». */
  body: words,
  /** Of the resolution: YYYY-MM-DD. */
  date: z.iso.date(),
  number: words,
});
export type ApprovePlanInput = z.input<typeof ApprovePlanInput>;

export interface Approval {
  /** It was approved before: nothing was done and nobody told. */
  readonly already: boolean;
  /** Proposals that are planned now. */
  readonly planned: number;
  /** People who are told. */
  readonly told: number;
  /** What could not become planned: withdrawn, declined or hidden meanwhile, or planned before. */
  readonly skipped: readonly Unplannable[];
}

/**
 * Notes the kenesh's approval, which is final: the plan's open proposals become *planned*, and the author and each
 * supporter of one are told once, with the plan and the item. All of it or nothing.
 * @throws {PlanEmptyError} @throws {PlanInputError} when the day is yet to come; and what `lockPlan` throws
 */
export async function approvePlan(ctx: Context, input: ApprovePlanInput): Promise<Approval> {
  const { body, date, number, planId, revision } = ApprovePlanInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const plan = await lockAnyPlan(tx, ctx, 'plans.approve', planId);
    if (plan.status === 'approved') return { already: true, planned: 0, told: 0, skipped: [] };
    checkRevision(plan, revision);
    await checkDecision(tx, ctx, plan, date);
    await followMerges(tx, plan.id);
    const placed = await lockPlaced(tx, plan.id);
    const told = new Set<number>();
    const skipped: Unplannable[] = [];
    for (const proposal of placed) {
      const open = PLANNABLE.includes(proposal.status) && !proposal.hidden;
      if (open) for (const id of await makePlanned(tx, ctx, plan, proposal)) told.add(id);
      else skipped.push({ number: proposal.number, why: proposal.hidden ? 'hidden' : proposal.status });
    }
    const planned = placed.length - skipped.length;
    await tx
      .update(plans)
      .set({ status: 'approved', approvedOn: date, approvedBy: body, documentNumber: number })
      .where(eq(plans.id, plan.id));
    await touchPlan(tx, ctx, plan.id);
    const { version } = await keepVersion(tx, ctx, plan.id);
    await recordAudit(tx, ctx, {
      action: 'plan.approve',
      subject: `plan:${plan.id}`,
      municipalityId: plan.municipalityId,
      before: { status: plan.status },
      after: { status: 'approved', approvedOn: date, version, planned, told: told.size, skipped: skipped.length },
    });
    return { already: false, planned, told: told.size, skipped };
  });
}

/** What was merged after it came into the plan is stood for by what it was merged into. */
async function followMerges(tx: Tx, planId: number): Promise<void> {
  await tx.execute(sql`
    with recursive chain as (
      select l.proposal_id as placed, l.line_id, p.id, p.merged_into_id
      from plan_line_proposals l join proposals p on p.id = l.proposal_id
      where l.plan_id = ${planId} and p.merged_into_id is not null
      union select c.placed, c.line_id, p.id, p.merged_into_id from chain c join proposals p on p.id = c.merged_into_id
    )
    insert into plan_line_proposals (plan_id, proposal_id, line_id)
    select distinct on (id) ${planId}, id, line_id from chain where merged_into_id is null order by id, placed
    on conflict (plan_id, proposal_id) do nothing`);
  await tx.execute(sql`
    delete from plan_line_proposals l using proposals p
    where l.plan_id = ${planId} and p.id = l.proposal_id and p.merged_into_id is not null`);
}

interface Placed {
  readonly id: number;
  readonly municipalityId: number;
  readonly number: string;
  readonly status: ProposalStatus;
  readonly hidden: boolean;
  /** The number of its line. */
  readonly item: number;
}

/** The proposals of the plan, locked in the order of their ids. */
async function lockPlaced(tx: Tx, planId: number): Promise<Placed[]> {
  const rows = await tx.execute<{
    id: string;
    municipalityId: string;
    number: string;
    status: ProposalStatus;
    hidden: boolean;
    item: number;
  }>(sql`
    select p.id, p.municipality_id as "municipalityId", p.number, p.status, p.hidden_at is not null as hidden,
      l.position as item
    from plan_line_proposals lp join plan_lines l on l.id = lp.line_id join proposals p on p.id = lp.proposal_id
    where lp.plan_id = ${planId} order by p.id for update of p`);
  return rows.map((row) => ({ ...row, id: Number(row.id), municipalityId: Number(row.municipalityId) }));
}

/** Returns who is told of it. */
async function makePlanned(tx: Tx, ctx: Context, plan: Plan, proposal: Placed): Promise<number[]> {
  await setStatus(tx, ctx, proposal, { to: 'planned' });
  const people = await peopleOf(tx, proposal.id);
  const authorIds = toldAuthorsOf(people);
  const { number, item: line } = proposal;
  const about = { municipalityId: plan.municipalityId, subject: `proposal:${proposal.id}`, audience: 'own' } as const;
  await sendNotice(tx, ctx, {
    ...about,
    residentIds: authorIds,
    write: (t) => ({ text: t('plan-mine', { plan: t('plan-name', { year: String(plan.year) }), number, line }) }),
  });
  await sendNotice(tx, ctx, {
    ...about,
    residentIds: people.supporterIds,
    write: (t) => ({ text: t('plan-supported', { plan: t('plan-name', { year: String(plan.year) }), number, line }) }),
  });
  return [...authorIds, ...people.supporterIds];
}
