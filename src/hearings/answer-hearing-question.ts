import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { formatDate } from '../core/dates.ts';
import { cleanText } from '../core/text.ts';
import type { Locale, Translate } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { deliveries } from '../deliveries/tables.ts';
import { municipalities } from '../places/tables.ts';
import { requireRight } from '../staff/require-right.ts';
import { HearingRefusedError } from './errors.ts';
import { type HearingKind, hearingQuestions, hearings } from './tables.ts';

/** One message of a platform, with the question and the sentence around it. */
export const MAX_ANSWER_LENGTH = 2_000;
/** So much of a question is said again with its answer. */
const QUOTED_LENGTH = 300;

const AnswerHearingQuestionInput = z.strictObject({
  questionId: z.int(),
  answer: z.string().transform(cleanText).pipe(z.string().min(1).max(MAX_ANSWER_LENGTH)),
});
export type AnswerHearingQuestionInput = z.input<typeof AnswerHearingQuestionInput>;

/**
 * Answers a question to a hearing, whatever became of that; whoever asked gets the answer, once. Right
 * `hearings.manage`. `told`: it is on its way to them.
 * @throws {NoRightError} @throws {HearingRefusedError} `answered`: also when there is no such question
 */
export async function answerHearingQuestion(
  ctx: Context,
  input: AnswerHearingQuestionInput,
): Promise<{ told: boolean }> {
  const { questionId, answer } = AnswerHearingQuestionInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const question = await lockQuestion(tx, questionId);
    if (question === undefined) throw new HearingRefusedError('answered', `question ${questionId}: there is none`);
    const { hearingId, municipalityId, residentId } = question;
    await requireRight(tx, ctx, 'hearings.manage', municipalityId);
    if (question.answeredAt !== null) throw new HearingRefusedError('answered', `question ${questionId} is answered`);
    const sendId = await sendNotice(tx, ctx, {
      municipalityId,
      subject: `hearing:${hearingId}`,
      audience: 'own',
      residentIds: residentId === null ? [] : [residentId],
      write: (t, locale) => ({ text: hearingAnswer(t, locale, { ...question, answer }) }),
    });
    await tx
      .update(hearingQuestions)
      .set({ answer, answeredAt: ctx.clock.now(), answeredBy: actorName(ctx.actor), sendId })
      .where(eq(hearingQuestions.id, questionId));
    await recordAudit(tx, ctx, {
      action: 'hearing.answer',
      subject: `hearing:${hearingId}`,
      municipalityId,
      after: { questionId, length: answer.length },
    });
    return { told: sendId !== null && (await waits(tx, sendId)) };
  });
}

/** What an answer is written with. */
export interface HearingAnswer {
  readonly kind: HearingKind;
  readonly startsAt: Date;
  readonly timeZone: string;
  /** Empty: it was asked by voice, or a photo. */
  readonly text: string;
  readonly answer: string;
}

/** What the one reads who asked. */
export function hearingAnswer(t: Translate, locale: Locale, of: HearingAnswer): string {
  const date = formatDate(of.startsAt, locale, of.timeZone, 'long');
  const letters = [...of.text];
  const question = letters.length <= QUOTED_LENGTH ? of.text : `${letters.slice(0, QUOTED_LENGTH).join('').trimEnd()}…`;
  return [
    t('hearing-answer', { kind: t(`hearing-kind-${of.kind}`), date }),
    ...(question === '' ? [] : [t('hearing-own-question', { question })]),
    t('hearing-own-answer', { answer: of.answer }),
  ].join('\n');
}

async function lockQuestion(tx: Tx, questionId: number) {
  const [found] = await tx
    .select({
      hearingId: hearingQuestions.hearingId,
      residentId: hearingQuestions.residentId,
      text: hearingQuestions.text,
      answeredAt: hearingQuestions.answeredAt,
      municipalityId: hearings.municipalityId,
      kind: hearings.kind,
      startsAt: hearings.startsAt,
      timeZone: municipalities.timeZone,
    })
    .from(hearingQuestions)
    .innerJoin(hearings, eq(hearings.id, hearingQuestions.hearingId))
    .innerJoin(municipalities, eq(municipalities.id, hearings.municipalityId))
    .where(eq(hearingQuestions.id, questionId))
    .for('update', { of: hearingQuestions });
  return found;
}

async function waits(tx: Tx, sendId: number): Promise<boolean> {
  return (await tx.$count(deliveries, sql`${deliveries.sendId} = ${sendId} and ${deliveries.status} = 'pending'`)) > 0;
}
