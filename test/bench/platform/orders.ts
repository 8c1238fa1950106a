/** What the platform is told, a line each. */
export type PlatformOrder =
  /** What it has seen so far; answered at once. */
  | { readonly what: 'look' }
  /** Residents who are none of the recipients write by turns, so many a second, until it is told to stop. */
  | { readonly what: 'talk'; readonly perSecond: number }
  /** Answered with how long each answer took, in ms. */
  | { readonly what: 'stop-talking' };

/** Of the sends that were not refused. */
export interface Arrivals {
  /** Recipients who got it, and who got it more than once. */
  readonly served: number;
  readonly twice: number;
  readonly refused: number;
  /** `Date.now()` of the last hundred. */
  readonly lastTimes: readonly number[];
  readonly perSecond: number;
  readonly mostInASecond: number;
}
