import { setTimeout as delay } from 'node:timers/promises';
import { GrammyError } from 'grammy';
import { toError } from '../../core/errors.ts';
import type { StateKeeper } from './state.ts';

/** How long things may take and pause. Only tests have a reason to change it. */
export interface TelegramTiming {
  /** How long Telegram holds an empty `getUpdates`. */
  readonly pollSeconds: number;
  /** Pause after Telegram said that somebody else receives, or that the webhook is no good. */
  readonly conflictMs: number;
  readonly minBackoffMs: number;
  readonly maxBackoffMs: number;
  readonly requestTimeoutMs: number;
  /** Of a call that carries a file: 50 MB take their time from a village. */
  readonly uploadTimeoutMs: number;
  /** Between two pieces of an announcement. */
  readonly pieceGapMs: number;
}

export const TIMING: TelegramTiming = {
  pollSeconds: 30,
  conflictMs: 60_000,
  minBackoffMs: 500,
  maxBackoffMs: 30_000,
  requestTimeoutMs: 30_000,
  uploadTimeoutMs: 300_000,
  pieceGapMs: 1_050,
};

/** One line of attempts at receiving: its pauses grow while attempts fail and start anew when one succeeds. */
export class Persistence {
  readonly signal: AbortSignal;
  readonly #timing: TelegramTiming;
  readonly #states: StateKeeper;
  #backoffMs: number;

  constructor(signal: AbortSignal, timing: TelegramTiming, states: StateKeeper) {
    this.signal = signal;
    this.#timing = timing;
    this.#states = states;
    this.#backoffMs = timing.minBackoffMs;
  }

  /** Makes a call of the Bot API until it succeeds. Null: stopped meanwhile, or the token is wrong and no attempt helps. */
  async until<T>(call: () => Promise<T>): Promise<T | null> {
    while (!this.signal.aborted) {
      try {
        const result = await call();
        this.#backoffMs = this.#timing.minBackoffMs;
        return result;
      } catch (thrown) {
        if (this.signal.aborted) return null;
        const pauseMs = this.#judge(toError(thrown));
        if (pauseMs === null) return null;
        await this.pause(pauseMs);
      }
    }
    return null;
  }

  /** Waits, less when stopped; without a time the next growing pause. */
  async pause(ms = this.#nextBackoffMs()): Promise<void> {
    // Rejects when aborted, which is the end of the wait all the same.
    await delay(ms, undefined, { signal: this.signal }).catch(() => {});
  }

  /** The pause before the next attempt, or null for none. */
  #judge(error: Error): number | null {
    const states = this.#states;
    if (!(error instanceof GrammyError)) {
      states.trouble('unreachable', error);
      return this.#nextBackoffMs();
    }
    switch (error.error_code) {
      case 401:
      case 404:
        states.trouble('wrong-token', error);
        return null;
      case 409:
        states.trouble('conflict', error);
        return this.#timing.conflictMs;
      case 429:
        states.trouble('throttled', error);
        return (error.parameters.retry_after ?? 1) * 1000;
      case 400:
        if (error.method !== 'setWebhook') break;
        states.trouble('webhook-refused', error);
        return this.#timing.conflictMs;
    }
    states.trouble('unreachable', error);
    return this.#nextBackoffMs();
  }

  #nextBackoffMs(): number {
    const ms = this.#backoffMs;
    this.#backoffMs = Math.min(ms * 2, this.#timing.maxBackoffMs);
    return ms;
  }
}
