import { and, eq, sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { requireRight } from '../staff/require-right.ts';
import { staff } from '../staff/tables.ts';
import { findCard, type ProposalCard } from './read-card.ts';
import { proposals } from './tables.ts';

/** So long a card counts as open in somebody's hands. */
const OPEN_MINUTES = 15;

/** A card as it is shown, and who else has it open. */
export interface OpenedCard {
  readonly card: ProposalCard;
  /** Somebody else of the staff opened it within a quarter of an hour; the name is null once that person is erased. */
  readonly openBy: { readonly name: string | null } | null;
}

/**
 * Opens the card of a proposal for somebody of its office, and closes the one that the same person had open before.
 * Keeps nobody out: whoever comes second is told. Changes nothing that is shown, so it leaves no audit row. Null: the
 * office has no such proposal. @throws {NoRightError}
 */
export async function openCard(
  ctx: Context,
  input: { proposalId: number; municipalityId: number; leavesId?: number | undefined },
): Promise<OpenedCard | null> {
  const { proposalId, municipalityId, leavesId } = input;
  const staffId = ctx.actor.type === 'staff' ? ctx.actor.staffId : null;
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'proposals.read', municipalityId);
    const card = await findCard(tx, { proposalId, municipalityId });
    if (leavesId !== undefined && leavesId !== proposalId && staffId !== null) {
      await tx
        .update(proposals)
        .set({ openedBy: null, openedAt: null })
        .where(and(eq(proposals.id, leavesId), eq(proposals.openedBy, staffId)));
    }
    if (card === null) return null;
    const now = ctx.clock.now();
    const since = new Date(now.getTime() - OPEN_MINUTES * 60_000).toISOString();
    const [other] = await tx
      .select({ name: staff.name })
      .from(proposals)
      .innerJoin(staff, eq(staff.id, proposals.openedBy))
      .where(
        and(
          eq(proposals.id, proposalId),
          sql`${proposals.openedAt} > ${since}`,
          sql`${proposals.openedBy} is distinct from ${staffId}::bigint`,
        ),
      );
    if (staffId !== null)
      await tx.update(proposals).set({ openedBy: staffId, openedAt: now }).where(eq(proposals.id, proposalId));
    return { card, openBy: other ?? null };
  });
}
