import { eq, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { requireUnblocked } from '../residents/block-resident.ts';
import { editProposal } from './edit-proposal.ts';
import { ProposalClosedError, ProposalNotFoundError } from './errors.ts';
import { mayEdit } from './rules.ts';
import { proposalAttachments, proposals } from './tables.ts';

/**
 * Adds files, and words below the others, to a proposal while nobody works on it: platforms bring the parts of an
 * album one by one, and some come after the proposal is sent. Returns how many files it has now.
 * @throws {ProposalNotFoundError} also when the actor is not its author @throws {ProposalClosedError}
 * @throws {SenderBlockedError}
 */
export async function addToProposal(
  ctx: Context,
  input: { proposalId: number; mediaIds: readonly number[]; text: string },
): Promise<{ number: string; fileCount: number }> {
  const { proposalId, mediaIds, text } = input;
  return withTransaction(ctx, async (tx) => {
    const [proposal] = await tx.select().from(proposals).where(eq(proposals.id, proposalId)).for('update');
    const { actor } = ctx;
    const isOwn = proposal !== undefined && (actor.type !== 'resident' || actor.residentId === proposal.residentId);
    if (!isOwn) throw new ProposalNotFoundError(proposalId);
    if (!mayEdit(proposal.status)) throw new ProposalClosedError(proposalId, proposal.status);
    if (actor.type === 'resident') await requireUnblocked(tx, actor.residentId);
    if (text !== '') {
      const whole = [proposal.text, text].filter((part) => part !== '').join('\n');
      await editProposal({ ...ctx, tx }, { proposalId, text: whole });
    }
    const before = await tx.$count(proposalAttachments, eq(proposalAttachments.proposalId, proposalId));
    const next = sql`(select coalesce(max(position), 0) from proposal_attachments where proposal_id = ${proposalId})`;
    await tx.execute(sql`
      insert into proposal_attachments (proposal_id, media_id, position)
      select ${proposalId}::bigint, file.id, ${next} + file.position
      from unnest(${sql.param([...mediaIds])}::bigint[]) with ordinality as file (id, position)
      on conflict do nothing`);
    const fileCount = await tx.$count(proposalAttachments, eq(proposalAttachments.proposalId, proposalId));
    await tx
      .update(proposals)
      .set({ updatedAt: ctx.clock.now(), revision: sql`${proposals.revision} + 1` })
      .where(eq(proposals.id, proposalId));
    await recordAudit(tx, ctx, {
      action: 'proposal.add',
      subject: `proposal:${proposalId}`,
      municipalityId: proposal.municipalityId,
      before: { attachments: before },
      after: { attachments: fileCount },
    });
    return { number: proposal.number, fileCount };
  });
}
