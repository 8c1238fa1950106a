import type { ReplayState } from '@grammyjs/conversations';
import { type Answer, asAnswer } from './answer.ts';
import type { Saved } from './types.ts';

/** One step that is over: its key, and an answer, what an effect gave, or a remembered value. */
export type Entry = readonly [key: string, value: unknown];

/**
 * `?` question, `!` effect, `+` effect before which answers stay editable, `=` remembered value. A key is the kind, the
 * name, and the occurrence: `?card~2`.
 */
export type StepKind = '?' | '!' | '+' | '=';

/** A dialog's steps in their order, and what else lasts from turn to turn. Never changed in place. */
export interface Journal {
  readonly entries: readonly Entry[];
  /** Key of the question that is open. */
  readonly open: string | null;
  /** Steps of an older form that the flow has not come to yet. */
  readonly left: readonly Entry[];
  /** Counts ways back and edits: a keyboard from before one shows what no longer holds. */
  readonly generation: number;
  /** The last message that was no answer, so that its edit, or the rest of its album, is known. */
  readonly refused: { readonly m?: string; readonly album?: string } | null;
  /** How often the person has asked for more of the open question's options. */
  readonly page: number;
}

export const EMPTY: Journal = {
  entries: [],
  open: null,
  left: [],
  generation: 0,
  refused: null,
  page: 0,
};

interface State {
  readonly steps: readonly Entry[];
  readonly left?: readonly Entry[];
  readonly gen?: number;
  readonly refused?: { readonly m?: string; readonly album?: string };
  readonly page?: number;
}

/** The journal as JSON for `Saved.state`; empty things take no room. */
export function packJournal(journal: Journal): unknown {
  const state: State = {
    steps: journal.entries,
    ...(journal.left.length > 0 ? { left: journal.left } : {}),
    ...(journal.generation > 0 ? { gen: journal.generation } : {}),
    ...(journal.refused === null ? {} : { refused: journal.refused }),
    ...(journal.page > 0 ? { page: journal.page } : {}),
  };
  return state;
}

/** @throws Error when the state was not written by `packJournal` */
export function unpackJournal(saved: Saved): Journal {
  if (!isState(saved.state)) throw new Error(`saved dialog of flow '${saved.flow}': its state cannot be read`);
  const { steps, left = [], gen = 0, refused = null, page = 0 } = saved.state;
  return {
    entries: steps,
    open: saved.question === null ? null : `?${saved.question}`,
    left,
    generation: gen,
    refused,
    page,
  };
}

function isState(state: unknown): state is State {
  return typeof state === 'object' && state !== null && 'steps' in state && Array.isArray(state.steps);
}

/** A value as later turns will read it back, so that a flow sees the same thing from the start. */
export function asJson(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

/** The engine's own state: the open question is an operation that has no result yet. */
export function toReplay(entries: readonly Entry[], open: string | null): ReplayState {
  const send = entries.map(([payload]) => ({ payload }));
  if (open !== null) send.push({ payload: open });
  return {
    send,
    receive: entries.map(([, returnValue], index) => ({
      send: index,
      returnValue,
    })),
  };
}

export function fromReplay(state: ReplayState): Entry[] {
  return state.receive.map(({ send, returnValue }) => [state.send[send]?.payload ?? '', returnValue] as const);
}

/** What a button carries of a question, and `Saved.question` when `generation` is 0. */
export function tagOf(key: string, generation: number): string {
  return key.slice(1) + (generation === 0 ? '' : `.${generation.toString(36)}`);
}

export function isKind(entry: Entry, kind: StepKind): boolean {
  return entry[0].startsWith(kind);
}

/** The name of a step, or of a question as it is saved, whatever its occurrence: `card` of `card~2`. */
export function nameOf(step: string): string {
  return step.replace(/~.*/, '');
}

/** The effects that a dialog has had, but those that a person may still correct: their names, and what they gave. */
export function deedsOf({ state }: Saved): readonly { readonly name: string; readonly gave: unknown }[] {
  if (!isState(state)) return [];
  const deeds = state.steps.filter((entry) => isKind(entry, '!'));
  return deeds.map(([key, gave]) => ({ name: nameOf(key.slice(1)), gave }));
}

/** Index of the last effect of either kind; -1: none. */
export function lastEffect(entries: readonly Entry[]): number {
  return entries.findLastIndex((entry) => isKind(entry, '!') || isKind(entry, '+'));
}

/** Whether an effect has made use of the answer at that index, so that it can be changed no more. */
export function isSettled(entries: readonly Entry[], index: number): boolean {
  return entries.findLastIndex((entry) => isKind(entry, '!')) > index;
}

/** Index of the last question whose answer passes the test; -1: none. */
export function findAnswer(entries: readonly Entry[], test: (answer: Answer) => boolean): number {
  return entries.findLastIndex((entry) => isKind(entry, '?') && test(asAnswer(entry[1])));
}

/** Whether no question was answered yet. */
export function isAtFirst({ entries }: Journal): boolean {
  return !entries.some((entry) => isKind(entry, '?'));
}

/** The journal before its last answer, that question being open again; null: there is none, or an effect bars the way. */
export function stepBack(journal: Journal): Journal | null {
  const index = journal.entries.findLastIndex((entry) => !isKind(entry, '='));
  const entry = journal.entries[index];
  if (entry === undefined || !isKind(entry, '?')) return null;
  return {
    ...journal,
    entries: journal.entries.slice(0, index),
    open: entry[0],
    generation: journal.generation + 1,
    refused: null,
    page: 0,
  };
}
