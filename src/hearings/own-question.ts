import { asc, eq, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { media } from '../messaging/tables.ts';
import { requireSelf } from '../residents/rules.ts';
import { QuestionText } from './ask-hearing.ts';
import { HearingRefusedError } from './errors.ts';
import { hearingQuestionMedia, hearingQuestions, hearings } from './tables.ts';

/**
 * The message that a question came in was edited: the question follows while nobody has answered it.
 * @throws {HearingRefusedError} `answered`: also when it is not theirs, or gone
 */
export async function rewordQuestion(ctx: Context, input: { questionId: number; text: string }): Promise<void> {
  const { questionId } = input;
  const text = QuestionText.parse(input.text);
  await withTransaction(ctx, async (tx) => {
    const question = await lockOwnQuestion(tx, ctx, questionId);
    await tx.update(hearingQuestions).set({ text }).where(eq(hearingQuestions.id, questionId));
    await changed(tx, ctx, question, { action: 'hearing.reword', length: text.length });
  });
}

/** A part of an album that comes after the question that it belongs to. @throws {HearingRefusedError} as `rewordQuestion` */
export async function addToQuestion(
  ctx: Context,
  input: { questionId: number; mediaIds: readonly number[] },
): Promise<void> {
  const { questionId, mediaIds } = input;
  await withTransaction(ctx, async (tx) => {
    const question = await lockOwnQuestion(tx, ctx, questionId);
    await tx.execute(sql`
      insert into hearing_question_media (question_id, media_id, position)
      select ${questionId}::bigint, file.id, file.position
        + (select coalesce(max(position), 0) from hearing_question_media where question_id = ${questionId})
      from unnest(${sql.param([...mediaIds])}::bigint[]) with ordinality as file (id, position)
      on conflict do nothing`);
    await changed(tx, ctx, question, { action: 'hearing.add', files: mediaIds.length });
  });
}

/**
 * What was taken for a question to the hearing was none: it leaves the hearing. Returns the words and the files, which
 * are the person's to do something else with. @throws {HearingRefusedError} as `rewordQuestion`
 */
export async function takeQuestionBack(
  ctx: Context,
  questionId: number,
): Promise<{ text: string; media: Pick<typeof media.$inferSelect, 'id' | 'kind'>[] }> {
  return withTransaction(ctx, async (tx) => {
    const question = await lockOwnQuestion(tx, ctx, questionId);
    const files = await tx
      .select({ id: media.id, kind: media.kind })
      .from(hearingQuestionMedia)
      .innerJoin(media, eq(media.id, hearingQuestionMedia.mediaId))
      .where(eq(hearingQuestionMedia.questionId, questionId))
      .orderBy(asc(hearingQuestionMedia.position));
    await tx.delete(hearingQuestionMedia).where(eq(hearingQuestionMedia.questionId, questionId));
    await tx.delete(hearingQuestions).where(eq(hearingQuestions.id, questionId));
    await changed(tx, ctx, question, { action: 'hearing.take-back' });
    return { text: question.text, media: files };
  });
}

interface OwnQuestion {
  readonly id: number;
  readonly hearingId: number;
  readonly municipalityId: number;
  readonly text: string;
}

async function lockOwnQuestion(tx: Tx, ctx: Context, questionId: number): Promise<OwnQuestion> {
  const [found] = await tx
    .select({
      id: hearingQuestions.id,
      hearingId: hearingQuestions.hearingId,
      municipalityId: hearings.municipalityId,
      text: hearingQuestions.text,
      residentId: hearingQuestions.residentId,
      answeredAt: hearingQuestions.answeredAt,
    })
    .from(hearingQuestions)
    .innerJoin(hearings, eq(hearings.id, hearingQuestions.hearingId))
    .where(eq(hearingQuestions.id, questionId))
    .for('update', { of: hearingQuestions });
  if (found === undefined || found.residentId === null || found.answeredAt !== null) {
    throw new HearingRefusedError('answered', `question ${questionId} to a hearing: gone, or answered already`);
  }
  requireSelf(ctx.actor, found.residentId);
  return found;
}

function changed(
  tx: Tx,
  ctx: Context,
  { id, hearingId, municipalityId }: OwnQuestion,
  { action, ...facts }: { action: string; length?: number; files?: number },
): Promise<void> {
  const after = { questionId: id, ...facts };
  return recordAudit(tx, ctx, { action, subject: `hearing:${hearingId}`, municipalityId, after });
}
