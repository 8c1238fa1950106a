import { sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';

/** Why something is suggested: who wants it. */
export interface Reasons {
  /** Authors, each once; every proposal on paper is one more. */
  readonly people: number;
  /** Of the authors, as far as they told. */
  readonly women: number;
  /** Supports of these proposals together. */
  readonly supporters: number;
  readonly proposals: number;
}

/** Open proposals of one sector that stand in no line of the plan yet, and those of each village among them. */
export interface Suggestion extends Reasons {
  readonly sectorId: string;
  readonly villages: readonly (Reasons & { readonly villageId: string })[];
  /** The first line of the plan that is of this sector already; null: none. */
  readonly lineId: number | null;
}

/**
 * What the next lines of a plan could be: sectors, and villages within each, by the number of people who wrote, then
 * of supporters, then by id. Hidden, test, withdrawn, merged and decided proposals do not count. One statement.
 */
export async function suggestLines(
  db: Database,
  plan: { id: number; municipalityId: number },
): Promise<readonly Suggestion[]> {
  const rows = await db.execute<{
    sectorId: string;
    villageId: string | null;
    people: number;
    women: number;
    supporters: number;
    proposals: number;
    lineId: string | null;
  }>(sql`
    select g.*, (
      select l.id from plan_lines l where l.plan_id = ${plan.id} and l.sector_id = g."sectorId" order by l.position limit 1
    ) as "lineId"
    from (
      select p.sector_id as "sectorId", p.village_id as "villageId",
        count(distinct coalesce(p.resident_id, -p.id))::int as people,
        (count(distinct coalesce(p.resident_id, -p.id))
          filter (where coalesce(r.sex, p.author_sex) = 'woman'))::int as women,
        sum(p.supporter_count)::int as supporters, count(*)::int as proposals
      from ${openProposals(plan)} left join residents r on r.id = p.resident_id
      group by grouping sets ((p.sector_id), (p.sector_id, p.village_id))
    ) g
    order by people desc, supporters desc, "sectorId", "villageId"`);
  const all = rows.map(({ lineId, ...row }) => ({ ...row, lineId: lineId === null ? null : Number(lineId) }));
  return all
    .filter(({ villageId }) => villageId === null)
    .map(({ villageId: _, ...sector }) => ({
      ...sector,
      villages: all.flatMap(({ sectorId, villageId, lineId: _l, ...reasons }) =>
        sectorId === sector.sectorId && villageId !== null ? [{ villageId, ...reasons }] : [],
      ),
    }));
}

/** Proposals that a plan could take: `p` and its village `v`. */
export function openProposals(plan: { id: number; municipalityId: number }) {
  return sql`proposals p
    join villages v on v.id = p.village_id and v.municipality_id = ${plan.municipalityId}
      and p.status in ('received', 'in_review') and p.hidden_at is null and not p.test
      and not exists (
        select 1 from plan_line_proposals taken where taken.plan_id = ${plan.id} and taken.proposal_id = p.id
      )`;
}
