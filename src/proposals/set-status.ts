import { eq, sql } from 'drizzle-orm';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import type { KeptAnswer } from './answer-texts.ts';
import { StatusError } from './errors.ts';
import { mayChangeStatus, type ProposalStatus } from './rules.ts';
import { proposalStatusChanges, proposals } from './tables.ts';

/**
 * Takes one step of a proposal's status, for the verbs of staff: the row is locked by the caller, rights are checked.
 * Writes the history and the audit row; tells nobody. @throws {StatusError} when the step may not be taken
 */
export async function setStatus(
  tx: Tx,
  ctx: Context,
  proposal: Pick<typeof proposals.$inferSelect, 'id' | 'municipalityId' | 'status'>,
  step: { to: ProposalStatus; answer?: KeptAnswer; mergedIntoId?: number | null },
): Promise<void> {
  const { id, status: from, municipalityId } = proposal;
  const { to, answer, mergedIntoId = null } = step;
  if (!mayChangeStatus(from, to, 'staff')) throw new StatusError(id, from, to);
  const at = ctx.clock.now();
  await tx
    .update(proposals)
    .set({ status: to, mergedIntoId, ...answer, updatedAt: at, revision: sql`${proposals.revision} + 1` })
    .where(eq(proposals.id, id));
  await tx
    .insert(proposalStatusChanges)
    .values({ proposalId: id, from, to, at, actor: actorName(ctx.actor), answer: answer?.answer ?? null });
  await recordAudit(tx, ctx, {
    action: 'proposal.status',
    subject: `proposal:${id}`,
    municipalityId,
    before: { status: from },
    after: mergedIntoId === null ? { status: to } : { status: to, mergedIntoId },
  });
}

/** Says that what a card shows of the proposal is another thing now. */
export async function raiseRevision(tx: Tx, ctx: Context, proposalId: number): Promise<void> {
  await tx
    .update(proposals)
    .set({ revision: sql`${proposals.revision} + 1`, updatedAt: ctx.clock.now() })
    .where(eq(proposals.id, proposalId));
}
