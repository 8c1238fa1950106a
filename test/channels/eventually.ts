import { expect } from 'vitest';

/** Waits as long as any poll does, and looks often: most of it comes within moments. */
export function eventually<T>(look: () => T) {
  return expect.poll(look, { interval: 10 });
}
