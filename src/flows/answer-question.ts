import { cleanText } from '../core/text.ts';
import { isSmallTalk } from '../core/words.ts';
import type { Dialog, Flow, Input, MediaItem, Option } from '../dialog/types.ts';
import { addToAnswer, answerQuestion as storeAnswer, takeAnswerBack } from '../proposals/answer-question.ts';
import { QuestionClosedError } from '../proposals/errors.ts';
import type { OpenQuestion } from '../proposals/question-queries.ts';
import { MAX_TEXT_LENGTH } from '../proposals/submit-proposal.ts';
import { asResident, ELSEWHERE, type Elsewhere, type Kit, textsOf } from './kit.ts';

type Asked = Pick<OpenQuestion, 'id' | 'number' | 'question'>;

export interface AnswerArgs {
  /** That wait for an answer, oldest first. */
  readonly questions: readonly Asked[];
  /** What is taken for the answer; null: it is asked for. */
  readonly input: Input | null;
}

/** Words, a file or a place that could be an answer. */
type Given = Extract<Input, { kind: 'text' | 'media' | 'location' }>;

/** After so long a message is rather something new; the question still stands in the own list. */
const ANSWER_WITHIN_MS = 14 * 24 * 60 * 60 * 1000;

/** Whether a message with nothing open answers what staff asked: whatever is no greeting and no thanks. */
export function answersQuestion(questions: readonly OpenQuestion[], input: Input, now: Date): boolean {
  const recent = questions.some(({ askedAt }) => now.getTime() - askedAt.getTime() < ANSWER_WITHIN_MS);
  return recent && isGiven(input) && !(input.kind === 'text' && isSmallTalk(input.text));
}

function isGiven(input: Input): input is Given {
  if (input.kind === 'media' || input.kind === 'location') return true;
  return input.kind === 'text' && input.text.trim() !== '' && input.text.length <= MAX_TEXT_LENGTH;
}

/**
 * The author answers staff. What was meant as something new becomes a proposal instead, at one tap: nothing of it is
 * lost, and it stands in one place only.
 */
export const answerQuestion: Flow<Kit, AnswerArgs> = {
  name: 'answer-question',
  version: 1,
  async run(d, kit, { questions, input }) {
    const t = textsOf(kit);
    const residentId = await d.remember('me', () => kit.resident?.id ?? null);
    const asked = await which(d, kit, questions);
    if (residentId === null || asked === null) return proposeInstead(kit, input);
    const given = isGivenInput(input) ?? (await ask(d, kit, asked));
    const actor = { residentId, questionId: asked.id };
    const media = given.kind === 'media' ? [...given.media] : [];
    const stored = await d.effect('answer', async (ctx) => {
      try {
        const mediaIds = media.map(({ id }) => id);
        await storeAnswer(asResident(ctx, residentId), { questionId: asked.id, text: wordsOf(given), mediaIds });
        if (given.messageId === undefined) delete kit.memory.answered;
        else kit.memory.answered = { messageId: given.messageId, questionId: asked.id };
        return true;
      } catch (error) {
        if (error instanceof QuestionClosedError) return false;
        throw error;
      }
    });
    if (!stored) {
      if (input === null) return d.say(t('answer-closed'));
      return proposeInstead(kit, given);
    }
    for (;;) {
      const was = { id: 'proposal', label: t('btn-was-proposal') };
      const prompt = t('answer-thanks', { number: asked.number, question: asked.question });
      const next = await d.choose<Elsewhere | { more: readonly MediaItem[] }>('after', prompt, [was], {
        other: (more) => {
          const album = given.kind === 'media' ? given.albumId : undefined;
          const isPart = more.kind === 'media' && album !== undefined && more.albumId === album;
          return { value: isPart ? { more: more.media } : ELSEWHERE };
        },
      });
      if (next === 'proposal') {
        await takeBack(d, kit, actor, media);
        return proposeInstead(kit, given.kind === 'media' ? { ...given, media } : given);
      }
      if (typeof next === 'string' || !('more' in next)) return kit.next({ again: true });
      media.push(...next.more);
      await addMore(d, actor, next.more);
    }
  },
};

function isGivenInput(input: Input | null): Given | null {
  return input !== null && isGiven(input) ? input : null;
}

/** Null: none of them is meant. */
async function which(d: Dialog, kit: Kit, questions: readonly Asked[]): Promise<Asked | null> {
  const [first, second] = questions;
  if (first === undefined || second === undefined) return first ?? null;
  const t = textsOf(kit);
  const lines = questions.map(({ number, question }) => t('answer-which-line', { number, question }));
  const options: Option[] = [
    ...questions.map(({ id, number }) => ({ id: String(id), label: number })),
    { id: 'none', label: t('btn-was-proposal') },
  ];
  const chosen = await d.choose('which', [t('answer-which'), ...lines].join('\n'), options);
  return questions.find(({ id }) => String(id) === chosen) ?? null;
}

function ask(d: Dialog, kit: Kit, { number, question }: Asked): Promise<Given> {
  const t = textsOf(kit);
  return d.ask<Given>('own-words', t('officer-question', { number, question }), {
    parse: (input) => {
      if (input.kind === 'text' && input.text.length > MAX_TEXT_LENGTH)
        return { refuse: t('text-too-long', { max: MAX_TEXT_LENGTH }) };
      return isGiven(input) ? { value: input } : { refuse: t('not-readable') };
    },
  });
}

function wordsOf(given: Given): string {
  return given.kind === 'location' ? `${given.latitude}, ${given.longitude}` : cleanText(given.text);
}

interface Answering {
  readonly residentId: number;
  readonly questionId: number;
}

async function takeBack(
  d: Dialog,
  kit: Kit,
  { residentId, questionId }: Answering,
  media: readonly MediaItem[],
): Promise<void> {
  const mediaIds = media.map(({ id }) => id);
  await d.effect('take-back', async (ctx) => {
    delete kit.memory.answered;
    await takeAnswerBack(asResident(ctx, residentId), { questionId, mediaIds });
  });
}

async function addMore(d: Dialog, { residentId, questionId }: Answering, more: readonly MediaItem[]): Promise<void> {
  const mediaIds = more.map(({ id }) => id);
  await d.effect('add', (ctx) => addToAnswer(asResident(ctx, residentId), { questionId, mediaIds }));
}

/** What was said begins a proposal, as if no question had been open. */
function proposeInstead(kit: Kit, input: Input | null): void {
  kit.next({ start: 'propose', args: { opened: input !== null }, ...(input === null ? {} : { input }) });
}
