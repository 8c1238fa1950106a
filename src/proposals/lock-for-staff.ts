import { eq, getTableColumns } from 'drizzle-orm';
import type { Context, Tx } from '../core/context.ts';
import { villages } from '../places/tables.ts';
import { requireRight } from '../staff/require-right.ts';
import type { Right } from '../staff/rights.ts';
import { HiddenError, ProposalChangedError, ProposalNotFoundError } from './errors.ts';
import { proposals } from './tables.ts';

export type LockedProposal = typeof proposals.$inferSelect & {
  /** The municipality of its village today: whose office works on it. */
  readonly officeId: number;
};

/**
 * What every verb of staff on one proposal begins with: locks the row, asks for the right, and refuses to act on a
 * card that was shown before somebody else changed it.
 * @throws {ProposalNotFoundError} @throws {NoRightError} @throws {ProposalChangedError} when `revision` is not the row's
 */
export async function lockForStaff(
  tx: Tx,
  ctx: Context,
  right: Right,
  shown: { proposalId: number; revision?: number | undefined },
): Promise<LockedProposal> {
  const { proposalId, revision } = shown;
  const [found] = await tx
    .select({ ...getTableColumns(proposals), officeId: villages.municipalityId })
    .from(proposals)
    .innerJoin(villages, eq(villages.id, proposals.villageId))
    .where(eq(proposals.id, proposalId))
    .for('update', { of: proposals });
  if (found === undefined) throw new ProposalNotFoundError(proposalId);
  await requireRight(tx, ctx, right, found.officeId);
  if (revision !== undefined && revision !== found.revision) {
    throw new ProposalChangedError(proposalId, revision, found.revision);
  }
  return found;
}

/** What every verb asks that says something of a proposal to its people. @throws {HiddenError} */
export function requireShown({ id, hiddenAt }: LockedProposal): void {
  if (hiddenAt !== null) throw new HiddenError(id);
}
