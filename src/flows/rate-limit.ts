import type { Memory } from './kit.ts';

const MINUTE_MS = 60_000;

/** Counts a person's messages in a span of time, in what is remembered of the chat: exact over processes and restarts. */
export class RateLimit {
  readonly #most: number;
  readonly #windowMs: number;

  constructor(most: number, windowMs = MINUTE_MS) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Counts one message. `minutes`: the first one above the limit, to be told when to go on; `told`: a later one. */
  count(memory: Memory, now: Date): 'free' | 'told' | { minutes: number } {
    const { rate } = memory;
    const sinceMs = rate === undefined ? Number.NEGATIVE_INFINITY : now.getTime() - new Date(rate.since).getTime();
    if (rate === undefined || sinceMs >= this.#windowMs || sinceMs < 0) {
      memory.rate = { since: now.toISOString(), count: 1 };
      return 'free';
    }
    rate.count++;
    if (rate.count <= this.#most) return 'free';
    if (rate.told === true) return 'told';
    rate.told = true;
    return { minutes: Math.max(1, Math.ceil((this.#windowMs - sinceMs) / MINUTE_MS)) };
  }
}
