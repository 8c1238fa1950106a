import { createHash } from 'node:crypto';
import type { SendFailure } from '../../messaging/contract.ts';
import type { ApiCall } from './outbound.ts';

const REMEMBERED = 1000;

/**
 * How far messages of several pieces came before a send failed, so that the next attempt at the same message goes on
 * where it stopped and repeats nothing. Kept in memory: after a crash all pieces come again.
 */
export class Progress {
  readonly #done = new Map<string, number>();

  /** How many of these calls an earlier attempt has made; forgotten by asking. */
  take(calls: readonly ApiCall[]): number {
    if (calls.length < 2) return 0;
    const key = keyOf(calls);
    const done = this.#done.get(key) ?? 0;
    this.#done.delete(key);
    return done;
  }

  /** Remembers a failure at the call number `done`, where another attempt is to be expected. */
  keep(calls: readonly ApiCall[], done: number, reason: SendFailure): void {
    if (done === 0 || (reason !== 'throttled' && reason !== 'unreachable')) return;
    this.#done.set(keyOf(calls), done);
    const [oldest] = this.#done.keys();
    if (this.#done.size > REMEMBERED && oldest !== undefined) this.#done.delete(oldest);
  }
}

function keyOf(calls: readonly ApiCall[]): string {
  return createHash('sha256').update(JSON.stringify(calls)).digest('hex');
}
