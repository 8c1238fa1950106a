import { sql } from 'drizzle-orm';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { ForbiddenError } from '../residents/rules.ts';
import { lockUp, recountUp, rootIdOf } from './merge-chain.ts';
import type { Supported } from './support-proposal.ts';

/**
 * A resident takes their support back, wherever in what was merged they gave it. Without any it changes nothing.
 * @throws {ForbiddenError} when the actor is no resident @throws {ProposalNotFoundError}
 */
export async function withdrawSupport(ctx: Context, proposalId: number): Promise<Supported> {
  const { actor } = ctx;
  if (actor.type !== 'resident') throw new ForbiddenError(`${actorName(actor)} withdraws a support: its giver may`);
  return withTransaction(ctx, async (tx) => {
    const rootId = await rootIdOf(tx, proposalId);
    const given = await givenIn(tx, rootId, actor.residentId);
    await lockUp(tx, [...given, rootId]);
    const before = await readSupported(tx, rootId);
    const removed = await tx.execute(sql`
      delete from proposal_supports
      where resident_id = ${actor.residentId} and proposal_id = any(${sql.param(given)}::bigint[])
      returning proposal_id`);
    if (removed.length === 0) return before.supported;
    await recountUp(tx, given);
    const after = await readSupported(tx, rootId);
    await recordAudit(tx, ctx, {
      action: 'proposal.withdraw-support',
      subject: `proposal:${rootId}`,
      municipalityId: before.municipalityId,
      before: { supporters: before.supported.supporterCount },
      after: { supporters: after.supported.supporterCount },
    });
    return after.supported;
  });
}

/** Takes back all support of a person who is erased. Returns whose supporters have to be counted anew afterwards. */
export async function eraseSupport(tx: Tx, residentId: number): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    delete from proposal_supports where resident_id = ${residentId} returning proposal_id as id`);
  return rows.map(({ id }) => Number(id));
}

/** The proposals, among those merged into this one, that the person supports. */
async function givenIn(tx: Tx, rootId: number, residentId: number): Promise<number[]> {
  const rows = await tx.execute<{ id: string }>(sql`
    with recursive tree as (
      select id from proposals where id = ${rootId}
      union select p.id from proposals p join tree t on p.merged_into_id = t.id
    )
    select tree.id from tree join proposal_supports s on s.proposal_id = tree.id and s.resident_id = ${residentId}
    order by tree.id`);
  return rows.map(({ id }) => Number(id));
}

async function readSupported(tx: Tx, id: number): Promise<{ municipalityId: number; supported: Supported }> {
  const [row] = await tx.execute<{ municipalityId: string; number: string; supporterCount: number }>(sql`
    select municipality_id as "municipalityId", number, supporter_count as "supporterCount"
    from proposals where id = ${id}`);
  if (row === undefined) throw new Error(`proposal ${id} was there a moment ago`);
  const { municipalityId, number, supporterCount } = row;
  return { municipalityId: Number(municipalityId), supported: { id, number, supporterCount } };
}
