import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import { lockUp, recountUp } from './merge-chain.ts';
import { proposalQuestions, proposals } from './tables.ts';

/**
 * Makes proposals, support and questions of staff to `joined` those of `kept`, who is the same person: who supported
 * something by both does so once, and nobody supports their own. Supporters are counted anew.
 */
export async function takeOverProposals(tx: Tx, { kept, joined }: { kept: number; joined: number }): Promise<void> {
  const found = await tx.execute<{ id: string }>(sql`
    select id from proposals where resident_id in (${kept}, ${joined})
    union select proposal_id from proposal_supports where resident_id in (${kept}, ${joined})`);
  const touched = found.map(({ id }) => Number(id));
  await lockUp(tx, touched);
  await tx.update(proposals).set({ residentId: kept }).where(eq(proposals.residentId, joined));
  await tx.update(proposalQuestions).set({ residentId: kept }).where(eq(proposalQuestions.residentId, joined));
  await tx.execute(sql`
    insert into proposal_supports (proposal_id, resident_id, at)
    select proposal_id, ${kept}::bigint, at from proposal_supports where resident_id = ${joined}
    on conflict (proposal_id, resident_id) do update set at = least(proposal_supports.at, excluded.at)`);
  await tx.execute(sql`delete from proposal_supports where resident_id = ${joined}`);
  await tx.execute(sql`
    delete from proposal_supports s using proposals p
    where p.id = s.proposal_id and p.resident_id = ${kept} and s.resident_id = ${kept}`);
  await recountUp(tx, touched);
}
