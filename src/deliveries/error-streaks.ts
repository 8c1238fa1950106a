import type { SendError, SendFailure } from '../messaging/contract.ts';

/** Told of a send of which one delivery after the other fails. */
export type OnErrorsInARow = (sendId: number, reason: SendFailure) => Promise<void>;

/** Those that say something of the send or of the platform, and nothing of the person. */
const COUNTED: ReadonlySet<SendFailure> = new Set(['unreachable', 'rejected', 'misconfigured']);

/**
 * Counts the errors of each send that come in a row. What was begun before the last word on it counts no more: those
 * are of the same trouble.
 */
export class ErrorStreaks {
  readonly #most: number;
  readonly #streaks = new Map<number, { count: number; sinceMs: number }>();

  constructor(most: number) {
    this.#most = most;
  }

  succeeded(sendId: number): void {
    this.#streaks.delete(sendId);
  }

  /** Whether it is time to say so: once for each streak. `beganMs`: of the delivery, by a monotonic clock. */
  failed(sendId: number, { reason }: SendError, beganMs: number, nowMs: number): boolean {
    if (!COUNTED.has(reason)) return false;
    const streak = this.#streaks.get(sendId) ?? { count: 0, sinceMs: Number.NEGATIVE_INFINITY };
    this.#streaks.set(sendId, streak);
    if (beganMs < streak.sinceMs) return false;
    streak.count++;
    if (streak.count < this.#most) return false;
    streak.count = 0;
    streak.sinceMs = nowMs;
    return true;
  }
}
