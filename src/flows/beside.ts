import { foldWords } from '../core/folding.ts';
import { type Translate, translator } from '../core/texts.ts';
import { wordsOf } from '../core/words.ts';
import type { Dialog, Input, Parsed } from '../dialog/types.ts';
import { isNeed } from './kit.ts';
import { addWords, parseMore, type Words } from './proposal-draft.ts';

/**
 * What a person has given for a proposal so far, message by message. People write in pieces: words, photos and places
 * also come while a question is open, and belong to the proposal then.
 */
export type Given = [Words, ...Words[]];

/** All of it as one. */
export function together(given: Given): Words {
  const [first, ...more] = given;
  return more.reduce(addWords, first);
}

/** How a question takes what is no answer to it. */
export interface Beside {
  readonly given: Given;
  /** What is said once something has joined; of files their number. */
  readonly joined: (fileCount: number | null) => string;
  readonly t: Translate;
}

/** Says in the person's language that something has joined. */
export function besideIn(locale: Parameters<typeof translator>[0], given: Given): Beside {
  const t = translator(locale);
  return { given, t, joined: (count) => (count === null ? t('words-added') : t('photo-added', { count })) };
}

/** Asks until it is answered; what comes instead joins the proposal, and nothing of it is lost. */
export async function askBeside(
  d: Dialog,
  { given, t, joined }: Beside,
  ask: (other: (input: Input) => Parsed<Words>) => Promise<string | Words>,
): Promise<string> {
  for (;;) {
    const read = parseMore(t, together(given));
    const answer = await ask((input) =>
      input.kind === 'text' && !isTold(input.text) ? { refuse: null } : read(input),
    );
    if (typeof answer === 'string') return answer;
    given.push(answer);
    const count = together(given).media.length;
    await d.say(joined(answer.media.length > 0 ? count : null));
  }
}

/** Words around a yes, a no or a language: «ооба, макулмун», «нет, я не согласен», «кыргызча жазам», «на русском». */
const REPLY = [
  ...[
    'мен',
    'биз',
    'эмес',
    'албетте',
    'ошондой',
    'жакшы',
    'бар',
    'эч',
    'окуу',
    'окуйм',
    'толук',
    'тил',
    'тилинде',
    'тили',
  ],
  ...['я', 'мы', 'не', 'на', 'по', 'все', 'очень', 'язык', 'языке', 'читать', 'полностью', 'пожалуйста', 'можно'],
  ...['i', 'we', 'do', 'not', 'in', 'please', 'of', 'course', 'sure', 'language', 'read', 'full'],
];
const REPLY_STEM = foldWords(
  'макул соглас каала разреш уруксат кыргыз русск орус англ english agree жаза жазы сүйлө пиши гово',
);
const REPLY_WORDS = new Set([...wordsOf('yes'), ...wordsOf('no'), ...REPLY].flatMap((word) => foldWords(word)));

/** Whether a text tells a need, and is not one more way to answer the question. */
function isTold(text: string): boolean {
  if (!isNeed(text)) return false;
  const isReply = (word: string) => REPLY_WORDS.has(word) || REPLY_STEM.some((stem) => word.startsWith(stem));
  return !foldWords(text).every(isReply);
}
