import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { withTransaction } from '../db/transaction.ts';
import { requireUnblocked } from '../residents/block-resident.ts';
import { ProposalClosedError, ProposalNotFoundError } from './errors.ts';
import { foldProposal } from './fold.ts';
import { mayEdit, type ProposalStatus } from './rules.ts';
import { MAX_TEXT_LENGTH } from './submit-proposal.ts';
import { proposals } from './tables.ts';

const NewText = z.string().transform(cleanText).pipe(z.string().min(1).max(MAX_TEXT_LENGTH));

/**
 * Corrects the words of a proposal while nobody works on it; the first wording stays.
 * @throws {ProposalNotFoundError} also when the actor is not its author @throws {ProposalClosedError}
 * @throws {SenderBlockedError}
 */
export async function editProposal(
  ctx: Context,
  input: { proposalId: number; text: string },
): Promise<{ number: string }> {
  const text = NewText.parse(input.text);
  return withTransaction(ctx, async (tx) => {
    const [proposal] = await tx.select().from(proposals).where(eq(proposals.id, input.proposalId)).for('update');
    if (proposal === undefined || !isAuthor(ctx, proposal)) throw new ProposalNotFoundError(input.proposalId);
    if (!mayEdit(proposal.status)) throw new ProposalClosedError(proposal.id, proposal.status);
    await rewrite(tx, ctx, proposal, text);
    return { number: proposal.number };
  });
}

/**
 * The message that a proposal came in was edited on the platform: the proposal follows while nobody works on it.
 * Null: no proposal came in it, or several did, so that nobody can tell which part is meant; or nothing that could be
 * a proposal's words is left in it. @throws {SenderBlockedError}
 */
export async function editProposalByMessage(
  ctx: Context,
  messageRef: string,
  newText: string,
): Promise<{ id: number; number: string; changed: boolean; status: ProposalStatus } | null> {
  const { data: text } = NewText.safeParse(newText);
  if (text === undefined) return null;
  return withTransaction(ctx, async (tx) => {
    const found = await tx.select().from(proposals).where(eq(proposals.messageRef, messageRef)).for('update').limit(2);
    const [proposal] = found;
    if (proposal === undefined || found.length > 1 || !isAuthor(ctx, proposal)) return null;
    const changed = mayEdit(proposal.status);
    if (changed) await rewrite(tx, ctx, proposal, text);
    return { id: proposal.id, number: proposal.number, changed, status: proposal.status };
  });
}

type Proposal = typeof proposals.$inferSelect;

function isAuthor({ actor }: Context, proposal: Proposal): boolean {
  return actor.type !== 'staff' && (actor.type !== 'resident' || actor.residentId === proposal.residentId);
}

async function rewrite(tx: Tx, ctx: Context, proposal: Proposal, text: string): Promise<void> {
  if (text === proposal.text) return;
  if (ctx.actor.type === 'resident') await requireUnblocked(tx, ctx.actor.residentId);
  await tx
    .update(proposals)
    .set({
      text,
      folded: foldProposal(text, proposal.transcript),
      updatedAt: ctx.clock.now(),
      revision: sql`${proposals.revision} + 1`,
    })
    .where(eq(proposals.id, proposal.id));
  await recordAudit(tx, ctx, {
    action: 'proposal.edit',
    subject: `proposal:${proposal.id}`,
    municipalityId: proposal.municipalityId,
    before: { length: proposal.text.length },
    after: { length: text.length },
  });
}
