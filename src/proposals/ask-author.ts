import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { withTransaction } from '../db/transaction.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { NoAuthorError, StatusError } from './errors.ts';
import { lockForStaff, requireShown } from './lock-for-staff.ts';
import { getCard } from './read-card.ts';
import { CLOSED_TO_STAFF } from './rules.ts';
import { proposalQuestions, proposals } from './tables.ts';

export const MAX_QUESTION_LENGTH = 1_000;

const AskAuthorInput = z.object({
  proposalId: z.int(),
  revision: z.int().optional(),
  question: z.string().transform(cleanText).pipe(z.string().min(1).max(MAX_QUESTION_LENGTH)),
});
export type AskAuthorInput = z.input<typeof AskAuthorInput>;

/**
 * Asks the author something about a proposal; the answer comes back to the card, and to the one who asked.
 * @throws {NoAuthorError} where the question would reach nobody
 * @throws {StatusError} when it was withdrawn, or stands in another one @throws {HiddenError} @throws as `lockForStaff`
 */
export async function askAuthor(ctx: Context, input: AskAuthorInput): Promise<{ questionId: number }> {
  const { proposalId, revision, question } = AskAuthorInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const proposal = await lockForStaff(tx, ctx, 'proposals.ask', { proposalId, revision });
    requireShown(proposal);
    const { officeId, status, number } = proposal;
    if (CLOSED_TO_STAFF.has(status)) throw new StatusError(proposalId, status, status);
    const { author } = await getCard(tx, { proposalId, municipalityId: officeId });
    if (author === null || author.unheard !== null) throw new NoAuthorError(proposalId, author?.unheard ?? 'none');
    const { residentId } = author;
    const askedAt = ctx.clock.now();
    const askedBy = ctx.actor.type === 'staff' ? ctx.actor.staffId : null;
    const sendId = await sendNotice(tx, ctx, {
      municipalityId: officeId,
      subject: `proposal:${proposalId}`,
      audience: 'own',
      residentIds: [residentId],
      write: (t) => ({ text: t('officer-question', { number, question }) }),
    });
    const [row] = await tx
      .insert(proposalQuestions)
      .values({ proposalId, residentId, askedBy, question, sendId, askedAt })
      .returning({ id: proposalQuestions.id });
    if (row === undefined) throw new Error('insert into proposal_questions returned no row');
    await tx
      .update(proposals)
      .set({ revision: sql`${proposals.revision} + 1` })
      .where(eq(proposals.id, proposalId));
    await recordAudit(tx, ctx, {
      action: 'question.ask',
      subject: `proposal:${proposalId}`,
      municipalityId: officeId,
      after: { questionId: row.id, length: question.length },
    });
    return { questionId: row.id };
  });
}
