import { and, desc, eq } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { MergeRefusedError } from './errors.ts';
import { lockForStaff } from './lock-for-staff.ts';
import { chainUp, lockInOrder, recountUp } from './merge-chain.ts';
import { peopleOf } from './people.ts';
import type { ProposalStatus } from './rules.ts';
import { raiseRevision, setStatus } from './set-status.ts';
import { proposalStatusChanges } from './tables.ts';

/**
 * Parts a merged proposal from the other one again: it has the status that it had before, its author and supporters
 * count for it alone, and are told. Support that was given to the other one meanwhile stays there.
 * @throws {MergeRefusedError} when it is not merged @throws as `lockForStaff`
 */
export async function undoMerge(
  ctx: Context,
  input: { proposalId: number; revision?: number | undefined },
): Promise<{ number: string }> {
  return withTransaction(ctx, async (tx) => {
    await lockInOrder(tx, await chainUp(tx, [input.proposalId]));
    const merged = await lockForStaff(tx, ctx, 'proposals.merge', input);
    const { id, number, mergedIntoId, officeId } = merged;
    if (mergedIntoId === null) throw new MergeRefusedError(id, 'not-merged');
    await setStatus(tx, ctx, merged, { to: await statusBefore(tx, id) });
    await recountUp(tx, [id, mergedIntoId]);
    await raiseRevision(tx, ctx, mergedIntoId);
    await recordAudit(tx, ctx, {
      action: 'proposal.undo-merge',
      subject: `proposal:${mergedIntoId}`,
      municipalityId: officeId,
      before: { mergedId: id },
    });
    const { authorId, supporterIds } = await peopleOf(tx, id);
    const about = { municipalityId: officeId, subject: `proposal:${id}`, audience: 'own' } as const;
    await sendNotice(tx, ctx, {
      ...about,
      residentIds: authorId === null ? [] : [authorId],
      write: (t) => ({ text: t('st-unmerged', { number }) }),
    });
    await sendNotice(tx, ctx, {
      ...about,
      residentIds: supporterIds,
      write: (t) => ({ text: t('st-unmerged-supporter', { number }) }),
    });
    return { number };
  });
}

async function statusBefore(tx: Tx, proposalId: number): Promise<ProposalStatus> {
  const [change] = await tx
    .select({ from: proposalStatusChanges.from })
    .from(proposalStatusChanges)
    .where(and(eq(proposalStatusChanges.proposalId, proposalId), eq(proposalStatusChanges.to, 'merged')))
    .orderBy(desc(proposalStatusChanges.id))
    .limit(1);
  return change?.from ?? 'received';
}
