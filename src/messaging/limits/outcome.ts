import type { SendError } from '../contract.ts';
import type { Outcome } from './limit.ts';

/** What a failure says about how fast we may send. */
export function outcomeOf({ reason }: SendError): Outcome {
  return reason === 'throttled' || reason === 'unreachable' ? reason : 'refused';
}
