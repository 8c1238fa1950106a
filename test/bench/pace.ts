/** How long is measured, and how often by turns. */
export interface Pace {
  readonly rounds: number;
  /** Updates that a bot has answered before it is measured, so that all are equally warm. */
  readonly warmUp: number;
  readonly forMs: number;
}

export const FULL: Pace = { rounds: 3, warmUp: 1500, forMs: 8000 };

/** For a first look; a single round says nothing of the spread. */
export const SHORT: Pace = { rounds: 1, warmUp: 300, forMs: 4000 };
