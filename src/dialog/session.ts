import type { ReplayControls, ReplayState } from '@grammyjs/conversations';
import { toError } from '../core/errors.ts';
import type { Text } from '../core/text.ts';
import { wordsOf } from '../core/words.ts';
import { asAnswer } from './answer.ts';
import { buildButtonData } from './button-data.ts';
import { type Given, interpret, interpretKept, type Question, shownOptions, type Verdict } from './interpret.ts';
import { asJson, type StepKind, tagOf } from './journal.ts';
import type {
  AskOptions,
  AttachmentsOptions,
  ChooseOptions,
  Dialog,
  EffectOptions,
  Input,
  MediaItem,
  Option,
  Output,
  Parsed,
  World,
} from './types.ts';

/** What one replay of a flow is given, and what it leaves behind. */
export interface Run {
  readonly state: ReplayState;
  readonly world: Pick<World<unknown>, 'ctx' | 'words'>;
  readonly dialogId: string;
  readonly generation: number;
  /** Index of the answer that came with this turn's message, and how it is read; -1: none. */
  readonly live: number;
  readonly reading: 'message' | 'amended';
  /** Index of the answer that is fed from an older form; -1: none. */
  readonly fed: number;
  /** What was said before an answer with a lower index has been sent in an earlier turn. */
  readonly keepSaysFrom: number;
  /** The result of an effect, or a remembered value, that an older form has left; once. */
  takeLeft(key: string): { readonly value: unknown } | null;
  hasLeft(key: string): boolean;

  outputs: Output[];
  open: { readonly key: string; readonly timeoutMs: number | null } | null;
  /** Why the replay was canceled. */
  verdict: Verdict | { readonly type: 'stale' } | null;
  failure: Error | null;
}

const NAME = /^[a-z0-9_-]{1,32}$/;

/** The dialog that a flow talks to while the engine replays it. */
export class Session implements Dialog {
  readonly #controls: ReplayControls;
  readonly #run: Run;
  readonly #occurrences = new Map<string, number>();
  #position = 0;
  #step: string | null = null;

  constructor(controls: ReplayControls, run: Run) {
    this.#controls = controls;
    this.#run = run;
  }

  say(text: Text, options: { file?: { path: string; name: string; mime: string } } = {}): Promise<void> {
    this.#run.outputs.push({ text, ...options });
    return Promise.resolve();
  }

  ask<T = string>(question: string, prompt: Text, options: AskOptions<T> & { optional: true }): Promise<T | null>;
  ask<T = string>(question: string, prompt: Text, options?: AskOptions<T>): Promise<T>;
  async ask<T = string>(question: string, prompt: Text, options: AskOptions<T> = {}): Promise<T | null> {
    const { parse = anyText, optional = false, timeoutMs } = options;
    const skip = optional ? this.#run.world.words.skip : null;
    const key = this.#keyOf('?', question);
    const given = await this.#question(key, {
      name: question,
      prompt,
      options: [],
      skip,
      done: null,
      parse,
      timeoutMs,
    });
    return 'value' in given ? (given.value as T) : null;
  }

  async choose<T = never>(
    question: string,
    prompt: Text,
    options: readonly Option[],
    { other, optional = false, timeoutMs, compact, misunderstood }: ChooseOptions<T> = {},
  ): Promise<string | T> {
    const skip = optional ? this.#run.world.words.skip : null;
    const asked = {
      name: question,
      prompt,
      options,
      skip,
      done: null,
      parse: other,
      misunderstood,
      compact,
      timeoutMs,
    };
    const given = await this.#question(this.#keyOf('?', question), asked);
    if ('option' in given) return given.option;
    return 'value' in given ? (given.value as T) : given.act;
  }

  async confirm(question: string, prompt: Text, labels?: { yes: string; no: string }): Promise<boolean> {
    const { yes, no } = labels ?? this.#run.world.words;
    const options = [
      { id: 'yes', label: yes, spellings: wordsOf('yes') },
      { id: 'no', label: no, spellings: wordsOf('no') },
    ];
    return (await this.choose(question, prompt, options, { compact: true })) === 'yes';
  }

  async attachments(question: string, prompt: Text, options: AttachmentsOptions = {}): Promise<readonly MediaItem[]> {
    const { max = 10, optional = false, timeoutMs, added } = options;
    const { skip, done } = this.#run.world.words;
    const key = this.#keyOf('?', question);
    const items: MediaItem[] = [];
    // Answers that were taken stay taken, also when a late part of an album has filled the measure before them.
    while (items.length < max || this.#hasNext(key)) {
      const given = await this.#question(key, {
        name: question,
        prompt: items.length > 0 && added !== undefined ? added(items.length) : prompt,
        options: [],
        skip: optional && items.length === 0 ? skip : null,
        done: items.length > 0 ? done : null,
        filesOnly: true,
        parse: anyFiles,
        timeoutMs,
      });
      if (!('value' in given)) break;
      items.push(...(given.value as readonly MediaItem[]));
    }
    return items;
  }

  async effect<T>(
    name: string,
    verb: (ctx: World<unknown>['ctx']) => Promise<T>,
    { editable = false }: EffectOptions = {},
  ): Promise<T> {
    return this.#once(this.#keyOf(editable ? '+' : '!', name), verb);
  }

  async remember<T>(name: string, make: (ctx: World<unknown>['ctx']) => T | Promise<T>): Promise<T> {
    return this.#once(this.#keyOf('=', name), make);
  }

  async #question(key: string, question: Question): Promise<Given> {
    const run = this.#run;
    const index = await this.#enter(key);
    this.#show(key, question);
    const answer = asAnswer(await this.#controls.interrupt(key));
    this.#step = null;
    const verdict = this.#read(question, index, answer);
    if (verdict.type !== 'answered') {
      run.verdict = index === run.live || index === run.fed ? verdict : { type: 'stale' };
      return this.#controls.cancel();
    }
    const received = run.state.receive[index];
    if (received !== undefined) received.returnValue = verdict.answer;
    run.outputs = index < run.keepSaysFrom ? [] : run.outputs.filter((output) => output.question === undefined);
    run.open = null;
    return verdict.given;
  }

  #read(question: Question, index: number, answer: ReturnType<typeof asAnswer>): Verdict {
    if (index === this.#run.live) {
      const verdict = interpret(question, answer);
      const control = verdict.type === 'back' || verdict.type === 'cancel' || verdict.type === 'more';
      return control && this.#run.reading === 'amended' ? { type: 'refused', reason: null } : verdict;
    }
    const option = 'o' in answer && index !== this.#run.fed ? answer.o : null;
    // What was chosen from a list stays chosen, also when the list is another one by now.
    return option === null ? interpretKept(question, answer) : { type: 'answered', answer, given: { option } };
  }

  #show(key: string, question: Question): void {
    const { generation, dialogId, outputs } = this.#run;
    const tag = tagOf(key, generation);
    const shown = shownOptions(question).map(({ id, label, pinned, opens }) => ({
      data: opens ?? buildButtonData({ dialog: dialogId, question: tag, option: id }),
      label,
      ...(pinned === true ? { pinned } : {}),
    }));
    outputs.push({
      text: question.prompt,
      question: tag,
      ...(shown.length > 0 ? { options: shown } : {}),
      ...(question.compact === true ? { compact: true } : {}),
    });
    this.#run.open = { key, timeoutMs: question.timeoutMs ?? null };
  }

  async #once<T>(key: string, work: (ctx: World<unknown>['ctx']) => T | Promise<T>): Promise<T> {
    const run = this.#run;
    await this.#enter(key);
    // An action that throws leaves the engine waiting for ever (grammyjs/conversations#155): nothing leaves it here.
    const result = await this.#controls.action(async () => {
      try {
        const left = run.takeLeft(key);
        return left === null ? asJson(await work(run.world.ctx)) : left.value;
      } catch (error) {
        run.failure = toError(error);
        return null;
      }
    }, key);
    this.#step = null;
    if (run.failure !== null) throw run.failure;
    return result as T;
  }

  #hasNext(key: string): boolean {
    const { state } = this.#run;
    const journaled = state.receive[this.#position] !== undefined && state.send[this.#position]?.payload === key;
    return journaled || this.#run.hasLeft(key);
  }

  /** The key of the next step of that kind and name. */
  #keyOf(kind: StepKind, name: string): string {
    if (!NAME.test(name)) throw new Error(`step '${name}': expected at most 32 of a-z, 0-9, '_' and '-'`);
    const base = kind + name;
    const occurrence = this.#occurrences.get(base) ?? 0;
    this.#occurrences.set(base, occurrence + 1);
    return occurrence === 0 ? base : `${base}~${occurrence}`;
  }

  /** Begins a step; its index in the journal. Cancels the replay where the journal has another step at this place. */
  async #enter(key: string): Promise<number> {
    if (this.#step !== null) throw new Error(`'${key}' began before '${this.#step}' was over: an 'await' is missing`);
    const index = this.#position++;
    const expected = this.#run.state.send[index]?.payload ?? key;
    if (expected !== key) {
      this.#run.verdict = { type: 'stale' };
      await this.#controls.cancel();
    }
    this.#step = key;
    return index;
  }
}

function anyText(input: Input): Parsed<string> {
  const text = input.kind === 'text' ? input.text.trim() : '';
  return text === '' ? { refuse: null } : { value: text };
}

function anyFiles(input: Input): Parsed<readonly MediaItem[]> {
  return input.kind === 'media' && input.media.length > 0 ? { value: input.media } : { refuse: null };
}
