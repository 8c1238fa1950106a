import { and, eq, isNull } from 'drizzle-orm';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { SenderBlockedError } from '../residents/block-resident.ts';
import { ForbiddenError, ResidentNotFoundError } from '../residents/rules.ts';
import { residents } from '../residents/tables.ts';
import { ProposalNotFoundError, SupportRefusedError } from './errors.ts';
import { rootIdOf } from './merge-chain.ts';
import { countSupporters } from './people.ts';
import { isOpenStatus } from './rules.ts';
import { proposalSupports, proposals } from './tables.ts';

export interface Supported {
  /** Of what is supported: of a merged proposal, what it was merged into. */
  readonly id: number;
  readonly number: string;
  readonly supporterCount: number;
}

/**
 * A resident wants a proposal too. Once a person and proposal: a second time changes nothing. A merged one is supported
 * in what it was merged into.
 * @throws {ForbiddenError} when the actor is no resident, or has not consented @throws {SenderBlockedError}
 * @throws {ProposalNotFoundError} also for a hidden one @throws {SupportRefusedError} for one's own, and a closed one
 */
export async function supportProposal(ctx: Context, proposalId: number): Promise<Supported> {
  const { actor } = ctx;
  if (actor.type !== 'resident') throw new ForbiddenError(`${actorName(actor)} supports a proposal: residents do`);
  const { residentId } = actor;
  return withTransaction(ctx, async (tx) => {
    await requireConsent(tx, residentId);
    const proposal = await lockRoot(tx, proposalId);
    if (proposal.hiddenAt !== null) throw new ProposalNotFoundError(proposalId);
    if (proposal.residentId === residentId) throw new SupportRefusedError(proposal.id, 'own');
    if (!isOpenStatus(proposal.status)) throw new SupportRefusedError(proposal.id, 'closed');
    const added = await tx
      .insert(proposalSupports)
      .values({ proposalId: proposal.id, residentId, at: ctx.clock.now() })
      .onConflictDoNothing()
      .returning({ id: proposalSupports.proposalId });
    const { id, number } = proposal;
    if (added.length === 0) return { id, number, supporterCount: proposal.supporterCount };
    const supporterCount = await countSupporters(tx, id);
    await recordAudit(tx, ctx, {
      action: 'proposal.support',
      subject: `proposal:${id}`,
      municipalityId: proposal.municipalityId,
      before: { supporters: proposal.supporterCount },
      after: { supporters: supporterCount },
    });
    return { id, number, supporterCount };
  });
}

/** Holds the person, before the proposal, until the support is written: `/forget` takes them in the same order. */
async function requireConsent(tx: Tx, residentId: number): Promise<void> {
  const [person] = await tx
    .select({ consentAt: residents.consentAt, blockedAt: residents.blockedAt })
    .from(residents)
    .where(and(eq(residents.id, residentId), isNull(residents.erasedAt)))
    .for('share');
  if (person === undefined) throw new ResidentNotFoundError(residentId);
  if (person.consentAt === null) throw new ForbiddenError(`resident ${residentId} has not consented`);
  if (person.blockedAt !== null) throw new SenderBlockedError(residentId);
}

/** Locks what the proposal was merged into in the end; again where that was merged while we waited for it. */
async function lockRoot(tx: Tx, proposalId: number): Promise<typeof proposals.$inferSelect> {
  for (;;) {
    const rootId = await rootIdOf(tx, proposalId);
    const [root] = await tx.select().from(proposals).where(eq(proposals.id, rootId)).for('update');
    if (root === undefined) throw new ProposalNotFoundError(proposalId);
    if (root.mergedIntoId === null) return root;
  }
}
