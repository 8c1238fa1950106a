import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import type { Translate } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { openingButton } from '../dialog/button-data.ts';
import type { OutboundContent } from '../messaging/contract.ts';
import { villages } from '../places/tables.ts';
import { requireSelf } from '../residents/rules.ts';
import { staff } from '../staff/tables.ts';
import { QuestionClosedError } from './errors.ts';
import { MAX_TEXT_LENGTH } from './submit-proposal.ts';
import { proposalQuestions, proposals } from './tables.ts';

const AnswerQuestionInput = z.object({
  questionId: z.int(),
  /** Empty beside a voice message, a photo or a place. */
  text: z.string().transform(cleanText).pipe(z.string().max(MAX_TEXT_LENGTH)),
  /** Become files of the proposal. */
  mediaIds: z.array(z.int()).default([]),
});
export type AnswerQuestionInput = z.input<typeof AnswerQuestionInput>;

/**
 * The author answers what staff asked; whoever asked is told. @throws {QuestionClosedError} when it is not theirs, or
 * answered already
 */
export async function answerQuestion(ctx: Context, input: AnswerQuestionInput): Promise<void> {
  const { questionId, text, mediaIds } = AnswerQuestionInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const question = await lockQuestion(tx, ctx, questionId);
    if (question.answeredAt !== null) throw new QuestionClosedError(questionId);
    await tx
      .update(proposalQuestions)
      .set({ answer: text, answeredAt: ctx.clock.now() })
      .where(eq(proposalQuestions.id, questionId));
    await attach(tx, question.proposalId, mediaIds);
    await changed(tx, ctx, question, { action: 'question.answer', length: text.length, files: mediaIds.length });
    await tellAsker(tx, ctx, question, (t, number) => answered(t, number, text));
  });
}

/** The message that an answer came in was edited: the answer follows. @throws {QuestionClosedError} as `takeAnswerBack` */
export async function rewordAnswer(ctx: Context, input: { questionId: number; text: string }): Promise<void> {
  const { questionId, text } = AnswerQuestionInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const question = await lockQuestion(tx, ctx, questionId);
    if (question.answeredAt === null) throw new QuestionClosedError(questionId);
    await tx.update(proposalQuestions).set({ answer: text }).where(eq(proposalQuestions.id, questionId));
    await changed(tx, ctx, question, { action: 'question.reword', length: text.length, files: 0 });
    await tellAsker(tx, ctx, question, (t, number) => answered(t, number, text));
  });
}

function answered(t: Translate, number: string, text: string): string {
  return text === '' ? t('question-answered-files', { number }) : t('question-answered', { number, answer: text });
}

/**
 * What was taken for an answer was none: the question is open again, and the files leave the proposal.
 * @throws {QuestionClosedError} when it is not theirs, or was not answered
 */
export async function takeAnswerBack(
  ctx: Context,
  input: { questionId: number; mediaIds: readonly number[] },
): Promise<void> {
  const { questionId, mediaIds } = input;
  await withTransaction(ctx, async (tx) => {
    const question = await lockQuestion(tx, ctx, questionId);
    if (question.answeredAt === null) throw new QuestionClosedError(questionId);
    await tx
      .update(proposalQuestions)
      .set({ answer: null, answeredAt: null })
      .where(eq(proposalQuestions.id, questionId));
    await tx.execute(sql`
      delete from proposal_attachments
      where proposal_id = ${question.proposalId} and media_id = any(${sql.param([...mediaIds])}::bigint[])`);
    await changed(tx, ctx, question, { action: 'question.reopen', files: mediaIds.length });
    await tellAsker(tx, ctx, question, (t, number) => t('question-reopened', { number }));
  });
}

/** A part of an album that comes after the answer that it belongs to. @throws {QuestionClosedError} as `takeAnswerBack` */
export async function addToAnswer(
  ctx: Context,
  input: { questionId: number; mediaIds: readonly number[] },
): Promise<void> {
  const { questionId, mediaIds } = input;
  await withTransaction(ctx, async (tx) => {
    const question = await lockQuestion(tx, ctx, questionId);
    if (question.answeredAt === null) throw new QuestionClosedError(questionId);
    await attach(tx, question.proposalId, mediaIds);
    await changed(tx, ctx, question, { action: 'question.add', files: mediaIds.length });
  });
}

interface Question {
  readonly id: number;
  readonly proposalId: number;
  readonly officeId: number;
  readonly number: string;
  readonly askedBy: number | null;
  readonly answeredAt: Date | null;
}

async function lockQuestion(tx: Tx, ctx: Context, questionId: number): Promise<Question> {
  const [found] = await tx
    .select({
      id: proposalQuestions.id,
      proposalId: proposalQuestions.proposalId,
      residentId: proposalQuestions.residentId,
      askedBy: proposalQuestions.askedBy,
      answeredAt: proposalQuestions.answeredAt,
      number: proposals.number,
      officeId: villages.municipalityId,
    })
    .from(proposalQuestions)
    .innerJoin(proposals, eq(proposals.id, proposalQuestions.proposalId))
    .innerJoin(villages, eq(villages.id, proposals.villageId))
    .where(eq(proposalQuestions.id, questionId))
    .for('update', { of: proposals });
  if (found?.residentId === undefined || found.residentId === null) throw new QuestionClosedError(questionId);
  requireSelf(ctx.actor, found.residentId);
  return found;
}

async function attach(tx: Tx, proposalId: number, mediaIds: readonly number[]): Promise<void> {
  if (mediaIds.length === 0) return;
  await tx.execute(sql`
    insert into proposal_attachments (proposal_id, media_id, position)
    select ${proposalId}::bigint, file.id, file.position
      + (select coalesce(max(position), 0) from proposal_attachments where proposal_id = ${proposalId})
    from unnest(${sql.param([...mediaIds])}::bigint[]) with ordinality as file (id, position)
    on conflict do nothing`);
}

/** The card shows something else now, and the audit tells of what kind. */
async function changed(
  tx: Tx,
  ctx: Context,
  { id, proposalId, officeId }: Question,
  { action, ...facts }: { action: string; length?: number; files: number },
): Promise<void> {
  await tx
    .update(proposals)
    .set({ revision: sql`${proposals.revision} + 1` })
    .where(eq(proposals.id, proposalId));
  const after = { questionId: id, ...facts };
  await recordAudit(tx, ctx, { action, subject: `proposal:${proposalId}`, municipalityId: officeId, after });
}

/** Whoever asked, while they are of the staff, with a button that opens the card. */
async function tellAsker(
  tx: Tx,
  ctx: Context,
  question: Question,
  write: (t: Translate, number: string) => string,
): Promise<void> {
  if (question.askedBy === null) return;
  const asker = await tx
    .select({ residentId: staff.residentId })
    .from(staff)
    .where(and(eq(staff.id, question.askedBy), isNull(staff.removedAt)));
  await sendNotice(tx, ctx, {
    municipalityId: question.officeId,
    subject: `proposal:${question.proposalId}`,
    audience: 'staff',
    residentIds: asker.map(({ residentId }) => residentId),
    write: (t): OutboundContent => ({
      text: write(t, question.number),
      options: [{ data: openingButton('inbox', String(question.proposalId)), label: t('btn-open-card') }],
    }),
  });
}
