import { asc, eq, inArray, sql } from 'drizzle-orm';
import type { Database, Tx } from '../core/context.ts';
import { ProposalNotFoundError } from './errors.ts';
import { countSupporters } from './people.ts';
import { proposals } from './tables.ts';

/** The proposals and all that they were merged into, directly or over another one; in the order of their ids. */
async function chainUp(db: Database, ids: readonly number[]): Promise<number[]> {
  const rows = await db.execute<{ id: string }>(sql`
    with recursive up as (
      select id, merged_into_id from proposals where id = any(${sql.param([...ids])}::bigint[])
      union select p.id, p.merged_into_id from proposals p join up on p.id = up.merged_into_id
    )
    select id from up order by id`);
  return rows.map(({ id }) => Number(id));
}

/** What a proposal was merged into in the end; itself when it was not. @throws {ProposalNotFoundError} */
export async function rootIdOf(db: Database, proposalId: number): Promise<number> {
  const [root] = await db.execute<{ id: string }>(sql`
    with recursive up as (
      select id, merged_into_id from proposals where id = ${proposalId}
      union select p.id, p.merged_into_id from proposals p join up on p.id = up.merged_into_id
    )
    select id from up where merged_into_id is null`);
  if (root === undefined) throw new ProposalNotFoundError(proposalId);
  return Number(root.id);
}

/** Locks proposals in the order of their ids, as every verb on several of them does, so that no two wait for each other. */
async function lockInOrder(tx: Tx, ids: readonly number[]): Promise<void> {
  await tx
    .select({ id: proposals.id })
    .from(proposals)
    .where(inArray(proposals.id, [...ids]))
    .orderBy(asc(proposals.id))
    .for('update');
}

/**
 * Locks proposals and all that they were merged into. Somebody may merge the last of them while we wait for its lock:
 * then it goes on. Returns their ids; none of the chain changes until the transaction ends.
 */
export async function lockUp(tx: Tx, ids: readonly number[]): Promise<number[]> {
  let locked: number[] = [];
  for (;;) {
    const chain = await chainUp(tx, [...ids, ...locked]);
    if (chain.length === locked.length) return chain;
    await lockInOrder(tx, chain);
    locked = chain;
  }
}

/** Locks a proposal, what was merged into it and what it was merged into, as `lockInOrder` does. */
export async function lockTree(tx: Tx, proposalId: number): Promise<void> {
  const merged = await tx.select({ id: proposals.id }).from(proposals).where(eq(proposals.mergedIntoId, proposalId));
  await lockUp(tx, [proposalId, ...merged.map(({ id }) => id)]);
}

/** Counts the supporters of these proposals, and of all they were merged into, anew. */
export async function recountUp(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  for (const id of await lockUp(tx, ids)) await countSupporters(tx, id);
}
