import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Clock } from '../../core/clock.ts';
import { SendError } from '../../messaging/contract.ts';

const REF = /^[0-9a-f-]{36}$/;
const KEEP_MS = 7 * 24 * 60 * 60 * 1000;

/** Files that fictional residents sent: kept a week, so that the media worker can fetch them after a restart too. */
export interface Uploads {
  /** Stores the bytes, readable by this user only; returns the ref. */
  save(bytes: Uint8Array): Promise<string>;
  /** @throws {SendError} `gone` when there is no such file */
  read(ref: string): Promise<ReadableStream<Uint8Array>>;
  path(ref: string): string;
  /** Removes what is older than a week. */
  prune(): Promise<void>;
}

/** Keeps uploads in `dir`, which is made when first needed. */
export function createUploads(dir: string, clock: Clock): Uploads {
  return {
    path: (ref) => join(dir, ref),
    async save(bytes) {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const ref = randomUUID();
      await writeFile(join(dir, ref), bytes, { mode: 0o600, flag: 'wx' });
      return ref;
    },
    async read(ref) {
      if (!REF.test(ref)) throw new SendError('gone', 'no upload has such a ref');
      try {
        const handle = await open(join(dir, ref));
        return toBytes(handle.createReadStream());
      } catch (cause) {
        throw new SendError('gone', `upload ${ref} is not there`, { cause });
      }
    },
    async prune() {
      const names = await readdir(dir).catch(() => []);
      for (const name of names.filter((n) => REF.test(n))) {
        const info = await stat(join(dir, name)).catch(() => null);
        if (info !== null && clock.now().getTime() - info.mtimeMs > KEEP_MS) await rm(join(dir, name), { force: true });
      }
    },
  };
}

/** The node stream as a web stream of bytes. */
function toBytes(stream: Readable): ReadableStream<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await chunks.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel() {
      stream.destroy();
    },
  });
}
