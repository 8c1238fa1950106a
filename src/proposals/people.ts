import { sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';

/** Who is to hear of a proposal. */
export interface People {
  /** Null: on paper, or erased. */
  readonly authorId: number | null;
  /** Supporters, and authors and supporters of all that was merged into it; without the author. */
  readonly supporterIds: readonly number[];
}

/** The proposal and all that was merged into it, directly or by another one. */
const MERGED_TREE = (proposalId: number) => sql`
  with recursive tree as (
    select id, resident_id from proposals where id = ${proposalId}
    union select p.id, p.resident_id from proposals p join tree t on p.merged_into_id = t.id
  ), people as (
    select resident_id from tree where id <> ${proposalId}
    union select s.resident_id from proposal_supports s join tree t on t.id = s.proposal_id
  )`;

/** Author and supporters of a proposal as it stands now. */
export async function peopleOf(tx: Tx, proposalId: number): Promise<People> {
  const rows = await tx.execute<{ author: string | null; supporter: string | null }>(sql`
    ${MERGED_TREE(proposalId)}
    select p.resident_id::text as author, people.resident_id::text as supporter
    from proposals p left join people on people.resident_id is distinct from p.resident_id
    where p.id = ${proposalId} order by people.resident_id`);
  const author = rows[0]?.author ?? null;
  const supporterIds = rows.flatMap(({ supporter }) => (supporter === null ? [] : [Number(supporter)]));
  return { authorId: author === null ? null : Number(author), supporterIds };
}

/** Counts the supporters of a proposal anew; to be called by whatever changes who they are. */
export async function countSupporters(tx: Tx, proposalId: number): Promise<number> {
  const { supporterIds } = await peopleOf(tx, proposalId);
  await tx.execute(sql`update proposals set supporter_count = ${supporterIds.length} where id = ${proposalId}`);
  return supporterIds.length;
}
