import { sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';

/** Why something is suggested: who wants it. */
export interface Reasons {
  /** Authors, each once, also of what was merged into these proposals; every one on paper is one more. */
  readonly people: number;
  /** Of the authors, as far as they told. */
  readonly women: number;
  /** Supports of these proposals together, by others than their authors. */
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
 * of supporters, then by id. Hidden, test, withdrawn and decided proposals do not count; merged ones only as people, so
 * that to join doubles moves no sector down. One statement.
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
    with recursive open as (
      select p.id, p.sector_id, p.village_id, p.resident_id, p.author_sex, p.supporter_count from ${openProposals(plan)}
    ), joined as (
      select id, resident_id, author_sex, merged_into_id as into_id from proposals where merged_into_id is not null
      union all select j.id, j.resident_id, j.author_sex, p.merged_into_id
      from joined j join proposals p on p.id = j.into_id where p.merged_into_id is not null
    ), voices as (
      select *, 1 as own, null::text as fellow from open
      union all select j.id, o.sector_id, o.village_id, j.resident_id, j.author_sex, 0, 0,
        case when j.resident_id is distinct from o.resident_id then o.id || '-' || j.resident_id end
      from joined j join open o on o.id = j.into_id
    )
    select g.*, (
      select l.id from plan_lines l where l.plan_id = ${plan.id} and l.sector_id = g."sectorId" order by l.position limit 1
    ) as "lineId"
    from (
      select v.sector_id as "sectorId", v.village_id as "villageId",
        count(distinct coalesce(v.resident_id, -v.id))::int as people,
        (count(distinct coalesce(v.resident_id, -v.id))
          filter (where coalesce(r.sex, v.author_sex) = 'woman'))::int as women,
        (sum(v.supporter_count) - count(distinct v.fellow))::int as supporters, sum(v.own)::int as proposals
      from voices v left join residents r on r.id = v.resident_id
      group by grouping sets ((v.sector_id), (v.sector_id, v.village_id))
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
