import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const EVERY_MS = 100;

/**
 * Runs long work of a command that shares a small machine with the program. V8 keeps what is not needed any more for as
 * long as the machine has memory, a hundred megabytes more than the work uses; here it lets go of it now and then, at
 * about a tenth of the speed. (A flag of Node would have to stand on the command line.)
 */
export async function staySmall<T>(work: () => Promise<T>): Promise<T> {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') return work();
  const timer = setInterval(() => collect(), EVERY_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
