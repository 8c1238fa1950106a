import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { MergeRefusedError } from './errors.ts';
import { lockForStaff } from './lock-for-staff.ts';
import { lockUp } from './merge-chain.ts';
import { partMerged } from './part-merged.ts';
import { raiseRevision } from './set-status.ts';

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
    await lockUp(tx, [input.proposalId]);
    const merged = await lockForStaff(tx, ctx, 'proposals.merge', input);
    const { id, number, mergedIntoId } = merged;
    if (mergedIntoId === null) throw new MergeRefusedError(id, 'not-merged');
    await partMerged(tx, ctx, mergedIntoId, [merged]);
    await raiseRevision(tx, ctx, mergedIntoId);
    return { number };
  });
}
