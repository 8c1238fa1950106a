import type { Context } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import type { Locale, Translate } from '../core/texts.ts';
import { controlWords, isSmallTalk } from '../core/words.ts';
import type { Dialog, Input, Parsed } from '../dialog/types.ts';
import { askHearing, MAX_QUESTION_LENGTH } from '../hearings/ask-hearing.ts';
import { HearingRefusedError } from '../hearings/errors.ts';
import { takeQuestionBack } from '../hearings/own-question.ts';
import { takesQuestions } from '../hearings/rules.ts';
import { SenderBlockedError } from '../residents/block-resident.ts';
import { findHearing } from './find-hearings.ts';
import { asResident, ELSEWHERE, type Elsewhere, type Kit } from './kit.ts';

/** A question that is still open the next day is not what a message then answers. */
const ANSWER_WITHIN_MS = 24 * 60 * 60 * 1000;

type Given = Extract<Input, { kind: 'text' | 'media' | 'location' }>;
type Said = { readonly given: Given } | Elsewhere | { readonly none: true };

interface Asking {
  readonly t: Translate;
  readonly locale: Locale;
  readonly residentId: number;
  readonly hearingId: number;
  /** The person has just said that they cannot come. */
  readonly cannot: boolean;
}

/** Takes a question or a proposal to a hearing: words, a voice message, photos; nobody has to have one. */
export async function askQuestion(d: Dialog, kit: Kit, asking: Asking): Promise<void> {
  const { t, hearingId, cannot } = asking;
  const open = await d.remember('open', async (ctx) => {
    const found = await findHearing(ctx, kit, hearingId);
    return found !== null && takesQuestions(found, ctx.clock.now()) && !kit.resident?.blockedAt;
  });
  if (!open) return d.say(t(cannot ? 'cannot-come-noted' : 'hearing-closed'));
  const said = await d.ask<Said>('question', t(cannot ? 'cannot-come' : 'hearing-ask'), {
    parse: parseQuestion(t),
    optional: true,
    timeoutMs: ANSWER_WITHIN_MS,
  });
  if (said === null || 'none' in said) return d.say(t(cannot ? 'cannot-come-noted' : 'hearing-not-asked'));
  if ('elsewhere' in said) return kit.next({ again: true });
  const questionId = await d.effect('ask', (ctx) => store(ctx, kit, asking, said.given));
  if (questionId !== null) return afterwards(d, kit, { ...asking, questionId });
  // too late for the hearing, and yet said: it may become a proposal
  await d.say(t('hearing-closed'));
  return proposeInstead(kit, said.given);
}

/** Greetings and thanks are no question; «no» says that there is none. */
function parseQuestion(t: Translate): (input: Input) => Parsed<Said> {
  return (input) => {
    if (input.kind === 'location' || input.kind === 'media') return tooLong(input, t) ?? { value: { given: input } };
    if (input.kind !== 'text') return { refuse: t('not-readable') };
    if (isSmallTalk(input.text)) return { value: ELSEWHERE };
    const words = controlWords(input.text);
    if (words.has('no') || words.has('done')) return { value: { none: true } };
    if (words.has('yes') || cleanText(input.text) === '') return { refuse: null };
    return tooLong(input, t) ?? { value: { given: input } };
  };
}

function tooLong(input: Given, t: Translate): { refuse: string } | null {
  const { length } = wordsOf(input);
  return length > MAX_QUESTION_LENGTH ? { refuse: t('text-too-long', { max: MAX_QUESTION_LENGTH }) } : null;
}

function wordsOf(given: Given): string {
  return given.kind === 'location' ? `${given.latitude}, ${given.longitude}` : cleanText(given.text);
}

/** The question's id; null: none is taken any more. */
async function store(
  ctx: Context,
  kit: Kit,
  { residentId, hearingId, locale }: Asking,
  given: Given,
): Promise<number | null> {
  const mediaIds = given.kind === 'media' ? given.media.map(({ id }) => id) : [];
  try {
    const { id } = await askHearing(asResident(ctx, residentId), {
      residentId,
      hearingId,
      text: wordsOf(given),
      language: locale,
      mediaIds,
    });
    const { messageId } = given;
    const albumId = given.kind === 'media' ? given.albumId : undefined;
    kit.memory.asked = {
      questionId: id,
      ...(messageId === undefined ? {} : { messageId }),
      ...(albumId === undefined ? {} : { albumId }),
    };
    return id;
  } catch (error) {
    if (error instanceof HearingRefusedError || error instanceof SenderBlockedError) return null;
    throw error;
  }
}

/** Thanks, and a way to put right what was meant for the village, not for the hearing. */
async function afterwards(
  d: Dialog,
  kit: Kit,
  { t, residentId, questionId }: Asking & { questionId: number },
): Promise<void> {
  // a draft goes on at once: nothing may stand between it and its last button
  if (await d.remember('draft-waits', () => kit.memory.suspended !== undefined)) return d.say(t('question-received'));
  const options = [{ id: 'proposal', label: t('btn-was-proposal') }];
  const next = await d.choose<Elsewhere>('after', t('question-received'), options, {
    other: () => ({ value: ELSEWHERE }),
  });
  if (typeof next !== 'string') return kit.next({ again: true });
  const taken = await d.effect('take-back', async (ctx) => {
    delete kit.memory.asked;
    try {
      return await takeQuestionBack(asResident(ctx, residentId), questionId);
    } catch (error) {
      if (error instanceof HearingRefusedError) return null;
      throw error;
    }
  });
  if (taken === null) return d.say(t('hearing-question-late'));
  const { text, media } = taken;
  return proposeInstead(kit, media.length > 0 ? { kind: 'media', media, text } : { kind: 'text', text });
}

function proposeInstead(kit: Kit, input: Input): void {
  kit.next({ start: 'propose', args: { opened: true }, input });
}
