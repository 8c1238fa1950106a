/** Counts what is on the wire, and what has been at the platform for less than the length of the window. */
export class SlidingWindow {
  #onWire = 0;
  /** Since when each has been there at the latest, the oldest first. */
  readonly #there: number[] = [];

  count(nowMs: number, lengthMs: number): number {
    while (this.#there[0] !== undefined && this.#there[0] <= nowMs - lengthMs) this.#there.shift();
    return this.#onWire + this.#there.length;
  }

  /** Milliseconds until `count` is below `limit`, if what is on the wire stays there; null: it will not be. */
  waitMs(limit: number, nowMs: number, lengthMs: number): number | null {
    const tooMany = this.count(nowMs, lengthMs) - limit;
    if (tooMany < 0) return 0;
    const last = this.#there[tooMany];
    return last === undefined ? null : last + lengthMs - nowMs;
  }

  began(pieces: number): void {
    this.#onWire += pieces;
  }

  ended(pieces: number, thereMs: number): void {
    this.#onWire -= pieces;
    let at = this.#there.length;
    while (at > 0 && (this.#there[at - 1] ?? 0) > thereMs) at--;
    this.#there.splice(at, 0, ...Array<number>(pieces).fill(thereMs));
  }

  /** It was not sent after all. */
  forget(pieces: number): void {
    this.#onWire -= pieces;
  }
}
