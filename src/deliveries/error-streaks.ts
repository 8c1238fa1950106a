import type { SendError, SendFailure } from '../messaging/contract.ts';
import type { ErrorLimits } from '../messaging/pace.ts';

/** Told of a send of which too many deliveries fail. */
export type OnManyErrors = (sendId: number, reason: SendFailure) => Promise<void>;

/** Those that say something of the send or of the platform, and nothing of the person. */
const COUNTED: ReadonlySet<SendFailure> = new Set(['unreachable', 'rejected', 'misconfigured']);

interface Streak {
  inARow: number;
  /** The last ones, the oldest first; true: it failed. */
  recent: boolean[];
  sinceMs: number;
}

/**
 * Counts the errors of each send, those that come in a row and those among the last ones. What was begun before the
 * last word on it counts no more: those are of the same trouble.
 */
export class ErrorStreaks {
  readonly #limits: ErrorLimits;
  readonly #streaks = new Map<number, Streak>();

  constructor(limits: ErrorLimits) {
    this.#limits = limits;
  }

  succeeded(sendId: number): void {
    const streak = this.#of(sendId);
    streak.inARow = 0;
    this.#note(streak, false);
  }

  /** Whether it is time to say so: once for each trouble. `beganMs`: of the delivery, by a monotonic clock. */
  failed(sendId: number, { reason }: SendError, beganMs: number, nowMs: number): boolean {
    if (!COUNTED.has(reason)) return false;
    const streak = this.#of(sendId);
    if (beganMs < streak.sinceMs) return false;
    streak.inARow++;
    this.#note(streak, true);
    const { inARow, among } = this.#limits;
    if (streak.inARow < inARow && streak.recent.filter((error) => error).length < among.errors) return false;
    this.#streaks.set(sendId, { inARow: 0, recent: [], sinceMs: nowMs });
    return true;
  }

  #of(sendId: number): Streak {
    const streak = this.#streaks.get(sendId) ?? { inARow: 0, recent: [], sinceMs: Number.NEGATIVE_INFINITY };
    this.#streaks.set(sendId, streak);
    return streak;
  }

  #note({ recent }: Streak, failed: boolean): void {
    recent.push(failed);
    if (recent.length > this.#limits.among.last) recent.shift();
  }
}
