import { type BackOff, waitMs } from '../messaging/back-off.ts';
import type { SendError } from '../messaging/contract.ts';
import type { DeliveryReason } from './tables.ts';

/** What becomes of a delivery whose send failed. */
export type AfterFailure =
  /** Tried again after `waitMs`, unless its deadline comes before: then it failed, for `reason`. */
  | { readonly what: 'retry'; readonly waitMs: number; readonly reason: DeliveryReason }
  | { readonly what: 'fail'; readonly reason: DeliveryReason }
  /** Failed, and so will all others to this address. */
  | { readonly what: 'give-up-address'; readonly reason: 'blocked' | 'gone' }
  /** The chat has a new id: the address is changed, and the delivery tried again. */
  | { readonly what: 'follow'; readonly toId: string };

const BACK_OFF: BackOff = { firstMs: 1_000, longestMs: 10 * 60_000 };
/** A platform that sends us to and fro between two chats is not followed for ever. */
const MOST_MOVES = 3;

/** Decides after a failure that came after `attempts` others. */
export function afterFailure(error: SendError, attempts: number): AfterFailure {
  switch (error.reason) {
    case 'blocked':
    case 'gone':
      return { what: 'give-up-address', reason: error.reason };
    case 'rejected':
      return { what: 'fail', reason: 'rejected' };
    case 'moved':
      if (error.movedTo === null || attempts >= MOST_MOVES) return { what: 'fail', reason: 'moved' };
      return { what: 'follow', toId: error.movedTo };
    case 'throttled':
      return { what: 'retry', waitMs: waitMs(error, attempts, BACK_OFF), reason: 'unreachable' };
    case 'unreachable':
    case 'misconfigured':
      return { what: 'retry', waitMs: waitMs(error, attempts, BACK_OFF), reason: error.reason };
  }
}
