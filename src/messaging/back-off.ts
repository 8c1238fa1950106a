import { SendError } from './contract.ts';

/** Pauses between attempts: each twice the one before, up to the longest. */
export interface BackOff {
  readonly firstMs: number;
  readonly longestMs: number;
}

/** How long to wait after a failure that came after `attempts` others: as long as the platform says, where it says. */
export function waitMs(error: Error, attempts: number, { firstMs, longestMs }: BackOff): number {
  const told = error instanceof SendError ? error.retryAfterMs : null;
  return told ?? Math.min(longestMs, firstMs * 2 ** attempts);
}
