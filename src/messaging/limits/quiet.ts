import type { Clock } from '../../core/clock.ts';
import { isQuiet, type QuietHours } from '../quiet-hours.ts';
import type { Limit, Urgency } from './limit.ts';

/** How often it is looked whether the quiet hours are over. */
const LOOK_MS = 10_000;

/** Bulk waits for the morning. */
export class QuietLimit implements Limit {
  readonly #hours: QuietHours;
  readonly #clock: Clock;

  constructor(hours: QuietHours, clock: Clock) {
    this.#hours = hours;
    this.#clock = clock;
  }

  room(urgency: Urgency): number {
    return urgency === 'bulk' && isQuiet(this.#clock.now(), this.#hours) ? 0 : Number.POSITIVE_INFINITY;
  }

  waitMs(urgency: Urgency): number {
    return this.room(urgency) === 0 ? LOOK_MS : 0;
  }

  began(): void {}

  ended(): void {}
}
