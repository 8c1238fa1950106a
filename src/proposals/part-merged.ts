import { and, asc, desc, eq } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { villages } from '../places/tables.ts';
import { recountUp } from './merge-chain.ts';
import { peopleOf, toldAuthorsOf } from './people.ts';
import type { ProposalStatus } from './rules.ts';
import { setStatus } from './set-status.ts';
import { proposalStatusChanges, proposals } from './tables.ts';

/** A proposal that was merged into another one. */
export interface Merged
  extends Pick<typeof proposals.$inferSelect, 'id' | 'number' | 'municipalityId' | 'status' | 'hiddenAt'> {
  readonly officeId: number;
}

/**
 * Parts merged proposals from the one they were merged into: each has the status that it had before, its author and
 * supporters count for it alone, and are told, but of a hidden one. All are locked by the caller, rights are checked.
 */
export async function partMerged(tx: Tx, ctx: Context, from: number, merged: readonly Merged[]): Promise<void> {
  for (const one of merged) await setStatus(tx, ctx, one, { to: await statusBefore(tx, one.id) });
  if (merged.length > 0) await recountUp(tx, [from, ...merged.map(({ id }) => id)]);
  for (const one of merged) {
    await recordAudit(tx, ctx, {
      action: 'proposal.undo-merge',
      subject: `proposal:${from}`,
      municipalityId: one.officeId,
      before: { mergedId: one.id },
    });
    if (one.hiddenAt === null) await tellParted(tx, ctx, one);
  }
}

/** What was merged into a proposal, but for what was merged into that again; locked, in the order of their ids. */
export async function lockMergedInto(tx: Tx, proposalId: number): Promise<Merged[]> {
  const { id, number, municipalityId, status, hiddenAt } = proposals;
  return tx
    .select({ id, number, municipalityId, status, hiddenAt, officeId: villages.municipalityId })
    .from(proposals)
    .innerJoin(villages, eq(villages.id, proposals.villageId))
    .where(eq(proposals.mergedIntoId, proposalId))
    .orderBy(asc(id))
    .for('update', { of: proposals });
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

async function tellParted(tx: Tx, ctx: Context, { id, number, officeId }: Merged): Promise<void> {
  const people = await peopleOf(tx, id);
  const { joinedIds, supporterIds } = people;
  const alone = joinedIds.length + supporterIds.length === 0;
  const about = { municipalityId: officeId, subject: `proposal:${id}`, audience: 'own' } as const;
  await sendNotice(tx, ctx, {
    ...about,
    residentIds: toldAuthorsOf(people),
    write: (t) => ({ text: t(alone ? 'st-unmerged-alone' : 'st-unmerged', { number }) }),
  });
  await sendNotice(tx, ctx, {
    ...about,
    residentIds: supporterIds,
    write: (t) => ({ text: t('st-unmerged-supporter', { number }) }),
  });
}
