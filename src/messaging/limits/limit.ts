/** `reply`: to somebody who has just written; never held back, but counted. `bulk` comes after all others. */
export type Urgency = 'reply' | 'personal' | 'bulk';

/** What became of a message; `refused`: the platform answered, and does not take it. */
export type Outcome = 'sent' | 'refused' | 'throttled' | 'unreachable' | 'untried';

/** A message that is on the wire. Times are of a monotonic clock. */
export interface Going {
  readonly urgency: Urgency;
  /** Messages of the platform that it becomes. */
  readonly pieces: number;
  readonly beganMs: number;
}

/** One rule of how fast an account may send. */
export interface Limit {
  /** How many messages may begin now. */
  room(urgency: Urgency, nowMs: number): number;
  /** Where there is no room: milliseconds until it is worth asking again. */
  waitMs(urgency: Urgency, nowMs: number): number;
  began(going: Going): void;
  ended(going: Going, outcome: Outcome, nowMs: number): void;
}
