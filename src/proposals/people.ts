import { sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';

/** Who is to hear of a proposal. */
export interface People {
  /** Null: on paper, or erased. */
  readonly authorId: number | null;
  /** Authors of all that was merged into it and is shown, without the author: what becomes of it becomes of theirs. */
  readonly joinedIds: readonly number[];
  /** Those who support it, or anything that was merged into it, and wrote none of these. */
  readonly supporterIds: readonly number[];
  /** Of all of these, who has not consented. */
  readonly unagreedIds: readonly number[];
}

/** All whose own proposal it is, since they wrote it or theirs was merged into it. */
export function authorsOf({ authorId, joinedIds }: People): number[] {
  return [...(authorId === null ? [] : [authorId]), ...joinedIds];
}

/** Those of the authors who are written to: whoever has not consented yet is asked for that, and told nothing else. */
export function toldAuthorsOf(people: People): number[] {
  return authorsOf(people).filter((id) => !people.unagreedIds.includes(id));
}

/** The proposal and all that was merged into it, directly or by another one. */
const MERGED_TREE = (proposalId: number) => sql`
  with recursive tree as (
    select id, resident_id, hidden_at from proposals where id = ${proposalId}
    union select p.id, p.resident_id, p.hidden_at from proposals p join tree t on p.merged_into_id = t.id
  ), people as (
    select resident_id, bool_or(wrote) as wrote from (
      select resident_id, true as wrote from tree where id <> ${proposalId} and resident_id is not null
        and hidden_at is null
      union all select s.resident_id, false from proposal_supports s join tree t on t.id = s.proposal_id
    ) named group by resident_id
  )`;

type Row = {
  readonly author: string | null;
  readonly other: string | null;
  readonly wrote: boolean | null;
  readonly authorUnagreed: boolean;
  readonly otherUnagreed: boolean;
};

/** Author and supporters of a proposal as it stands now. */
export async function peopleOf(tx: Tx, proposalId: number): Promise<People> {
  const rows = await tx.execute<Row>(sql`
    ${MERGED_TREE(proposalId)}
    select p.resident_id::text as author, people.resident_id::text as other, people.wrote,
      a.id is not null and a.consent_at is null as "authorUnagreed",
      o.id is not null and o.consent_at is null as "otherUnagreed"
    from proposals p left join people on people.resident_id is distinct from p.resident_id
    left join residents a on a.id = p.resident_id left join residents o on o.id = people.resident_id
    where p.id = ${proposalId} order by people.resident_id`);
  const author = rows[0]?.author ?? null;
  const others = (wrote: boolean) => rows.flatMap((row) => (row.wrote === wrote ? [Number(row.other)] : []));
  return {
    authorId: author === null ? null : Number(author),
    joinedIds: others(true),
    supporterIds: others(false),
    unagreedIds: [
      ...(rows[0]?.authorUnagreed === true ? [Number(author)] : []),
      ...rows.flatMap((row) => (row.otherUnagreed ? [Number(row.other)] : [])),
    ],
  };
}

/** Counts all who stand behind its author anew; to be called by whatever changes who they are. */
export async function countSupporters(tx: Tx, proposalId: number): Promise<number> {
  const { joinedIds, supporterIds } = await peopleOf(tx, proposalId);
  const count = joinedIds.length + supporterIds.length;
  await tx.execute(sql`update proposals set supporter_count = ${count} where id = ${proposalId}`);
  return count;
}
