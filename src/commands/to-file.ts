import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { AppError, toError } from '../core/errors.ts';

/** Writes a file, under another name until it is whole. Returns what `write` does. @throws {AppError} `conflict` */
export async function toFile<T>(path: string, write: (out: Writable) => Promise<T>): Promise<T> {
  const partial = `${path}.part`;
  const out = createWriteStream(partial);
  await once(out, 'open').catch((cause: unknown) => {
    throw new AppError('conflict', `${path} cannot be written: ${toError(cause).message}`, { cause });
  });
  try {
    const result = await write(out);
    out.end();
    await once(out, 'finish');
    await rename(partial, path);
    return result;
  } catch (cause) {
    out.destroy();
    await rm(partial, { force: true });
    throw cause;
  }
}
