import { type Checkpoint, ReplayEngine, type ReplayState } from '@grammyjs/conversations';
import { toError } from '../core/errors.ts';
import type { Text } from '../core/text.ts';
import type { Answer } from './answer.ts';
import { type Entry, fromReplay, isKind, type Journal, toReplay } from './journal.ts';
import { type Run, Session } from './session.ts';
import type { Flow, Output, World } from './types.ts';

/** One dialog of one flow, and what its turn is given. */
export interface Scene<Kit> {
  readonly flow: Flow<Kit, unknown>;
  readonly world: World<Kit>;
  readonly id: string;
  readonly args: unknown;
}

/** From where a flow is replayed, and what is fed into it. */
export interface Course {
  readonly journal: Journal;
  /** The answer of this turn's message. */
  readonly live?: {
    readonly answer: Answer;
    readonly reading: 'message' | 'amended';
    /** Whether the question that opens may take it; the one that is open in the journal takes it unasked. */
    readonly fits?: (key: string) => boolean;
  };
  /** Remembered values among `journal.left` that no longer hold once a question has to be asked anew. */
  readonly fragile?: ReadonlySet<Entry>;
  readonly keepSaysFrom: number;
}

export type Outcome =
  | {
      readonly type: 'waiting';
      readonly journal: Journal;
      readonly outputs: readonly Output[];
      readonly timeoutMs: number | null;
      readonly liveTaken: boolean;
    }
  | {
      readonly type: 'done';
      readonly outputs: readonly Output[];
      readonly liveTaken: boolean;
    }
  /** The live answer is none; `journal` is as before it. */
  | {
      readonly type: 'refused';
      readonly reason: Text | null;
      readonly journal: Journal;
    }
  | {
      readonly type: 'back' | 'cancel' | 'old-button' | 'more';
      readonly journal: Journal;
    }
  /** The flow is not the one that the journal was written by. */
  | { readonly type: 'stale' };

/** The answer that was put in last, and the way to take it out again. */
interface Fed {
  readonly kind: 'live' | 'left';
  readonly index: number;
  readonly checkpoint: Checkpoint;
}

/**
 * Replays a flow until it waits for an answer that is not there, or ends. Answers, results and values that an older
 * form has left are fed by name as the flow comes to them. @throws what the flow, an effect or a remember throws
 */
export function drive<Kit>(scene: Scene<Kit>, course: Course): Promise<Outcome> {
  return new Drive(scene, course).toEnd();
}

class Drive<Kit> {
  readonly #scene: Scene<Kit>;
  readonly #course: Course;
  readonly #state: ReplayState;
  #left: Entry[];
  #keepSaysFrom: number;
  #fed: Fed | null = null;
  #liveTaken = false;

  constructor(scene: Scene<Kit>, course: Course) {
    this.#scene = scene;
    this.#course = course;
    this.#state = toReplay(course.journal.entries, course.journal.open);
    this.#left = [...course.journal.left];
    this.#keepSaysFrom = course.keepSaysFrom;
  }

  async toEnd(): Promise<Outcome> {
    const { journal, live } = this.#course;
    if (live !== undefined && journal.open !== null) this.#feed('live', live.answer);
    for (;;) {
      const outcome = await this.#replay();
      if (outcome !== null) return outcome;
    }
  }

  /** One pass through the flow; null: something more was fed, or taken out again. */
  async #replay(): Promise<Outcome | null> {
    const { flow, world, args } = this.#scene;
    const run = this.#newRun();
    const engine = new ReplayEngine((controls) => flow.run(new Session(controls, run), world.kit, args));
    const result = await engine.replay(this.#state);
    if (run.failure !== null) throw run.failure;
    switch (result.type) {
      case 'thrown':
        throw toError(result.error);
      case 'returned':
        return { type: 'done', outputs: run.outputs, liveTaken: this.#liveTaken };
      case 'canceled':
        return this.#canceled(run.verdict);
      case 'interrupted':
        return this.#interrupted(run);
    }
  }

  #canceled(verdict: Run['verdict']): Outcome | null {
    const fed = this.#fed;
    if (fed === null || verdict === null || verdict.type === 'stale' || verdict.type === 'answered')
      return { type: 'stale' };
    ReplayEngine.reset(this.#state, fed.checkpoint);
    this.#fed = null;
    if (fed.kind === 'left') return null;
    const journal = this.#journal(this.#state.send.at(-1)?.payload ?? null);
    return verdict.type === 'refused' ? { ...verdict, journal } : { type: verdict.type, journal };
  }

  #interrupted({ open, outputs }: Run): Outcome | null {
    if (open === null) throw new Error(`flow '${this.#scene.flow.name}' waits for something that is not a question`);
    const { live, fragile } = this.#course;
    const left = this.#take(open.key);
    if (left !== null) return this.#feed('left', left.value);
    if (fragile !== undefined) this.#left = this.#left.filter((entry) => !fragile.has(entry));
    if (live !== undefined && !this.#liveTaken && live.fits?.(open.key) !== false)
      return this.#feed('live', live.answer);
    const { timeoutMs } = open;
    return { type: 'waiting', journal: this.#journal(open.key), outputs, timeoutMs, liveTaken: this.#liveTaken };
  }

  #feed(kind: Fed['kind'], answer: unknown): null {
    const index = this.#state.receive.length;
    const checkpoint = ReplayEngine.supply(this.#state, index, answer);
    this.#fed = { kind, index, checkpoint };
    if (kind === 'live') {
      this.#liveTaken = true;
      if (this.#course.live?.reading === 'message') this.#keepSaysFrom = Math.min(this.#keepSaysFrom, index + 1);
    }
    return null;
  }

  #take(key: string): { readonly value: unknown } | null {
    const at = this.#left.findIndex((entry) => entry[0] === key);
    const [entry] = at < 0 ? [] : this.#left.splice(at, 1);
    return entry === undefined ? null : { value: entry[1] };
  }

  #journal(open: string | null): Journal {
    const { journal } = this.#course;
    const page = open === journal.open ? journal.page : 0;
    return { ...journal, entries: fromReplay(this.#state), open, left: this.#left, page };
  }

  #newRun(): Run {
    return {
      state: this.#state,
      world: this.#scene.world,
      dialogId: this.#scene.id,
      generation: this.#course.journal.generation,
      live: this.#fed?.kind === 'live' ? this.#fed.index : -1,
      reading: this.#course.live?.reading ?? 'message',
      fed: this.#fed?.kind === 'left' ? this.#fed.index : -1,
      keepSaysFrom: this.#keepSaysFrom,
      takeLeft: (key) => this.#take(key),
      hasLeft: (key) => this.#left.some((entry) => entry[0] === key),
      outputs: [],
      open: null,
      verdict: null,
      failure: null,
    };
  }
}

/** The remembered values after the last effect: what they were made of may be asked anew. */
export function fragileEntries(entries: readonly Entry[], from: number): ReadonlySet<Entry> {
  return new Set(entries.slice(from).filter((entry) => isKind(entry, '=')));
}
