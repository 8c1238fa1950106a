import { mkdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { AppError, toError } from '../../core/errors.ts';
import type { WorkerInput, WorkerNews } from './worker.ts';

export interface EmbeddedServer {
  /** Ends the thread in order; what is committed is on the disk before it resolves. */
  close(): Promise<void>;
}

/**
 * Starts the database of a folder in a thread of its own and resolves once it serves. Only the owner of the folder may.
 * `onEnd` is called in the tick in which the thread ends by itself: nothing can be stored from then on.
 * @throws {AppError} `data-dir` when the database does not open
 */
export async function startEmbedded(
  input: WorkerInput,
  on: { readonly end: (cause: Error) => void; readonly silent: () => void },
): Promise<EmbeddedServer> {
  try {
    mkdirSync(input.folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw notOpened(input.folder, cause);
  }
  // Not process.execArgv: the flags that run the program itself are not for the thread.
  const worker = new Worker(new URL('./worker.mjs', import.meta.url), {
    workerData: input,
    execArgv: [],
  });
  let closing = false;
  let failure = new Error('the thread of the embedded database ended');
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    const failed = (cause: unknown) => reject(notOpened(input.folder, cause));
    const exited = () => failed(failure);
    worker.once('error', failed);
    worker.once('exit', exited);
    worker.on('message', (news: WorkerNews) => {
      if (news === 'silent') return on.silent();
      worker.off('error', failed);
      worker.off('exit', exited);
      resolve();
    });
  });
  worker.on('error', (cause) => {
    failure = toError(cause);
  });
  worker.on('exit', () => {
    if (!closing) on.end(failure);
  });
  return {
    async close() {
      closing = true;
      worker.postMessage('close');
      await ended;
    },
  };
}

function notOpened(folder: string, cause: unknown): AppError {
  return new AppError('data-dir', `The embedded database in ${folder} does not open: ${toError(cause).message}.`, {
    cause,
  });
}
