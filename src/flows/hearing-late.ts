import type { Input } from '../dialog/types.ts';
import { MAX_QUESTION_LENGTH } from '../hearings/ask-hearing.ts';
import { HearingRefusedError } from '../hearings/errors.ts';
import { addToQuestion, rewordQuestion } from '../hearings/own-question.ts';
import type { Turn } from './answering.ts';
import { asResident } from './kit.ts';

type Media = Extract<Input, { kind: 'media' }>;

/** A part of an album whose first part was a question to a hearing joins that. False: it is none. */
export async function addLateToQuestion(
  { session, ctx, kit, resident }: Turn,
  { albumId, media }: Media,
): Promise<boolean> {
  const { asked } = kit.memory;
  if (resident === null || asked === undefined || albumId === undefined || asked.albumId !== albumId) return false;
  const { questionId } = asked;
  const mediaIds = media.map(({ id }) => id);
  const added = await whileOpen(() => addToQuestion(asResident(ctx, resident.id), { questionId, mediaIds }));
  if (!added) session.say(session.t('hearing-question-late'));
  return true;
}

/** An edit of the message that was a question to a hearing. False: it is none. */
export async function rewordedQuestion(
  { session, ctx, kit, resident }: Turn,
  messageId: string,
  text: string,
): Promise<boolean> {
  const { asked } = kit.memory;
  if (resident === null || asked?.messageId !== messageId || text.length > MAX_QUESTION_LENGTH) return false;
  const { questionId } = asked;
  const reworded = await whileOpen(() => rewordQuestion(asResident(ctx, resident.id), { questionId, text }));
  session.say(session.t(reworded ? 'hearing-question-changed' : 'hearing-question-late'));
  return true;
}

/** False: it has its answer. */
async function whileOpen(verb: () => Promise<void>): Promise<boolean> {
  try {
    await verb();
    return true;
  } catch (error) {
    if (error instanceof HearingRefusedError) return false;
    throw error;
  }
}
