/** Nothing is taken for granted before so many answers. */
const LEAST_SEEN = 20;
const REMEMBERED_MS = 10_000;

/** The shortest time from a call to its answer that was seen in the last ten to twenty seconds. */
export class ShortestWay {
  #seen = 0;
  #sinceMs = Number.NEGATIVE_INFINITY;
  #now = Number.POSITIVE_INFINITY;
  #before = Number.POSITIVE_INFINITY;

  saw(tookMs: number, nowMs: number): void {
    if (nowMs - this.#sinceMs > REMEMBERED_MS) {
      this.#before = this.#now;
      this.#now = Number.POSITIVE_INFINITY;
      this.#sinceMs = nowMs;
    }
    this.#now = Math.min(this.#now, tookMs);
    this.#seen++;
  }

  /** 0: not known yet. */
  get ms(): number {
    return this.#seen < LEAST_SEEN ? 0 : Math.min(this.#now, this.#before);
  }
}
