import { and, eq, inArray, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { cleanText } from '../core/text.ts';
import { withTransaction } from '../db/transaction.ts';
import { media } from '../messaging/tables.ts';
import { foldProposal } from './fold.ts';
import { lockForStaff } from './lock-for-staff.ts';
import { MAX_TEXT_LENGTH } from './submit-proposal.ts';
import { proposalAttachments, proposals } from './tables.ts';

const Transcript = z.string().transform(cleanText).pipe(z.string().min(1).max(MAX_TEXT_LENGTH));

/** There is nothing in the proposal that could be heard. */
export class NothingToHearError extends AppError {
  constructor(proposalId: number) {
    super('conflict', `proposal ${proposalId} has no voice message`);
  }
}

/**
 * Keeps what a voice message says, apart from the resident's own words, so that the proposal is found and exported;
 * said again, it takes the place of what was written down before.
 * @throws {NothingToHearError} @throws as `lockForStaff`
 */
export async function transcribe(
  ctx: Context,
  input: { proposalId: number; revision?: number; transcript: string },
): Promise<void> {
  const { proposalId } = input;
  const transcript = Transcript.parse(input.transcript);
  await withTransaction(ctx, async (tx) => {
    const proposal = await lockForStaff(tx, ctx, 'proposals.transcribe', input);
    const [heard] = await tx
      .select({ id: media.id })
      .from(proposalAttachments)
      .innerJoin(media, eq(media.id, proposalAttachments.mediaId))
      .where(and(eq(proposalAttachments.proposalId, proposalId), inArray(media.kind, ['voice', 'audio', 'video'])))
      .limit(1);
    if (heard === undefined) throw new NothingToHearError(proposalId);
    const folded = foldProposal(proposal.text, transcript);
    await tx
      .update(proposals)
      .set({ transcript, folded, updatedAt: ctx.clock.now(), revision: sql`${proposals.revision} + 1` })
      .where(eq(proposals.id, proposalId));
    await recordAudit(tx, ctx, {
      action: 'proposal.transcribe',
      subject: `proposal:${proposalId}`,
      municipalityId: proposal.officeId,
      before: { length: proposal.transcript?.length ?? 0 },
      after: { length: transcript.length },
    });
  });
}
