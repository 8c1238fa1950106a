import { and, eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import { withTransaction } from '../db/transaction.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { sectors } from '../places/tables.ts';
import { requireSelf } from '../residents/rules.ts';
import { ProposalNotFoundError, UnknownPlaceError } from './errors.ts';
import { proposals } from './tables.ts';

/** What somebody said in a group, and what the author has still to tell alone. */
export interface IncompleteProposal {
  readonly id: number;
  readonly number: string;
  readonly municipalityId: number;
  readonly villageId: string;
  readonly text: string;
  readonly consentDue: boolean;
  readonly sectorDue: boolean;
}

type Row = Pick<IncompleteProposal, 'number' | 'villageId' | 'text' | 'consentDue' | 'sectorDue'> & {
  readonly residentId: string;
  readonly id: string;
  readonly municipalityId: string;
};

const findRows = statement<Row>()`
  select p.resident_id as "residentId", p.id, p.number, p.municipality_id as "municipalityId",
    p.village_id as "villageId", p.text, r.consent_at is null as "consentDue", p.sector_due as "sectorDue"
  from addresses a
  join residents r on r.id = a.resident_id
  join proposals p on p.resident_id = r.id and (p.consent_due_at is not null or p.sector_due)
  where (a.channel, a.account, a.external_id) in (
    select * from unnest(${'channels'}::text[], ${'accounts'}::text[], ${'chatIds'}::text[])
  ) and (r.consent_at is null or p.sector_due and p.status = 'received') and p.status <> 'withdrawn'
    and p.hidden_at is null
  order by p.id`;

/** Proposals from groups whose authors write from these chats and have something to tell, by resident, oldest first. */
export async function findIncomplete(
  db: Database,
  chats: readonly ChannelAddress[],
): Promise<ReadonlyMap<number, readonly IncompleteProposal[]>> {
  const rows = await findRows(db, {
    channels: chats.map(({ channel }) => channel),
    accounts: chats.map(({ account }) => account),
    chatIds: chats.map(({ id }) => id),
  });
  const found = new Map<number, IncompleteProposal[]>();
  for (const { residentId, id, municipalityId, ...row } of rows) {
    const proposal = { ...row, id: Number(id), municipalityId: Number(municipalityId) };
    found.set(Number(residentId), [...(found.get(Number(residentId)) ?? []), proposal]);
  }
  return found;
}

const TellSectorInput = z.object({ residentId: z.int(), proposalId: z.int(), sectorId: z.string().min(1) });

/**
 * The author tells what a proposal is about that nobody has told yet; what staff have told meanwhile stands.
 * @throws {ForbiddenError} @throws {ProposalNotFoundError} @throws {UnknownPlaceError}
 */
export async function tellSector(ctx: Context, input: z.input<typeof TellSectorInput>): Promise<void> {
  const { residentId, proposalId, sectorId } = TellSectorInput.parse(input);
  requireSelf(ctx.actor, residentId);
  await withTransaction(ctx, async (tx) => {
    const own = and(eq(proposals.id, proposalId), eq(proposals.residentId, residentId));
    const [proposal] = await tx.select().from(proposals).where(own).for('update');
    if (proposal === undefined) throw new ProposalNotFoundError(proposalId);
    if (!proposal.sectorDue) return;
    const { municipalityId, villageId } = proposal;
    const isSector = and(eq(sectors.municipalityId, municipalityId), eq(sectors.id, sectorId));
    if ((await tx.$count(sectors, isSector)) === 0)
      throw new UnknownPlaceError({ municipalityId, villageId, sectorId });
    await tx
      .update(proposals)
      .set({ sectorId, sectorDue: false, updatedAt: ctx.clock.now(), revision: sql`${proposals.revision} + 1` })
      .where(eq(proposals.id, proposalId));
    await recordAudit(tx, ctx, {
      action: 'proposal.tell-sector',
      subject: `proposal:${proposalId}`,
      municipalityId,
      after: { sectorId },
    });
  });
}
