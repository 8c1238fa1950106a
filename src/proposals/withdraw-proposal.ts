import { eq, getTableColumns, sql } from 'drizzle-orm';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { villages } from '../places/tables.ts';
import { ForbiddenError } from '../residents/rules.ts';
import { ProposalClosedError, ProposalNotFoundError } from './errors.ts';
import { lockTree } from './merge-chain.ts';
import { lockMergedInto, partMerged } from './part-merged.ts';
import { peopleOf } from './people.ts';
import { mayChangeStatus } from './rules.ts';
import { proposalStatusChanges, proposals } from './tables.ts';

/**
 * The author takes a proposal back while nobody works on it. It keeps its number; those who support it are told, and
 * what was merged into it stands alone again.
 * @throws {ForbiddenError} when the actor is no resident
 * @throws {ProposalNotFoundError} also when the actor is not its author @throws {ProposalClosedError}
 */
export async function withdrawProposal(ctx: Context, proposalId: number): Promise<{ number: string }> {
  const { actor } = ctx;
  if (actor.type !== 'resident')
    throw new ForbiddenError(`${actorName(actor)} withdraws a proposal: only its author may`);
  return withTransaction(ctx, async (tx) => {
    await lockTree(tx, proposalId);
    const [proposal] = await tx
      .select({ ...getTableColumns(proposals), officeId: villages.municipalityId })
      .from(proposals)
      .innerJoin(villages, eq(villages.id, proposals.villageId))
      .where(eq(proposals.id, proposalId))
      .for('update', { of: proposals });
    if (proposal === undefined || proposal.residentId !== actor.residentId) throw new ProposalNotFoundError(proposalId);
    if (!mayChangeStatus(proposal.status, 'withdrawn', 'author'))
      throw new ProposalClosedError(proposalId, proposal.status);
    await partMerged(tx, ctx, proposalId, await lockMergedInto(tx, proposalId));
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
    await tellSupporters(tx, ctx, proposal);
    return { number: proposal.number };
  });
}

async function tellSupporters(
  tx: Tx,
  ctx: Context,
  { id, number, officeId }: { id: number; number: string; officeId: number },
): Promise<void> {
  const { supporterIds } = await peopleOf(tx, id);
  await sendNotice(tx, ctx, {
    municipalityId: officeId,
    subject: `proposal:${id}`,
    audience: 'own',
    residentIds: supporterIds,
    write: (t) => ({ text: t('st-withdrawn-supporter', { number }) }),
  });
}
