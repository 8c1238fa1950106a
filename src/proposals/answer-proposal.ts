import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { withTransaction } from '../db/transaction.ts';
import { keepAnswer } from './answer-texts.ts';
import { StatusError } from './errors.ts';
import { lockForStaff, requireShown } from './lock-for-staff.ts';
import { CLOSED_TO_STAFF } from './rules.ts';
import { proposals } from './tables.ts';
import { tellNews } from './tell-people.ts';

/** One message of a platform, with the sentence around it. */
export const MAX_ANSWER_LENGTH = 2_000;

const Words = z.string().transform(cleanText).pipe(z.string().min(1).max(MAX_ANSWER_LENGTH));
/** An answer in every language, so that each person reads their own. */
export const AnswerInput = z.object({ ky: Words, ru: Words, en: Words });

const AnswerProposalInput = z.object({ proposalId: z.int(), revision: z.int().optional(), answer: AnswerInput });
export type AnswerProposalInput = z.input<typeof AnswerProposalInput>;

/**
 * Answers a proposal in public while its status stays; author and supporters are told, each once. An answer before it
 * is replaced. @throws {StatusError} when it was withdrawn, or stands in another one @throws {HiddenError}
 * @throws as `lockForStaff`
 */
export async function answerProposal(ctx: Context, input: AnswerProposalInput): Promise<void> {
  const { proposalId, revision, answer } = AnswerProposalInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const proposal = await lockForStaff(tx, ctx, 'proposals.answer', { proposalId, revision });
    requireShown(proposal);
    const { status, language, officeId, number } = proposal;
    if (CLOSED_TO_STAFF.has(status)) throw new StatusError(proposalId, status, status);
    const kept = keepAnswer(answer, language);
    await tx
      .update(proposals)
      .set({ ...kept, updatedAt: ctx.clock.now(), revision: sql`${proposals.revision} + 1` })
      .where(eq(proposals.id, proposalId));
    await recordAudit(tx, ctx, {
      action: 'proposal.answer',
      subject: `proposal:${proposalId}`,
      municipalityId: officeId,
      before: { length: proposal.answer?.length ?? 0 },
      after: { length: kept.answer.length },
    });
    await tellNews(tx, ctx, proposal, { number, to: null, answer, money: null });
  });
}
