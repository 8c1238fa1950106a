/** Nothing is taken for granted before so many answers. */
const LEAST_SEEN = 20;
const REMEMBERED_MS = 10_000;
/** It may be shorter than any that was seen, by a twentieth or so much. */
const SHORTER_STILL_MS = 3;

/** The shortest time that a call takes to its answer, by those of the last ten to twenty seconds. */
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
    if (this.#seen < LEAST_SEEN) return 0;
    const shortest = Math.min(this.#now, this.#before);
    return shortest - Math.min(SHORTER_STILL_MS, shortest / 20);
  }
}
