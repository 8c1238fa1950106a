import { eq, sql } from 'drizzle-orm';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { ForbiddenError } from '../residents/rules.ts';
import { ProposalClosedError, ProposalNotFoundError } from './errors.ts';
import { mayChangeStatus } from './rules.ts';
import { proposalStatusChanges, proposals } from './tables.ts';

/**
 * The author takes a proposal back while nobody works on it. It keeps its number.
 * @throws {ForbiddenError} when the actor is no resident
 * @throws {ProposalNotFoundError} also when the actor is not its author @throws {ProposalClosedError}
 */
export async function withdrawProposal(ctx: Context, proposalId: number): Promise<{ number: string }> {
  const { actor } = ctx;
  if (actor.type !== 'resident')
    throw new ForbiddenError(`${actorName(actor)} withdraws a proposal: only its author may`);
  return withTransaction(ctx, async (tx) => {
    const [proposal] = await tx.select().from(proposals).where(eq(proposals.id, proposalId)).for('update');
    if (proposal === undefined || proposal.residentId !== actor.residentId) throw new ProposalNotFoundError(proposalId);
    if (!mayChangeStatus(proposal.status, 'withdrawn', 'author'))
      throw new ProposalClosedError(proposalId, proposal.status);
    const at = ctx.clock.now();
    await tx
      .update(proposals)
      .set({ status: 'withdrawn', updatedAt: at, revision: sql`${proposals.revision} + 1` })
      .where(eq(proposals.id, proposalId));
    await tx
      .insert(proposalStatusChanges)
      .values({ proposalId, from: proposal.status, to: 'withdrawn', at, actor: actorName(actor) });
    await recordAudit(tx, ctx, {
      action: 'proposal.withdraw',
      subject: `proposal:${proposalId}`,
      municipalityId: proposal.municipalityId,
      before: { status: proposal.status },
      after: { status: 'withdrawn' },
    });
    return { number: proposal.number };
  });
}
