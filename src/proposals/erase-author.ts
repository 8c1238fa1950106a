import { inArray, sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import { recountUp } from './merge-chain.ts';
import { ERASED_REF } from './message-ref.ts';
import { proposalQuestions, proposals } from './tables.ts';

/**
 * Erases who wrote these proposals: the words stay, by nobody, and so do the files, which point to no person any more.
 * Rights and reasons are the caller's business.
 */
export async function eraseAuthor(tx: Tx, proposalIds: readonly number[]): Promise<void> {
  const ids = [...proposalIds];
  await tx
    .update(proposals)
    .set({ residentId: null, messageRef: ERASED_REF, consentDueAt: null, revision: sql`${proposals.revision} + 1` })
    .where(inArray(proposals.id, ids));
  await tx.update(proposalQuestions).set({ residentId: null }).where(inArray(proposalQuestions.proposalId, ids));
  await tx.execute(sql`
    update media set chat_id = '', person_id = '',
      -- a platform's handle of a file may name who sent it; what is fetched needs none
      ref = case when status = 'pending' then ref else '' end,
      unique_ref = case when status = 'pending' then unique_ref else '' end
    where id in (
      select media_id from proposal_attachments where proposal_id = any(${sql.param(ids)}::bigint[])
    )`);
  await recountUp(tx, ids);
}
