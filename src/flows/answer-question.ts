import type { Context } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { isSmallTalk } from '../core/words.ts';
import type { Dialog, Flow, Input, MediaItem, Option } from '../dialog/types.ts';
import { addToAnswer, answerQuestion as storeAnswer, takeAnswerBack } from '../proposals/answer-question.ts';
import { QuestionClosedError } from '../proposals/errors.ts';
import type { OpenQuestion } from '../proposals/question-queries.ts';
import { MAX_TEXT_LENGTH } from '../proposals/submit-proposal.ts';
import { asResident, ELSEWHERE, type Elsewhere, type Kit, textsOf } from './kit.ts';
import { beginning } from './office/free-words.ts';

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
 * The author answers staff. What was meant as something new, or for another question, goes there at one tap: nothing
 * of it is lost, and it stands in one place only.
 */
export const answerQuestion: Flow<Kit, AnswerArgs> = {
  name: 'answer-question',
  version: 1,
  async run(d, kit, { questions, input }) {
    const residentId = await d.remember('me', () => kit.resident?.id ?? null);
    const begun = isGivenInput(input);
    // what was said is kept at once; of several questions the last one is the likeliest
    const asked = begun === null ? await which(d, kit, questions) : (questions.at(-1) ?? null);
    if (residentId === null || asked === null) return proposeInstead(kit, input);
    const given = begun ?? (await ask(d, kit, asked));
    const said: Said = { residentId, given, media: given.kind === 'media' ? [...given.media] : [] };
    const stored = await d.effect('answer', (ctx) => store(ctx, kit, said, asked));
    if (stored) return afterwards(d, kit, { said, asked, questions });
    return begun === null ? d.say(textsOf(kit)('answer-closed')) : proposeInstead(kit, given);
  },
};

/** An answer as it was said, with the files that came after it in one album. */
interface Said {
  readonly residentId: number;
  readonly given: Given;
  readonly media: MediaItem[];
}

/** False: somebody answered it already, or it is gone. */
async function store(ctx: Context, kit: Kit, { residentId, given, media }: Said, { id }: Asked): Promise<boolean> {
  try {
    const mediaIds = media.map((item) => item.id);
    await storeAnswer(asResident(ctx, residentId), { questionId: id, text: wordsOf(given), mediaIds });
  } catch (error) {
    if (error instanceof QuestionClosedError) return false;
    throw error;
  }
  if (given.messageId === undefined) delete kit.memory.answered;
  else kit.memory.answered = { messageId: given.messageId, questionId: id };
  return true;
}

/** Thanks, and a way to put right what was taken for the answer. */
async function afterwards(
  d: Dialog,
  kit: Kit,
  o: { said: Said; asked: Asked; questions: readonly Asked[] },
): Promise<void> {
  const t = textsOf(kit);
  const { said, questions } = o;
  const { residentId, given, media } = said;
  let { asked } = o;
  for (;;) {
    const { id: questionId, number, question } = asked;
    const others = questions.filter(({ id }) => id !== questionId);
    const lines = others.map((other) => t('answer-which-line', other));
    const thanks = t('answer-thanks', { number, question });
    const options: Option[] = [
      ...others.map((other) => ({ id: String(other.id), label: beginning(other.question) })),
      { id: 'proposal', label: t('btn-was-proposal') },
    ];
    const prompt = others.length === 0 ? thanks : [thanks, t('answer-which'), ...lines].join('\n');
    const next = await d.choose<Elsewhere | { more: readonly MediaItem[] }>('after', prompt, options, {
      other: (more) => {
        const album = given.kind === 'media' ? given.albumId : undefined;
        const isPart = more.kind === 'media' && album !== undefined && more.albumId === album;
        return { value: isPart ? { more: more.media } : ELSEWHERE };
      },
    });
    const mediaIds = media.map(({ id }) => id);
    if (typeof next !== 'string') {
      if (!('more' in next)) return kit.next({ again: true });
      media.push(...next.more);
      const more = next.more.map(({ id }) => id);
      await d.effect('add', (ctx) => addToAnswer(asResident(ctx, residentId), { questionId, mediaIds: more }));
      continue;
    }
    const other = others.find(({ id }) => String(id) === next);
    const moved = await d.effect('take-back', async (ctx) => {
      delete kit.memory.answered;
      await takeAnswerBack(asResident(ctx, residentId), { questionId, mediaIds });
      return other !== undefined && (await store(ctx, kit, said, other));
    });
    if (other === undefined || !moved) return proposeInstead(kit, given.kind === 'media' ? { ...given, media } : given);
    asked = other;
  }
}

function isGivenInput(input: Input | null): Given | null {
  return input !== null && isGiven(input) ? input : null;
}

async function which(d: Dialog, kit: Kit, questions: readonly Asked[]): Promise<Asked | null> {
  const [first, second] = questions;
  if (first === undefined || second === undefined) return first ?? null;
  const t = textsOf(kit);
  const lines = questions.map(({ number, question }) => t('answer-which-line', { number, question }));
  const options = questions.map(({ id, question }) => ({ id: String(id), label: beginning(question) }));
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

/** What was said begins a proposal, as if no question had been open. */
function proposeInstead(kit: Kit, input: Input | null): void {
  kit.next({ start: 'propose', args: { opened: input !== null }, ...(input === null ? {} : { input }) });
}
