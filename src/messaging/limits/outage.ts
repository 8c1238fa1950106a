import type { Going, Limit, Outcome, Urgency } from './limit.ts';

/** From so many on, one after the other, it is the platform or the way to it, not the message. */
const IN_A_ROW = 5;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 15_000;

/**
 * While the platform does not answer, one message at a time tries it, with growing pauses: thousands of others need
 * not fail to find that out.
 */
export class OutageLimit implements Limit {
  #failed = 0;
  #pausedAtMs = Number.NEGATIVE_INFINITY;
  #untilMs = Number.NEGATIVE_INFINITY;
  #onWire = 0;

  room(_: Urgency, nowMs: number): number {
    if (this.#failed < IN_A_ROW) return Number.POSITIVE_INFINITY;
    return nowMs < this.#untilMs || this.#onWire > 0 ? 0 : 1;
  }

  waitMs(_: Urgency, nowMs: number): number {
    return this.#failed < IN_A_ROW ? 0 : this.#untilMs - nowMs;
  }

  began({ urgency }: Going): void {
    if (urgency !== 'reply') this.#onWire++;
  }

  ended({ urgency, beganMs }: Going, outcome: Outcome, nowMs: number): void {
    if (urgency !== 'reply') this.#onWire--;
    if (outcome === 'untried') return;
    if (outcome !== 'unreachable') this.#failed = 0;
    else if (beganMs >= this.#pausedAtMs) this.#fail(nowMs); // what began before says nothing new
  }

  #fail(nowMs: number): void {
    this.#failed++;
    if (this.#failed < IN_A_ROW) return;
    this.#pausedAtMs = nowMs;
    this.#untilMs = nowMs + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#failed - IN_A_ROW));
  }
}
