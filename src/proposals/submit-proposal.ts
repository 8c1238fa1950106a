import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { LOCALES } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { CHANNEL_NAMES } from '../messaging/contract.ts';
import { SenderBlockedError } from '../residents/block-resident.ts';
import { getResident } from '../residents/queries.ts';
import { ForbiddenError, requireSelf } from '../residents/rules.ts';
import { UnknownPlaceError } from './errors.ts';
import { insertNumbered } from './insert-numbered.ts';

export const MAX_TEXT_LENGTH = 10_000;

const SubmitProposalInput = z
  .object({
    residentId: z.int(),
    municipalityId: z.int(),
    villageId: z.string().min(1),
    sectorId: z.string().min(1),
    /** Empty only beside a voice message or another file. */
    text: z.string().transform(cleanText).pipe(z.string().max(MAX_TEXT_LENGTH)),
    language: z.enum(LOCALES),
    channel: z.enum(CHANNEL_NAMES),
    source: z.enum(['chat', 'group']),
    /** True: numbered in the TEST series. */
    test: z.boolean(),
    mediaIds: z.array(z.int()),
    location: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).optional(),
    messageRef: z.string().optional(),
  })
  .refine(({ text, mediaIds }) => text !== '' || mediaIds.length > 0, { error: 'a proposal needs words or a file' });
export type SubmitProposalInput = z.input<typeof SubmitProposalInput>;

/**
 * Stores a proposal and gives it the next number of its municipality and year, without gaps: a transaction that
 * rolls back gives its number back. The counter stays locked until the transaction ends, so nothing slow may follow.
 * @throws {ForbiddenError} when the resident is not the actor or has not consented @throws {SenderBlockedError}
 * @throws {ResidentNotFoundError} @throws {UnknownPlaceError}
 */
export async function submitProposal(
  ctx: Context,
  input: SubmitProposalInput,
): Promise<{ id: number; number: string }> {
  requireSelf(ctx.actor, input.residentId);
  const proposal = SubmitProposalInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const stored = await insertNumbered(tx, proposal, ctx.clock.now());
    if (stored === null) throw await whyNothingWasStored(tx, proposal);
    const { municipalityId, villageId, sectorId, channel, mediaIds } = proposal;
    await recordAudit(tx, ctx, {
      action: 'proposal.submit',
      subject: `proposal:${stored.id}`,
      municipalityId,
      after: { number: stored.number, villageId, sectorId, channel, attachments: mediaIds.length },
    });
    return stored;
  });
}

async function whyNothingWasStored(tx: Tx, p: z.output<typeof SubmitProposalInput>): Promise<Error> {
  const resident = await getResident(tx, p.residentId);
  if (resident.blockedAt !== null) return new SenderBlockedError(p.residentId);
  if (resident.consentAt === null) return new ForbiddenError(`resident ${p.residentId} has not consented`);
  return new UnknownPlaceError(p);
}
