import { type Clock, systemClock } from '../core/clock.ts';
import { ChatPauses } from './chat-pauses.ts';
import { CapsLimit } from './limits/caps.ts';
import { GapLimit } from './limits/gap.ts';
import type { Going, Limit, Outcome, Urgency } from './limits/limit.ts';
import { OutageLimit } from './limits/outage.ts';
import { QuietLimit } from './limits/quiet.ts';
import { RateLimit } from './limits/rate.ts';
import type { Pace } from './pace.ts';

/** Where time and chance come from. */
export interface PacerSources {
  /** A monotonic clock. */
  readonly nowMs?: () => number;
  readonly clock?: Clock;
  /** From 0 to 1. */
  readonly random?: () => number;
}

/**
 * How fast an account sends, whoever of its sources sends: replies are never held back, but counted; the others ask how
 * many may begin now, and all say what begins and what became of it.
 */
export class Pacer {
  readonly chats: ChatPauses;
  readonly #pace: Pace | null;
  readonly #limits: readonly Limit[];
  readonly #caps: CapsLimit | null;
  /** The monotonic clock that all this is measured by. */
  readonly nowMs: () => number;
  /** The clock on the wall. */
  readonly clock: Clock;

  /** Without a pace: as fast as the platform takes them. */
  constructor(pace: Pace | null, sources: PacerSources = {}) {
    const { nowMs = () => performance.now(), clock = systemClock, random = Math.random } = sources;
    this.nowMs = nowMs;
    this.clock = clock;
    this.#pace = pace;
    this.chats = new ChatPauses(nowMs);
    this.#caps = pace?.caps ? new CapsLimit(pace.caps) : null;
    this.#limits = [
      new OutageLimit(),
      ...(pace ? [new RateLimit(pace.perSecond)] : []),
      ...(pace?.gap ? [new GapLimit(pace.gap, random)] : []),
      ...(this.#caps ? [this.#caps] : []),
      ...(pace?.quietHours ? [new QuietLimit(pace.quietHours, clock)] : []),
    ];
  }

  /** How many messages may begin now. */
  room(urgency: Urgency): number {
    const now = this.nowMs();
    return Math.min(...this.#limits.map((limit) => limit.room(urgency, now)));
  }

  /** Where there is no room: milliseconds until it is worth asking again. */
  waitMs(urgency: Urgency): number {
    const now = this.nowMs();
    return Math.max(0, ...this.#limits.map((limit) => limit.waitMs(urgency, now)));
  }

  /** Counts what begins now; it has to be ended, whatever becomes of it. */
  begin(urgency: Urgency, pieces = 1): Going {
    const going = { urgency, pieces, beganMs: this.nowMs() };
    for (const limit of this.#limits) limit.began(going);
    return going;
  }

  end(going: Going, outcome: Outcome): void {
    const now = this.nowMs();
    for (const limit of this.#limits) limit.ended(going, outcome, now);
  }

  /** The chat of a message that was sent takes the next one after its gap; one of several pieces counts for as many. */
  rest(chat: string, pieces: number): void {
    this.chats.pause(chat, (this.#pace?.chatGapMs(chat) ?? 0) * pieces);
  }

  /** Whether `recall` has to be told what was sent before. */
  get forgetful(): boolean {
    return this.#caps !== null;
  }

  /** What the last day saw before we began, also through other processes: how many milliseconds ago each piece began. */
  recall(agesMs: readonly number[]): void {
    this.#caps?.recall(agesMs, this.nowMs());
  }
}
