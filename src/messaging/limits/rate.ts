import type { Going, Limit, Outcome, Urgency } from './limit.ts';
import { ShortestWay } from './shortest-way.ts';
import { SlidingWindow } from './sliding-window.ts';

/** The platform's second, and a little for clocks that tick in whole milliseconds. */
const WINDOW_MS = 1_002;
/** Within this time as many begin, spread evenly, as may arrive within a second; so a hundredth is given away. */
const SPREAD_MS = 1_010;
/** Who comes so late catches up, as far as the window allows; who comes later begins anew. */
const CATCH_UP_MS = 1_000;
/** So many turns may be caught up on at once. */
const CATCH_UP_TURNS = 5;
/** No more turns than this within a second: each costs a statement. */
const TURNS_PER_SECOND = 100;
/** After the platform said that it was too fast: more distance, half of it forgotten within a minute. */
const FIRST_MARGIN_MS = 10;
const LONGEST_MARGIN_MS = 200;
const MARGIN_HALVES_MS = 60_000;
/** So long bulk leaves room for as many replies as there were within a second. */
const REPLIES_EXPECTED_MS = 10_000;
const MOST_FOR_REPLIES = 1 / 3;

/**
 * So many messages arrive within any second, wherever it begins, as the platform sees it, which nobody can know here.
 * What has been answered was there before: at the latest when the answer came, less the way back where nothing holds it
 * up; and what begins now is not there before the way to it. Both together are the shortest time from a call to its
 * answer. So none begins while those on the wire and those answered within the last second, that time taken off, are as
 * many as may be.
 */
export class RateLimit implements Limit {
  readonly #perSecond: number;
  readonly #batch: number;
  readonly #deliveries = new SlidingWindow();
  readonly #replies = new SlidingWindow();
  readonly #way = new ShortestWay();
  #nextMs = Number.NEGATIVE_INFINITY;
  #marginMs = 0;
  #marginSinceMs = Number.NEGATIVE_INFINITY;
  #repliesExpected = 0;
  #repliesExpectedUntilMs = Number.NEGATIVE_INFINITY;

  constructor(perSecond: number) {
    this.#perSecond = perSecond;
    this.#batch = Math.max(1, Math.round(perSecond / TURNS_PER_SECOND));
  }

  room(_: Urgency, nowMs: number): number {
    const inWindow = this.#perSecond - this.#forReplies(nowMs) - this.#deliveries.count(nowMs, this.#windowMs(nowMs));
    const room = Math.min(inWindow, this.#spread(nowMs));
    return room < this.#batch ? 0 : room;
  }

  waitMs(_: Urgency, nowMs: number): number {
    const limit = this.#perSecond - this.#forReplies(nowMs) - this.#batch + 1;
    // what is on the wire wakes its sender when it ends
    const inWindow = this.#deliveries.waitMs(limit, nowMs, this.#windowMs(nowMs)) ?? 0;
    return Math.max(inWindow, this.#nextMs + (this.#batch - 1) * this.#intervalMs(nowMs) - nowMs);
  }

  began({ urgency, pieces, beganMs }: Going): void {
    if (urgency === 'reply') {
      this.#replies.began(pieces);
      this.#expectReplies(beganMs);
      return;
    }
    this.#deliveries.began(pieces);
    const from = beganMs - this.#nextMs > CATCH_UP_MS ? beganMs : this.#nextMs;
    this.#nextMs = from + pieces * this.#intervalMs(beganMs);
  }

  ended({ urgency, pieces, beganMs }: Going, outcome: Outcome, nowMs: number): void {
    const window = urgency === 'reply' ? this.#replies : this.#deliveries;
    if (outcome === 'untried') {
      window.forget(pieces);
      return;
    }
    if (outcome === 'sent' && pieces === 1) this.#way.saw(nowMs - beganMs, nowMs);
    if (outcome === 'throttled') this.#keepDistance(nowMs);
    window.ended(pieces, Math.max(beganMs, nowMs - this.#way.ms));
  }

  #spread(nowMs: number): number {
    const lateMs = nowMs - this.#nextMs;
    if (lateMs > CATCH_UP_MS) return this.#batch;
    if (lateMs < 0) return 0;
    return Math.min(CATCH_UP_TURNS * this.#batch, Math.floor(lateMs / this.#intervalMs(nowMs)) + 1);
  }

  #intervalMs(nowMs: number): number {
    return (SPREAD_MS + this.#margin(nowMs)) / this.#perSecond;
  }

  #windowMs(nowMs: number): number {
    return WINDOW_MS + this.#margin(nowMs);
  }

  #margin(nowMs: number): number {
    if (this.#marginMs === 0) return 0;
    return this.#marginMs * 0.5 ** ((nowMs - this.#marginSinceMs) / MARGIN_HALVES_MS);
  }

  /** Once a second at most: one moment that was too fast is refused many times. */
  #keepDistance(nowMs: number): void {
    if (nowMs - this.#marginSinceMs < 1_000) return;
    this.#marginMs = Math.min(LONGEST_MARGIN_MS, Math.max(FIRST_MARGIN_MS, this.#margin(nowMs) * 2));
    this.#marginSinceMs = nowMs;
  }

  #expectReplies(nowMs: number): void {
    const count = this.#replies.count(nowMs, this.#windowMs(nowMs));
    if (count < this.#repliesExpected && nowMs < this.#repliesExpectedUntilMs) return;
    this.#repliesExpected = Math.min(count, Math.floor(this.#perSecond * MOST_FOR_REPLIES));
    this.#repliesExpectedUntilMs = nowMs + REPLIES_EXPECTED_MS;
  }

  #forReplies(nowMs: number): number {
    const expected = nowMs < this.#repliesExpectedUntilMs ? this.#repliesExpected : 0;
    return Math.max(expected, this.#replies.count(nowMs, this.#windowMs(nowMs)));
  }
}
