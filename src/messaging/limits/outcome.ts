import type { SendError } from '../contract.ts';
import type { Outcome } from './limit.ts';

/** What a failure says about how fast we may send. */
export function outcomeOf({ reason, chatOnly }: SendError): Outcome {
  if (chatOnly) return 'refused';
  return reason === 'throttled' || reason === 'unreachable' ? reason : 'refused';
}
