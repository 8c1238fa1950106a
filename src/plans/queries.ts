import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import type { ProposalStatus } from '../proposals/rules.ts';
import { PlanNotFoundError } from './errors.ts';
import { planLineProposals, planLines, plans, planVersions } from './tables.ts';

/** A proposal as a plan shows it: nothing that tells who wrote it. */
export interface PlannedProposal {
  readonly id: number;
  readonly number: string;
  readonly villageId: string;
  /** The words as they stand now, or what staff wrote down of a voice message; null: hidden, nobody sees it. */
  readonly text: string | null;
  readonly status: ProposalStatus;
  readonly supporterCount: number;
}

type LineRow = typeof planLines.$inferSelect;
export interface PlanLine extends Omit<LineRow, 'planId' | 'createdAt' | 'updatedAt'> {
  /** In the order of their numbers. */
  readonly proposals: readonly PlannedProposal[];
}

type PlanRow = typeof plans.$inferSelect;
export interface PlanView extends Omit<PlanRow, 'createdAt' | 'updatedAt'> {
  /** In their order. */
  readonly lines: readonly PlanLine[];
}

/** Plans of a municipality, the latest year first. */
export function listPlans(db: Database, municipalityId: number) {
  return db
    .select({ id: plans.id, year: plans.year, status: plans.status })
    .from(plans)
    .where(eq(plans.municipalityId, municipalityId))
    .orderBy(desc(plans.year));
}

/** The plan of a year, without its lines; null where there is none. */
export async function findPlan(db: Database, municipalityId: number, year: number): Promise<PlanRow | null> {
  const [found] = await db
    .select()
    .from(plans)
    .where(and(eq(plans.municipalityId, municipalityId), eq(plans.year, year)));
  return found ?? null;
}

/** A plan with its lines and their proposals; three statements. @throws {PlanNotFoundError} */
export async function getPlan(db: Database, planId: number): Promise<PlanView> {
  const [plan] = await db.select().from(plans).where(eq(plans.id, planId));
  if (plan === undefined) throw new PlanNotFoundError(`plan ${planId}`);
  const lines = await db
    .select()
    .from(planLines)
    .where(eq(planLines.planId, planId))
    .orderBy(asc(planLines.position), asc(planLines.id));
  const placed = await listPlannedProposals(db, planId);
  const { createdAt: _c, updatedAt: _u, ...view } = plan;
  return {
    ...view,
    lines: lines.map(({ planId: _p, createdAt: _lc, updatedAt: _lu, ...line }) => ({
      ...line,
      proposals: placed.filter(({ lineId }) => lineId === line.id).map(({ lineId: _l, ...proposal }) => proposal),
    })),
  };
}

/** Proposals of a plan, each with its line, oldest first. One that was merged meanwhile stands for the one it is part of. */
async function listPlannedProposals(db: Database, planId: number): Promise<(PlannedProposal & { lineId: number })[]> {
  const rows = await db.execute<{
    id: string;
    lineId: string;
    number: string;
    villageId: string;
    text: string | null;
    status: ProposalStatus;
    supporterCount: number;
  }>(sql`
    select p.id, l.line_id as "lineId", p.number, p.village_id as "villageId",
      case when p.hidden_at is not null then null when p.text <> '' then p.text else coalesce(p.transcript, '') end as text,
      p.status, p.supporter_count as "supporterCount"
    from ${planLineProposals} l join proposals p on p.id = l.proposal_id
    where l.plan_id = ${planId} order by p.id`);
  return rows.map((row) => ({ ...row, id: Number(row.id), lineId: Number(row.lineId) }));
}

/** How a plan stood when it was heard or approved. */
export interface PlanVersion {
  readonly version: number;
  readonly status: PlanRow['status'];
  readonly at: Date;
}

/** The versions of a plan, the first one first. */
export function listVersions(db: Database, planId: number): Promise<PlanVersion[]> {
  return db
    .select({ version: planVersions.version, status: planVersions.status, at: planVersions.at })
    .from(planVersions)
    .where(eq(planVersions.planId, planId))
    .orderBy(asc(planVersions.version));
}

/** The plan as it was put down then. @throws {PlanNotFoundError} */
export async function getVersion(db: Database, planId: number, version: number): Promise<PlanView> {
  const [found] = await db
    .select({ content: planVersions.content })
    .from(planVersions)
    .where(and(eq(planVersions.planId, planId), eq(planVersions.version, version)));
  if (found === undefined) throw new PlanNotFoundError(`plan ${planId}, version ${version}`);
  return found.content as PlanView; // written by `keepVersion` alone
}

/** In which line of which plan a proposal stands; the latest year where there are several. */
export interface PlannedIn {
  readonly planId: number;
  readonly year: number;
  readonly lineId: number;
  readonly position: number;
}

/**
 * Null: it stands in none. A merged proposal stands where the one stands that it was merged into. `approved`: in drafts
 * it does not count.
 */
export async function findLineOf(
  db: Database,
  { proposalId, municipalityId, approved }: { proposalId: number; municipalityId?: number; approved?: true },
): Promise<PlannedIn | null> {
  const here = municipalityId === undefined ? sql`true` : sql`plans.municipality_id = ${municipalityId}`;
  const final = approved === true ? sql`plans.status = 'approved'` : sql`true`;
  const [found] = await db.execute<{ planId: string; year: number; lineId: string; position: number }>(sql`
    with recursive roots as (
      select id, merged_into_id from proposals where id = ${proposalId}
      union select p.id, p.merged_into_id from proposals p join roots r on p.id = r.merged_into_id
    )
    select plans.id as "planId", plans.year, l.id as "lineId", l.position
    from roots join plan_line_proposals lp on lp.proposal_id = roots.id
    join plan_lines l on l.id = lp.line_id join plans on plans.id = lp.plan_id
    where ${here} and ${final} order by plans.year desc limit 1`);
  if (found === undefined) return null;
  return { ...found, planId: Number(found.planId), lineId: Number(found.lineId) };
}
