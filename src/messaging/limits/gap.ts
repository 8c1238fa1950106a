import type { Between, Gaps } from '../pace.ts';
import type { Going, Limit, Outcome, Urgency } from './limit.ts';

const ON_WIRE_MS = 1_000;

/**
 * One message at a time, and a pause after each whose length nobody can foresee: a short one, and a long one between
 * two of bulk, for each piece of the first. So a conversation holds bulk back for moments, and bulk what is personal for
 * no longer.
 */
export class GapLimit implements Limit {
  readonly #gaps: Gaps;
  readonly #random: () => number;
  #onWire = 0;
  #untilMs = Number.NEGATIVE_INFINITY;
  #bulkUntilMs = Number.NEGATIVE_INFINITY;

  constructor(gaps: Gaps, random: () => number) {
    this.#gaps = gaps;
    this.#random = random;
  }

  room(urgency: Urgency, nowMs: number): number {
    return this.#onWire > 0 || nowMs < this.#until(urgency) ? 0 : 1;
  }

  waitMs(urgency: Urgency, nowMs: number): number {
    // what is on the wire wakes its sender when it ends
    return Math.max(this.#onWire > 0 ? ON_WIRE_MS : 0, this.#until(urgency) - nowMs);
  }

  began(_: Going): void {
    this.#onWire++;
  }

  ended({ urgency, pieces }: Going, outcome: Outcome, nowMs: number): void {
    this.#onWire--;
    if (outcome === 'untried') return;
    this.#untilMs = Math.max(this.#untilMs, nowMs + this.#any(this.#gaps.other));
    if (urgency !== 'bulk') return;
    this.#bulkUntilMs = nowMs;
    for (let piece = 0; piece < pieces; piece++) this.#bulkUntilMs += this.#any(this.#gaps.bulk);
  }

  #until(urgency: Urgency): number {
    return urgency === 'bulk' ? Math.max(this.#untilMs, this.#bulkUntilMs) : this.#untilMs;
  }

  #any({ minMs, maxMs }: Between): number {
    return minMs + (maxMs - minMs) * this.#random();
  }
}
