import { expect } from 'vitest';

/** Waits for what a process on a busy machine will surely come to; a failure takes the whole minute. */
export function eventually<T>(look: () => T) {
  return expect.poll(look, { timeout: 60_000, interval: 10 });
}
