import { closeTo, emojiDigits, foldWords } from '../core/folding.ts';
import type { Text } from '../core/text.ts';
import { type Act, controlWords, wordKey } from '../core/words.ts';
import { type Answer, inputOf, rawAnswer, withMessage } from './answer.ts';
import { isLongList } from './long-list.ts';
import type { Input, Option, Parsed } from './types.ts';

/** A question as it is asked, of whatever sort. */
export interface Question {
  readonly name: string;
  readonly prompt: Text;
  readonly options: readonly Option[];
  /** Words under which *skip* and *done* are offered; null: not offered. */
  readonly skip: string | null;
  readonly done: string | null;
  /** Words are no answer here, so «no» and «that is all» end it too. */
  readonly filesOnly?: boolean;
  /** Takes what is no option. */
  readonly parse?: ((input: Input) => Parsed<unknown>) | undefined;
  readonly misunderstood?: Text | undefined;
  readonly compact?: boolean | undefined;
  readonly timeoutMs?: number | undefined;
}

/** What a flow gets of an answer. */
export type Given = { readonly option: string } | { readonly act: 'skip' | 'done' } | { readonly value: unknown };

export type Verdict =
  | {
      readonly type: 'answered';
      readonly answer: Answer;
      readonly given: Given;
    }
  /** `reason` null: not understood. */
  | { readonly type: 'refused'; readonly reason: Text | null }
  | { readonly type: 'back' | 'cancel' | 'old-button' | 'more' };

/** Options that are not the flow's own; no flow's option begins with a dot. */
const SKIP = '.skip';
const DONE = '.done';

/** All that can be chosen, in the order in which it is shown and numbered. */
export function shownOptions({ options, skip, done }: Question): readonly Option[] {
  const shown = [...options];
  if (skip !== null) shown.push({ id: SKIP, label: skip, pinned: true });
  if (done !== null) shown.push({ id: DONE, label: done, pinned: true });
  return shown;
}

/**
 * What a message means as the answer to a question. In this order: button; label or spelling; number; *more* of a long
 * list; *back*, *cancel*, *skip*, *done*; a close spelling, or the first words of one label; the question's own parser.
 */
export function interpret(question: Question, answer: Answer): Verdict {
  const input = inputOf(answer);
  if (input === null) return interpretKept(question, answer);
  if (input.kind === 'pick') {
    return (
      choice(
        question,
        shownOptions(question).find(({ id }) => id === input.option),
        input,
      ) ?? { type: 'old-button' }
    );
  }
  if (input.kind === 'unsupported') return refused(question, null);
  if (input.kind !== 'text') return parsed(question, answer, input);
  const shown = shownOptions(question);
  return (
    choice(question, exactly(shown, input.text), input) ??
    further(shown, controlWords(input.text)) ??
    controlled(question, controlWords(input.text), input) ??
    choice(question, closely(shown, input.text), input) ??
    parsed(question, answer, input)
  );
}

/** The same for an answer that was taken once: no control words, and what the parser took then it takes first. */
export function interpretKept(question: Question, answer: Answer): Verdict {
  if ('o' in answer) {
    const known = question.options.some(({ id }) => id === answer.o);
    return known ? { type: 'answered', answer, given: { option: answer.o } } : refused(question, null);
  }
  if ('act' in answer) {
    const offered = (answer.act === 'skip' ? question.skip : question.done) !== null;
    return offered ? { type: 'answered', answer, given: { act: answer.act } } : refused(question, null);
  }
  const input = inputOf(answer);
  if (input === null) return refused(question, null);
  const verdict = parsed(question, answer, input);
  if (verdict.type === 'answered' || input.kind !== 'text') return verdict;
  return choice(question, exactly(question.options, input.text), input) ?? verdict;
}

function refused(question: Question, reason: Text | null): Verdict {
  return { type: 'refused', reason: reason ?? question.misunderstood ?? null };
}

function choice(question: Question, option: Option | undefined, input: Input): Verdict | null {
  if (option === undefined) return null;
  if (option.id === SKIP) return acted('skip', input);
  if (option.id === DONE) return acted('done', input);
  if (!question.options.includes(option)) return null;
  return {
    type: 'answered',
    answer: withMessage({ o: option.id }, input),
    given: { option: option.id },
  };
}

function acted(act: 'skip' | 'done', input: Input): Verdict {
  return {
    type: 'answered',
    answer: withMessage({ act }, input),
    given: { act },
  };
}

function exactly(shown: readonly Option[], text: string): Option | undefined {
  const key = wordKey(text);
  const named = shown.filter(({ label, spellings = [] }) =>
    [label, ...spellings].some((word) => wordKey(word) === key),
  );
  if (named.length > 0) return key !== '' && named.length === 1 ? named[0] : undefined;
  const number = emojiDigits(text);
  return number === null ? undefined : shown[number - 1];
}

function closely(shown: readonly Option[], text: string): Option | undefined {
  const close = shown.filter(({ label, spellings = [] }) =>
    [label, ...spellings].some((word) => closeTo(word, text) && hasNumbersOf(word, text)),
  );
  if (close.length > 0) return close.length === 1 ? close[0] : undefined;
  const begun = shown.filter(({ label }) => beginsWith(label, text));
  return begun.length === 1 ? begun[0] : undefined;
}

/** A slip in a number makes another number: «21-апрель» is not «20-апрель». Who types none may mean any. */
function hasNumbersOf(label: string, text: string): boolean {
  const typed = text.match(/\d+/g);
  return typed === null || typed.join(' ') === (label.match(/\d+/g) ?? []).join(' ');
}

/** Below this many letters the beginning of a label is too often a word of its own. */
const SHORTEST_BEGINNING = 4;

/** Whether a text is the first words of a label: «текстти» of «Текстти оңдоо», «кызыл» of «Кызыл-Дөбө». */
function beginsWith(label: string, text: string): boolean {
  const words = foldWords(text);
  const key = words.join(' ');
  return key.length >= SHORTEST_BEGINNING && foldWords(label).slice(0, words.length).join(' ') === key;
}

function further(shown: readonly Option[], acts: ReadonlySet<Act>): Verdict | null {
  return acts.has('more') && isLongList(shown.length) ? { type: 'more' } : null;
}

function controlled({ skip, done, filesOnly }: Question, acts: ReadonlySet<Act>, input: Input): Verdict | null {
  const enough = acts.has('skip') || (filesOnly === true && (acts.has('done') || acts.has('no')));
  if (acts.has('back')) return { type: 'back' };
  if (acts.has('cancel') || acts.has('stop')) return { type: 'cancel' };
  if (done !== null && enough) return acted('done', input);
  if (skip !== null && enough) return acted('skip', input);
  return null;
}

function parsed(question: Question, answer: Answer, input: Input): Verdict {
  const result = question.parse?.(input) ?? { refuse: null };
  if ('refuse' in result) return refused(question, result.refuse);
  const kept = input.kind === 'text' ? rawAnswer(input) : answer;
  return { type: 'answered', answer: kept, given: { value: result.value } };
}
