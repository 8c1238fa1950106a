import { expect } from 'vitest';

/** Waits for what a process on a busy machine will surely come to; a failure takes the whole ten seconds. */
export function eventually<T>(look: () => T) {
  return expect.poll(look, { timeout: 10_000, interval: 10 });
}
