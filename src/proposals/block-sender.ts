import { eq, sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { setBlocked } from '../residents/block-resident.ts';
import { NoAuthorError } from './errors.ts';
import { lockForStaff } from './lock-for-staff.ts';
import { proposals } from './tables.ts';

interface Sender {
  /** A proposal of theirs: staff know people by what they sent. */
  readonly proposalId: number;
  readonly revision?: number;
}

/**
 * Takes no more proposals and no more support from the one who sent this. What they sent stays.
 * @throws {NoAuthorError} @throws as `lockForStaff`
 */
export function blockSender(ctx: Context, input: Sender): Promise<void> {
  return change(ctx, input, true);
}

/** Takes proposals from the sender again. @throws as `blockSender` */
export function unblockSender(ctx: Context, input: Sender): Promise<void> {
  return change(ctx, input, false);
}

async function change(ctx: Context, input: Sender, blocked: boolean): Promise<void> {
  const { proposalId } = input;
  await withTransaction(ctx, async (tx) => {
    const { residentId, officeId } = await lockForStaff(tx, ctx, 'senders.block', input);
    if (residentId === null) throw new NoAuthorError(proposalId, 'none');
    const changed = await setBlocked(tx, ctx, { residentId, blocked, municipalityId: officeId });
    if (!changed) return;
    await tx
      .update(proposals)
      .set({ revision: sql`${proposals.revision} + 1` })
      .where(eq(proposals.id, proposalId));
  });
}
