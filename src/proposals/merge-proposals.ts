import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { MergeRefusedError } from './errors.ts';
import { type LockedProposal, lockForStaff } from './lock-for-staff.ts';
import { rootIdOf } from './merge-chain.ts';
import { countSupporters, type People, peopleOf, toldAuthorsOf } from './people.ts';
import { isOpenStatus, type ProposalStatus } from './rules.ts';
import { raiseRevision, setStatus } from './set-status.ts';

const MergeInput = z.object({
  fromId: z.int(),
  /** Where it was merged itself, what it was merged into is meant. */
  intoId: z.int(),
  /** Of the card that shows the first one. */
  revision: z.int().optional(),
  /** That they are of two villages was seen, and is meant. */
  acrossVillages: z.boolean().default(false),
});
export type MergeInput = z.input<typeof MergeInput>;

/** Numbers of both, and how many support the one that stands for them now. */
export interface Merged {
  readonly from: string;
  readonly into: string;
  readonly supporterCount: number;
}

/**
 * Joins a proposal to another one that tells the same need. It keeps its number and its words and points to the other;
 * its author and supporters count there from now on, and are told. Both are locked in the order of their ids, so that
 * two officers who merge crosswise wait for each other's commit, and the second is refused.
 * @throws {MergeRefusedError} @throws as `lockForStaff`
 */
export async function mergeProposals(ctx: Context, input: MergeInput): Promise<Merged> {
  const { fromId, intoId, revision, acrossVillages } = MergeInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const rootId = await rootIdOf(tx, intoId);
    if (rootId === fromId) throw new MergeRefusedError(fromId, 'itself');
    const { from, into } = await lockBoth(tx, ctx, { fromId, rootId, revision });
    refuseUnfit(from, into, acrossVillages);
    const people = await peopleOf(tx, fromId);
    await setStatus(tx, ctx, from, { to: 'merged', mergedIntoId: rootId });
    const supporters = await countSupporters(tx, rootId);
    await raiseRevision(tx, ctx, rootId);
    await recordAudit(tx, ctx, {
      action: 'proposal.merge',
      subject: `proposal:${rootId}`,
      municipalityId: into.officeId,
      before: { supporters: into.supporterCount },
      after: { supporters, mergedId: fromId },
    });
    await tellMerged(tx, ctx, { from, people, target: into.number, status: into.status });
    return { from: from.number, into: into.number, supporterCount: supporters };
  });
}

async function lockBoth(
  tx: Tx,
  ctx: Context,
  { fromId, rootId, revision }: { fromId: number; rootId: number; revision: number | undefined },
): Promise<{ from: LockedProposal; into: LockedProposal }> {
  const lockFrom = () => lockForStaff(tx, ctx, 'proposals.merge', { proposalId: fromId, revision });
  const lockInto = () => lockForStaff(tx, ctx, 'proposals.merge', { proposalId: rootId });
  if (fromId < rootId) return { from: await lockFrom(), into: await lockInto() };
  const into = await lockInto();
  return { from: await lockFrom(), into };
}

function refuseUnfit(from: LockedProposal, into: LockedProposal, acrossVillages: boolean): void {
  if (from.officeId !== into.officeId) throw new MergeRefusedError(into.id, 'elsewhere');
  // somebody merged it while we waited
  if (from.mergedIntoId !== null || into.mergedIntoId !== null) throw new MergeRefusedError(into.id, 'changed');
  for (const { id, hiddenAt } of [from, into]) if (hiddenAt !== null) throw new MergeRefusedError(id, 'hidden');
  if (from.test !== into.test) throw new MergeRefusedError(into.id, 'test');
  if (from.status !== 'received' && from.status !== 'in_review') throw new MergeRefusedError(from.id, 'closed');
  if (!isOpenStatus(into.status)) throw new MergeRefusedError(into.id, 'closed');
  if (from.villageId !== into.villageId && !acrossVillages) throw new MergeRefusedError(into.id, 'other-village');
}

interface Told {
  readonly from: LockedProposal;
  readonly people: People;
  readonly target: string;
  readonly status: ProposalStatus;
}

/** Where the other one is further on already, or nobody supports this one, its status stands in place of a word on supporters. */
async function tellMerged(tx: Tx, ctx: Context, { from, people, target, status }: Told): Promise<void> {
  const alone = people.joinedIds.length + people.supporterIds.length === 0;
  const about = { municipalityId: from.officeId, subject: `proposal:${from.id}`, audience: 'own' } as const;
  await sendNotice(tx, ctx, {
    ...about,
    residentIds: toldAuthorsOf(people),
    write: (t) => ({
      text:
        status === 'received' && !alone
          ? t('st-merged', { target })
          : t('st-merged-status', { target, status: t(`status-${status}`) }),
    }),
  });
  await sendNotice(tx, ctx, {
    ...about,
    residentIds: people.supporterIds,
    write: (t) => ({ text: t('st-merged-supporter', { number: from.number, target }) }),
  });
}
