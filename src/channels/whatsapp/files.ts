import { SendError } from '../../messaging/contract.ts';
import { MAX_FILE_MEGABYTES } from '../../messaging/media.ts';
import type { Supervisor } from './supervisor.ts';

interface Try {
  /** How often the browser has ended over it. */
  readonly ends: number;
  readonly begunAtMs: number;
  readonly failedAtMs: number;
}

const MAX_FILE_BYTES = MAX_FILE_MEGABYTES * 1024 * 1024;
const FETCH_MS = 120_000;
const MOST_ENDS = 3;
/** A browser that ends so soon after a fetch has failed may have ended of it. */
const SOON_MS = 60_000;

/** Fetches files through the browser; one over which the browser ends again and again is given up. */
export class Files {
  readonly #supervisor: Pick<Supervisor, 'ask' | 'endedAtMs'>;
  /** By what is fetched: the last attempt, where it failed. */
  readonly #tries = new Map<string, Try>();

  constructor(supervisor: Pick<Supervisor, 'ask' | 'endedAtMs'>) {
    this.#supervisor = supervisor;
  }

  /** @throws {SendError} */
  async fetch(ref: string): Promise<ReadableStream<Uint8Array>> {
    const ends = this.#endsOver(ref);
    const begunAtMs = performance.now();
    this.#tries.delete(ref);
    if (ends >= MOST_ENDS) throw new SendError('rejected', `the browser has ended ${ends} times over this file`);
    try {
      const bytes = await this.#supervisor.ask('fetch', { messageId: ref, maxBytes: MAX_FILE_BYTES }, FETCH_MS);
      return new Blob([new Uint8Array(bytes)]).stream();
    } catch (thrown) {
      const again = thrown instanceof SendError && thrown.reason === 'unreachable';
      if (again) this.#tries.set(ref, { ends, begunAtMs, failedAtMs: performance.now() });
      throw thrown;
    }
  }

  #endsOver(ref: string): number {
    const last = this.#tries.get(ref);
    if (last === undefined) return 0;
    const { endedAtMs } = this.#supervisor;
    return last.ends + (endedAtMs >= last.begunAtMs && endedAtMs < last.failedAtMs + SOON_MS ? 1 : 0);
  }
}
