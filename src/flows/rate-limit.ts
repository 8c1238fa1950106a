import type { Memory } from './kit.ts';

const WINDOW_MS = 60_000;

/** Counts a person's messages by the minute, in what is remembered of the chat: exact over processes and restarts. */
export class RateLimit {
  readonly #perMinute: number;

  constructor(perMinute: number) {
    this.#perMinute = perMinute;
  }

  /** Counts one message. `minutes`: the first one above the limit, to be told when to go on; `told`: a later one. */
  count(memory: Memory, now: Date): 'free' | 'told' | { minutes: number } {
    const { rate } = memory;
    const sinceMs = rate === undefined ? Number.NEGATIVE_INFINITY : now.getTime() - new Date(rate.since).getTime();
    if (rate === undefined || sinceMs >= WINDOW_MS || sinceMs < 0) {
      memory.rate = { since: now.toISOString(), count: 1 };
      return 'free';
    }
    rate.count++;
    if (rate.count <= this.#perMinute) return 'free';
    if (rate.told === true) return 'told';
    rate.told = true;
    return { minutes: Math.max(1, Math.ceil((WINDOW_MS - sinceMs) / 60_000)) };
  }
}
