import { eq, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { lockForStaff } from './lock-for-staff.ts';
import { lockTree, recountUp } from './merge-chain.ts';
import { lockMergedInto, partMerged } from './part-merged.ts';
import { proposals } from './tables.ts';

/**
 * Abuse is kept and not shown: out of the queue, the tables and what others see. The author is not told, also not of
 * what becomes of another one that it was merged into. What was merged into it stands alone again. Hiding what is
 * hidden changes nothing. @throws as `lockForStaff`
 */
export function hideProposal(ctx: Context, input: { proposalId: number; revision?: number }): Promise<void> {
  return setHidden(ctx, input, true);
}

/** Shows a hidden proposal again. @throws as `lockForStaff` */
export function showProposal(ctx: Context, input: { proposalId: number; revision?: number }): Promise<void> {
  return setHidden(ctx, input, false);
}

async function setHidden(
  ctx: Context,
  input: { proposalId: number; revision?: number },
  hidden: boolean,
): Promise<void> {
  const { proposalId } = input;
  await withTransaction(ctx, async (tx) => {
    await lockTree(tx, proposalId);
    const proposal = await lockForStaff(tx, ctx, 'proposals.hide', input);
    const before = proposal.hiddenAt !== null;
    if (before === hidden) return;
    if (hidden) await partMerged(tx, ctx, proposalId, await lockMergedInto(tx, proposalId));
    const at = ctx.clock.now();
    await tx
      .update(proposals)
      .set({ hiddenAt: hidden ? at : null, updatedAt: at, revision: sql`${proposals.revision} + 1` })
      .where(eq(proposals.id, proposalId));
    if (proposal.mergedIntoId !== null) await recountUp(tx, [proposal.mergedIntoId]);
    await recordAudit(tx, ctx, {
      action: hidden ? 'proposal.hide' : 'proposal.show',
      subject: `proposal:${proposalId}`,
      municipalityId: proposal.officeId,
      before: { hidden: before },
      after: { hidden },
    });
  });
}
