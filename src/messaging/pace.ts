/** How fast an account may send in bulk. */
export interface Pace {
  /** Messages that begin within any second. */
  readonly perSecond: number;
  /** Least time between two messages to this chat. */
  chatGapMs(chatId: string): number;
}

/** What may begin at once, as a part of what may begin within a second. */
const BURST = 0.1;

/**
 * Tokens by a monotonic clock: a tenth of a second's share may go at once, the rest comes evenly, so that no second,
 * wherever it begins, has more than `perSecond`.
 */
export class TokenBucket {
  readonly #capacity: number;
  readonly #perMs: number;
  readonly #nowMs: () => number;
  #tokens: number;
  #atMs: number;

  constructor(perSecond: number, nowMs: () => number = () => performance.now()) {
    this.#capacity = Math.floor(perSecond * BURST) + 1; // one more, so that nothing is lost between two tenths
    this.#perMs = Math.max(perSecond - this.#capacity, perSecond / 2) / 1000;
    this.#nowMs = nowMs;
    this.#tokens = this.#capacity;
    this.#atMs = nowMs();
  }

  /** How many may begin now. */
  get available(): number {
    this.#refill();
    return Math.floor(this.#tokens);
  }

  /** Counts what begins now. */
  spend(count: number): void {
    this.#refill();
    this.#tokens -= count;
  }

  /** Milliseconds until one more may begin; 0: at once. */
  get waitMs(): number {
    this.#refill();
    return Math.max(0, (1 - this.#tokens) / this.#perMs);
  }

  #refill(): void {
    const nowMs = this.#nowMs();
    this.#tokens = Math.min(this.#capacity, this.#tokens + (nowMs - this.#atMs) * this.#perMs);
    this.#atMs = nowMs;
  }
}
