import type { Caps } from '../pace.ts';
import type { Going, Limit, Outcome, Urgency } from './limit.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * So many an hour and a day, of messages as the platform sees them: one of several pieces counts for as many. Only bulk
 * waits for them; whatever else is sent counts, but for replies.
 */
export class CapsLimit implements Limit {
  readonly #caps: Caps;
  /** When each piece of the last day began, the oldest first. */
  #times: number[] = [];

  constructor(caps: Caps) {
    this.#caps = caps;
  }

  /** What the last day saw, as the table has it: how many milliseconds ago each piece began. */
  recall(agesMs: readonly number[], nowMs: number): void {
    this.#times = agesMs.map((ageMs) => nowMs - ageMs).toSorted((one, other) => one - other);
  }

  room(urgency: Urgency, nowMs: number): number {
    if (urgency !== 'bulk') return Number.POSITIVE_INFINITY;
    const { perHour, perDay } = usableCaps(this.#caps);
    return Math.max(0, Math.min(perHour - this.#since(nowMs - HOUR_MS), perDay - this.#since(nowMs - DAY_MS)));
  }

  waitMs(urgency: Urgency, nowMs: number): number {
    if (urgency !== 'bulk') return 0;
    const { perHour, perDay } = usableCaps(this.#caps);
    const until = (most: number, withinMs: number) => {
      const oldest = this.#times[this.#times.length - most];
      return oldest === undefined ? 0 : oldest + withinMs - nowMs;
    };
    return Math.max(until(perHour, HOUR_MS), until(perDay, DAY_MS));
  }

  began({ urgency, pieces, beganMs }: Going): void {
    if (urgency === 'reply') return;
    while (this.#times[0] !== undefined && this.#times[0] <= beganMs - DAY_MS) this.#times.shift();
    this.#times.push(...Array<number>(pieces).fill(beganMs));
  }

  ended({ urgency, pieces, beganMs }: Going, outcome: Outcome): void {
    if (urgency === 'reply' || outcome === 'sent') return;
    // those of one moment stand together
    const at = this.#times.indexOf(beganMs);
    if (at >= 0) this.#times.splice(at, pieces);
  }

  #since(fromMs: number): number {
    return this.#times.filter((time) => time > fromMs).length;
  }
}

/** What may be used of the caps, at that time or now. */
export function usableCaps(caps: Caps, at?: Date): { perHour: number; perDay: number } {
  const share = caps.share?.(at) ?? 1;
  const of = (cap: number) => Math.max(1, Math.floor(cap * share));
  return { perHour: of(caps.perHour), perDay: of(caps.perDay) };
}
