import type { SendError, SendFailure } from '../messaging/contract.ts';
import type { ErrorLimits } from '../messaging/pace.ts';
import type { ClaimedDelivery } from './claim.ts';

/** Told of a send of which too many deliveries fail. */
export type OnManyErrors = (sendId: number, reason: SendFailure) => Promise<void>;

/** Those that say something of the send or of the platform, and nothing of the person. */
const COUNTED: ReadonlySet<SendFailure> = new Set(['unreachable', 'rejected', 'misconfigured']);

type Tried = Pick<ClaimedDelivery, 'id' | 'sendId'>;

interface Streak {
  inARow: number;
  /** The last ones, the oldest first; true: it failed. */
  recent: boolean[];
  /** Of deliveries that have failed and may be tried again. */
  readonly failedIds: Set<number>;
  sinceMs: number;
}

/**
 * Counts the errors of each send, those that come in a row and those among the last ones. A delivery counts once,
 * however often it is tried: one chat that cannot be reached says nothing of the others. What was begun before the last
 * word on it counts no more: those are of the same trouble.
 */
export class ErrorStreaks {
  readonly #limits: ErrorLimits;
  readonly #streaks = new Map<number, Streak>();

  constructor(limits: ErrorLimits) {
    this.#limits = limits;
  }

  succeeded({ id, sendId }: Tried): void {
    const streak = this.#of(sendId);
    streak.failedIds.delete(id);
    streak.inARow = 0;
    this.#note(streak, false);
  }

  /** Whether it is time to say so: once for each trouble. `beganMs`: of the delivery, by a monotonic clock. */
  failed({ id, sendId }: Tried, { reason }: SendError, beganMs: number, nowMs: number): boolean {
    if (!COUNTED.has(reason)) return false;
    const streak = this.#of(sendId);
    if (beganMs < streak.sinceMs || streak.failedIds.has(id)) return false;
    streak.failedIds.add(id);
    streak.inARow++;
    this.#note(streak, true);
    const { inARow, among } = this.#limits;
    if (streak.inARow < inARow && streak.recent.filter((error) => error).length < among.errors) return false;
    this.#streaks.set(sendId, newStreak(nowMs));
    return true;
  }

  #of(sendId: number): Streak {
    const streak = this.#streaks.get(sendId) ?? newStreak(Number.NEGATIVE_INFINITY);
    this.#streaks.set(sendId, streak);
    return streak;
  }

  #note({ recent }: Streak, failed: boolean): void {
    recent.push(failed);
    if (recent.length > this.#limits.among.last) recent.shift();
  }
}

function newStreak(sinceMs: number): Streak {
  return { inARow: 0, recent: [], failedIds: new Set(), sinceMs };
}
