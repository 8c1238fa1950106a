import { sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import type { ProposalStatus } from '../proposals/rules.ts';
import { type Unplannable, UnplannableError } from './errors.ts';
import { shorten } from './rules.ts';
import type { LineVillage } from './tables.ts';

/** Statuses from which a proposal may come into a plan. */
export const PLANNABLE: readonly ProposalStatus[] = ['received', 'in_review'];

interface Root {
  readonly given: string;
  readonly id: string | null;
  readonly number: string | null;
  readonly status: ProposalStatus | null;
  readonly hidden: boolean | null;
  readonly own: boolean | null;
}

/**
 * What these proposals stand for in a plan: themselves, or what they were merged into.
 * @throws {UnplannableError} naming all that cannot stand in a plan of the municipality
 */
export async function resolveProposals(tx: Tx, municipalityId: number, ids: readonly number[]): Promise<number[]> {
  const rows = await tx.execute<{ [column in keyof Root]: Root[column] }>(sql`
    with recursive chain as (
      select g.id as given, p.id, p.merged_into_id from unnest(${sql.param([...new Set(ids)])}::bigint[]) as g(id)
      left join proposals p on p.id = g.id
      union select c.given, p.id, p.merged_into_id from chain c join proposals p on p.id = c.merged_into_id
    )
    select c.given, p.id, p.number, p.status, p.hidden_at is not null as hidden,
      v.municipality_id = ${municipalityId} and not p.test as own
    from chain c left join proposals p on p.id = c.id left join villages v on v.id = p.village_id
    where c.merged_into_id is null order by c.given`);
  const refused = rows.flatMap((row): Unplannable[] => {
    const why = whyNot(row);
    return why === null ? [] : [{ number: row.own === true ? (row.number ?? row.given) : row.given, why }];
  });
  if (refused.length > 0) throw new UnplannableError(refused);
  return [...new Set(rows.map(({ id }) => Number(id)))];
}

function whyNot({ id, own, hidden, status }: Root): Unplannable['why'] | null {
  if (id === null || own !== true || status === null) return 'unknown';
  if (hidden === true) return 'hidden';
  return PLANNABLE.includes(status) ? null : status;
}

/** Puts proposals into a line; those that stand in another line of the plan move. */
export async function placeProposals(
  tx: Tx,
  { planId, lineId, proposalIds }: { planId: number; lineId: number; proposalIds: readonly number[] },
): Promise<void> {
  await tx.execute(sql`
    insert into plan_line_proposals (plan_id, proposal_id, line_id)
    select ${planId}, id, ${lineId} from unnest(${sql.param(proposalIds)}::bigint[]) as given(id)
    on conflict (plan_id, proposal_id) do update set line_id = excluded.line_id`);
}

/** So many proposals of a village speak for all of it, in so many letters each. */
const QUOTED = 3;
const QUOTE_LENGTH = 160;

/**
 * What the villages' own words say, for staff to write better: of each village the proposals that most people
 * support. In the order of the catalogue.
 */
export async function villageProblems(tx: Tx, proposalIds: readonly number[]): Promise<LineVillage[]> {
  const rows = await tx.execute<{ villageId: string; text: string }>(sql`
    select village_id as "villageId", text from (
      select p.village_id, v.position, case when p.text <> '' then p.text else coalesce(p.transcript, '') end as text,
        row_number() over (partition by p.village_id order by p.supporter_count desc, p.id) as place
      from proposals p join villages v on v.id = p.village_id
      where p.id = any(${sql.param(proposalIds)}::bigint[])
    ) ranked where place <= ${QUOTED} order by position, "villageId", place`);
  const found = new Map<string, string[]>();
  for (const { villageId, text } of rows) {
    const quotes = found.get(villageId) ?? [];
    const quote = shorten(text, QUOTE_LENGTH);
    found.set(villageId, quote === '' || quotes.includes(quote) ? quotes : [...quotes, quote]);
  }
  return [...found].map(([villageId, quotes]) => ({ villageId, problem: quotes.join('; ') }));
}

/** A line's villages with those added that it does not speak of yet; what is written stays as it is. */
export function withVillages(there: readonly LineVillage[], more: readonly LineVillage[]): LineVillage[] {
  const known = new Set(there.map(({ villageId }) => villageId));
  return [...there, ...more.filter(({ villageId }) => !known.has(villageId))];
}
