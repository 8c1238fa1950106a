import type { Going, Limit, Outcome, Urgency } from './limit.ts';

/** One message at a time, and a pause after each whose length nobody can foresee. */
export class GapLimit implements Limit {
  readonly #gap: { readonly minMs: number; readonly maxMs: number };
  readonly #random: () => number;
  #onWire = 0;
  #untilMs = Number.NEGATIVE_INFINITY;

  constructor(gap: { readonly minMs: number; readonly maxMs: number }, random: () => number) {
    this.#gap = gap;
    this.#random = random;
  }

  room(_: Urgency, nowMs: number): number {
    return this.#onWire > 0 || nowMs < this.#untilMs ? 0 : 1;
  }

  waitMs(_: Urgency, nowMs: number): number {
    return this.#untilMs - nowMs;
  }

  began(_: Going): void {
    this.#onWire++;
  }

  ended(_: Going, outcome: Outcome, nowMs: number): void {
    this.#onWire--;
    if (outcome === 'untried') return;
    const { minMs, maxMs } = this.#gap;
    this.#untilMs = Math.max(this.#untilMs, nowMs + minMs + (maxMs - minMs) * this.#random());
  }
}
