import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { LOCALES } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { SenderBlockedError } from '../residents/block-resident.ts';
import { ForbiddenError, ResidentNotFoundError, requireSelf } from '../residents/rules.ts';
import { residents } from '../residents/tables.ts';
import { HearingRefusedError } from './errors.ts';
import { type Hearing, shareHearing } from './queries.ts';
import { questionsUntil, requirePlanned } from './rules.ts';
import { hearingQuestionMedia, hearingQuestions } from './tables.ts';

/** With a sentence around it, one message of a platform. */
export const MAX_QUESTION_LENGTH = 3_000;

export const QuestionText = z.string().transform(cleanText).pipe(z.string().max(MAX_QUESTION_LENGTH));

const AskHearingInput = z.strictObject({
  residentId: z.int(),
  hearingId: z.int(),
  /** Empty only beside a voice message or another file. */
  text: QuestionText,
  language: z.enum(LOCALES),
  mediaIds: z.array(z.int()),
});
export type AskHearingInput = z.input<typeof AskHearingInput>;

/**
 * A resident sends a question or a proposal to a hearing, up to its last moment for them.
 * @throws {HearingNotFoundError} @throws {HearingRefusedError} `canceled`, `held`, `closed`, `nothing`
 * @throws {ForbiddenError} without the consent to keep what they send @throws {SenderBlockedError}
 */
export async function askHearing(ctx: Context, input: AskHearingInput): Promise<{ id: number }> {
  const { residentId, hearingId, text, language, mediaIds } = AskHearingInput.parse(input);
  requireSelf(ctx.actor, residentId);
  if (text === '' && mediaIds.length === 0) {
    throw new HearingRefusedError('nothing', 'a question to a hearing needs words or a file');
  }
  return withTransaction(ctx, async (tx) => {
    const hearing = await shareHearing(tx, hearingId);
    requireQuestionsTaken(hearing, ctx.clock.now());
    await requireSender(tx, residentId);
    const [question] = await tx
      .insert(hearingQuestions)
      .values({ hearingId, residentId, language, text, askedAt: ctx.clock.now() })
      .returning({ id: hearingQuestions.id });
    if (question === undefined) throw new Error('insert into hearing_questions returned no row');
    const files = [...new Set(mediaIds)].map((mediaId, position) => ({ questionId: question.id, mediaId, position }));
    if (files.length > 0) await tx.insert(hearingQuestionMedia).values(files);
    await recordAudit(tx, ctx, {
      action: 'hearing.ask',
      subject: `hearing:${hearingId}`,
      municipalityId: hearing.municipalityId,
      after: { questionId: question.id, length: text.length, files: files.length },
    });
    return question;
  });
}

/** @throws {HearingRefusedError} `canceled`, `held`, `closed` */
function requireQuestionsTaken(hearing: Hearing, now: Date): void {
  requirePlanned(hearing);
  const until = questionsUntil(hearing);
  if (now >= until)
    throw new HearingRefusedError('closed', `hearing ${hearing.id}: questions until ${until.toISOString()}`);
}

/** @throws {ResidentNotFoundError} @throws {ForbiddenError} @throws {SenderBlockedError} */
async function requireSender(tx: Tx, residentId: number): Promise<void> {
  const [sender] = await tx
    .select({ consentAt: residents.consentAt, blockedAt: residents.blockedAt })
    .from(residents)
    .where(and(eq(residents.id, residentId), isNull(residents.erasedAt)))
    .for('key share');
  if (sender === undefined) throw new ResidentNotFoundError(residentId);
  if (sender.blockedAt !== null) throw new SenderBlockedError(residentId);
  if (sender.consentAt === null) throw new ForbiddenError(`resident ${residentId} has not consented`);
}
