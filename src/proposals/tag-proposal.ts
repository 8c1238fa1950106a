import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { sectors, villages } from '../places/tables.ts';
import { UnknownPlaceError } from './errors.ts';
import { lockForStaff } from './lock-for-staff.ts';
import { proposals } from './tables.ts';

const TagProposalInput = z.object({
  proposalId: z.int(),
  revision: z.int().optional(),
  villageId: z.string().min(1).optional(),
  sectorId: z.string().min(1).optional(),
});
export type TagProposalInput = z.input<typeof TagProposalInput>;

/**
 * Puts a proposal right that stands under the wrong village or sector; nobody is told. A village of another
 * municipality is none: the proposal would leave the office.
 * @throws {UnknownPlaceError} @throws as `lockForStaff`
 */
export async function tagProposal(ctx: Context, input: TagProposalInput): Promise<void> {
  const { proposalId, revision, ...wanted } = TagProposalInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const proposal = await lockForStaff(tx, ctx, 'proposals.tag', { proposalId, revision });
    const { villageId = proposal.villageId, sectorId = proposal.sectorId } = wanted;
    const before = { villageId: proposal.villageId, sectorId: proposal.sectorId };
    // said by staff, `other` too is an answer
    const sectorDue = proposal.sectorDue && wanted.sectorId === undefined;
    if (before.villageId === villageId && before.sectorId === sectorId && sectorDue === proposal.sectorDue) return;
    const isVillage = await tx.$count(
      villages,
      and(eq(villages.id, villageId), eq(villages.municipalityId, proposal.officeId), isNull(villages.retiredAt)),
    );
    const isSector = await tx.$count(
      sectors,
      and(eq(sectors.municipalityId, proposal.municipalityId), eq(sectors.id, sectorId)),
    );
    if ((villageId !== before.villageId && isVillage === 0) || isSector === 0)
      throw new UnknownPlaceError({ municipalityId: proposal.officeId, villageId, sectorId });
    await tx
      .update(proposals)
      .set({ villageId, sectorId, sectorDue, updatedAt: ctx.clock.now(), revision: sql`${proposals.revision} + 1` })
      .where(eq(proposals.id, proposalId));
    await recordAudit(tx, ctx, {
      action: 'proposal.tag',
      subject: `proposal:${proposalId}`,
      municipalityId: proposal.officeId,
      before,
      after: { villageId, sectorId },
    });
  });
}
