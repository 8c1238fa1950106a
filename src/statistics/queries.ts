import type { Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { AgeBand, Sex } from '../residents/tables.ts';
import type { Selection } from './report.ts';
import type { Person, Place } from './tally.ts';

/** Rows of one statement: short enough that other clients of the embedded database do not wait. */
const PAGE_SIZE = 2_000;

interface ProposalRow extends Place {
  readonly id: string;
  readonly authorId: string | null;
  readonly sex: Sex | null;
  readonly ageBand: AgeBand | null;
  readonly vulnerable: boolean;
  readonly spoken: boolean;
}

const proposalRows = statement<ProposalRow>()`
  select p.id, p.village_id as village, p.sector_id as sector, p.channel, p.source,
    to_char(p.submitted_at at time zone m.time_zone, 'YYYY-MM') as month, p.resident_id as "authorId",
    coalesce(r.sex, p.author_sex) as sex, coalesce(r.age_band, p.author_age_band) as "ageBand",
    coalesce(r.vulnerable, p.author_vulnerable, false) as vulnerable, p.source in ('paper', 'import') as spoken
  from proposals p
  join villages v on v.id = p.village_id and v.municipality_id = ${'municipalityId'}::bigint
  join municipalities m on m.id = v.municipality_id
  left join residents r on r.id = p.resident_id
  where p.id > ${'after'}::bigint and p.hidden_at is null
    and (${'villageId'}::text is null or p.village_id = ${'villageId'})
    and (${'sectorId'}::text is null or p.sector_id = ${'sectorId'})
    and case when ${'status'}::text is null then p.status <> 'withdrawn' else p.status = ${'status'} end
    and case when ${'channel'}::text is null then not p.test else p.channel = ${'channel'} end
    and (${'language'}::text is null or p.language = ${'language'})
    and (${'from'}::date is null or p.submitted_at >= ${'from'}::date::timestamp at time zone m.time_zone)
    and (${'to'}::date is null or p.submitted_at < (${'to'}::date + 1)::timestamp at time zone m.time_zone)
  order by p.id limit ${'limit'}::int`;

/** Proposals that are counted, oldest first, page by page: each a statement of its own, so no transaction stays open. */
export async function* countedProposals(
  db: Database,
  selection: Selection,
): AsyncGenerator<{ place: Place; author: Person | null }[]> {
  let after = '0';
  for (;;) {
    const rows = await proposalRows(db, { ...valuesOf(selection), after, limit: PAGE_SIZE });
    if (rows.length > 0) yield rows.map((row) => ({ place: row, author: authorOf(row) }));
    if (rows.length < PAGE_SIZE) return;
    after = rows.at(-1)?.id ?? after;
  }
}

function authorOf({ authorId, spoken, sex, ageBand, vulnerable }: ProposalRow): Person | null {
  if (authorId === null && !spoken) return null;
  return { id: authorId === null ? null : Number(authorId), sex, ageBand, vulnerable };
}

interface SupportRow extends Place {
  readonly proposalId: string;
  readonly supporterId: string;
  readonly sex: Sex | null;
  readonly ageBand: AgeBand | null;
}

const supportRows = statement<SupportRow>()`
  select s.proposal_id as "proposalId", s.resident_id as "supporterId", r.sex, r.age_band as "ageBand",
    p.village_id as village, p.sector_id as sector, p.channel, p.source,
    to_char(p.submitted_at at time zone m.time_zone, 'YYYY-MM') as month
  from proposal_supports s
  join proposals p on p.id = s.proposal_id
  join villages v on v.id = p.village_id and v.municipality_id = ${'municipalityId'}::bigint
  join municipalities m on m.id = v.municipality_id
  join residents r on r.id = s.resident_id
  where (s.proposal_id, s.resident_id) > (${'after'}::bigint, ${'afterResident'}::bigint) and p.hidden_at is null
    and (${'villageId'}::text is null or p.village_id = ${'villageId'})
    and (${'sectorId'}::text is null or p.sector_id = ${'sectorId'})
    and case when ${'status'}::text is null then p.status <> 'withdrawn' else p.status = ${'status'} end
    and case when ${'channel'}::text is null then not p.test else p.channel = ${'channel'} end
    and (${'language'}::text is null or p.language = ${'language'})
    and (${'from'}::date is null or p.submitted_at >= ${'from'}::date::timestamp at time zone m.time_zone)
    and (${'to'}::date is null or p.submitted_at < (${'to'}::date + 1)::timestamp at time zone m.time_zone)
  order by s.proposal_id, s.resident_id limit ${'limit'}::int`;

/** Supports of the proposals that are counted, page by page. */
export async function* countedSupports(
  db: Database,
  selection: Selection,
): AsyncGenerator<{ place: Place; supporter: Person & { id: number } }[]> {
  let after = { after: '0', afterResident: '0' };
  for (;;) {
    const rows = await supportRows(db, { ...valuesOf(selection), ...after, limit: PAGE_SIZE });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map((row) => ({
      place: row,
      supporter: { id: Number(row.supporterId), sex: row.sex, ageBand: row.ageBand, vulnerable: false },
    }));
    if (rows.length < PAGE_SIZE) return;
    after = { after: last.proposalId, afterResident: last.supporterId };
  }
}

function valuesOf(selection: Selection) {
  const { municipalityId, villageId, sectorId, status, channel, language, from, to } = selection;
  const orNull = { villageId, sectorId, status, channel, language, from, to };
  const values = Object.fromEntries(Object.entries(orNull).map(([name, value]) => [name, value ?? null]));
  return { municipalityId, ...(values as { [K in keyof typeof orNull]: string | null }) };
}

/** The meetings of a village. What was counted at none of them is null. */
export interface MeetingRow {
  readonly villageId: string;
  readonly meetings: number;
  readonly people: number;
  readonly women: number | null;
  /** People at the meetings where women were counted. */
  readonly peopleCounted: number;
}

const meetingRows = statement<MeetingRow>()`
  select t.village_id as "villageId", count(*)::int as meetings, sum(t.people)::int as people,
    sum(t.women)::int as women, coalesce(sum(t.people) filter (where t.women is not null), 0)::int as "peopleCounted"
  from meetings t
  join villages v on v.id = t.village_id and v.municipality_id = ${'municipalityId'}::bigint
  where t.canceled_at is null
    and (${'villageId'}::text is null or t.village_id = ${'villageId'})
    and (${'from'}::date is null or t.held_on >= ${'from'}::date)
    and (${'to'}::date is null or t.held_on <= ${'to'}::date)
  group by t.village_id`;

/** Meetings that took place, by village; of the selection only village and days count. One statement. */
export async function countedMeetings(db: Database, selection: Selection): Promise<MeetingRow[]> {
  const { municipalityId, villageId, from, to } = valuesOf(selection);
  return meetingRows(db, { municipalityId, villageId, from, to });
}
