import { z } from 'zod';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { LOCALES } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { getMeeting } from '../meetings/queries.ts';
import { AGE_BANDS, SEXES } from '../residents/tables.ts';
import { requireRight } from '../staff/require-right.ts';
import { UnknownPlaceError } from './errors.ts';
import { insertNumbered } from './insert-numbered.ts';
import { MAX_TEXT_LENGTH } from './submit-proposal.ts';

const LOCATION = z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) });

const EnterProposalInput = z
  .object({
    municipalityId: z.int(),
    villageId: z.string().min(1),
    sectorId: z.string().min(1),
    /** Empty only beside a photo of the paper or another file. */
    text: z.string().transform(cleanText).pipe(z.string().max(MAX_TEXT_LENGTH)),
    language: z.enum(LOCALES),
    /** True: numbered in the TEST series. */
    test: z.boolean(),
    mediaIds: z.array(z.int()),
    location: LOCATION.optional(),
    /** Of the one who wrote on paper or spoke, as far as they told. */
    sex: z.enum(SEXES).nullable(),
    ageBand: z.enum(AGE_BANDS).nullable(),
    vulnerable: z.boolean().nullable(),
    /** The meeting that it was said at. */
    meetingId: z.int().nullable(),
  })
  .refine(({ text, mediaIds }) => text !== '' || mediaIds.length > 0, { error: 'a proposal needs words or a file' });
export type EnterProposalInput = z.input<typeof EnterProposalInput>;

/**
 * Stores what somebody wrote on paper or said, with the next number of the municipality. Whoever enters it is recorded
 * as that, never as its author. Right `proposals.enter`. The counter stays locked until the transaction ends.
 * @throws {NoRightError} @throws {UnknownPlaceError} @throws {MeetingNotFoundError}
 */
export async function enterProposal(ctx: Context, input: EnterProposalInput): Promise<{ id: number; number: string }> {
  const { sex, ageBand, vulnerable, ...proposal } = EnterProposalInput.parse(input);
  const { municipalityId, villageId, sectorId, meetingId, mediaIds } = proposal;
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'proposals.enter', municipalityId);
    if (meetingId !== null) await getMeeting(tx, municipalityId, meetingId);
    const stored = await insertNumbered(
      tx,
      {
        ...proposal,
        source: 'paper',
        channel: null,
        residentId: null,
        authorSex: sex,
        authorAgeBand: ageBand,
        authorVulnerable: vulnerable,
        enteredBy: actorName(ctx.actor),
      },
      ctx.clock.now(),
    );
    if (stored === null) throw new UnknownPlaceError(proposal);
    await recordAudit(tx, ctx, {
      action: 'proposal.enter',
      subject: `proposal:${stored.id}`,
      municipalityId,
      after: { number: stored.number, villageId, sectorId, meetingId, attachments: mediaIds.length },
    });
    return stored;
  });
}
