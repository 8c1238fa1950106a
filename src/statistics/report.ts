import type { Locale } from '../core/texts.ts';
import type { ChannelName } from '../messaging/contract.ts';
import type { ProposalStatus } from '../proposals/rules.ts';

/**
 * Which proposals are counted: of the villages that belong to the municipality today, neither hidden nor of the TEST
 * series nor withdrawn; merged ones too, since they were received. A status or a channel that is named is counted
 * whatever it is.
 */
export interface Selection {
  readonly municipalityId: number;
  readonly villageId?: string | undefined;
  readonly sectorId?: string | undefined;
  readonly status?: ProposalStatus | undefined;
  readonly channel?: ChannelName | undefined;
  readonly language?: Locale | undefined;
  /** First and last day of submission, both included, in the municipality's zone: `2026-11-22`. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

export const DIMENSIONS = ['village', 'sector', 'sex', 'ageBand', 'channel', 'source', 'month'] as const;
export type Dimension = (typeof DIMENSIONS)[number];

/** A record of what `make` returns for each dimension. */
export function byDimension<T>(make: (name: Dimension) => T): Record<Dimension, T> {
  return Object.fromEntries(DIMENSIONS.map((name) => [name, make(name)])) as Record<Dimension, T>;
}

/** A number, or null where it is withheld because it is small or would give a small one away. */
export type Cell = number | null;

/**
 * Proposals, and different people behind them. Authors: residents, and whoever spoke on paper or stands in an imported
 * file, each of those once a proposal. A person who was erased is nobody's author any more; the proposals stay.
 */
export interface Count<N extends Cell = number> {
  readonly proposals: N;
  readonly authors: N;
  readonly supporters: N;
}

/** One part of a dimension. `key` null: not said, or, of the channel, none (paper and import). */
export interface Part<N extends Cell = number> extends Count<N> {
  readonly key: string | null;
}

/**
 * Who took part in a village; the parts of each sort add up to `authors`. `villageId` null: the last row, the whole
 * municipality, where a person who wrote of two villages counts once.
 */
export interface ParticipationRow<N extends Cell = number> extends Count<N> {
  readonly villageId: string | null;
  readonly women: N;
  readonly men: N;
  readonly sexUnsaid: N;
  readonly age14: N;
  readonly age29: N;
  readonly age55: N;
  readonly ageUnsaid: N;
  readonly meetings: number;
  readonly meetingPeople: N;
  /** At the meetings where women were counted. Null also where they were counted at none. */
  readonly meetingWomen: Cell;
  /** People at the meetings where women were counted. */
  readonly meetingPeopleCounted: N;
}

/** The share that women should have among those who take part, in percent. */
export const WOMEN_GOAL_PERCENT = 30;

/** Women among those whose sex is known. `percent` has one decimal; null where nobody's is known. */
export interface WomenShare<N extends Cell = number> {
  readonly women: N;
  readonly known: N;
  readonly percent: Cell;
  readonly goalPercent: typeof WOMEN_GOAL_PERCENT;
  /** Null where nobody's sex is known. */
  readonly belowGoal: boolean | null;
}

/** Statistics of a municipality. In each dimension the proposals of the parts add up to the total. */
export interface Report<N extends Cell = number> {
  readonly municipalityId: number;
  readonly countedAt: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly total: Count<N>;
  readonly by: Readonly<Record<Dimension, readonly Part<N>[]>>;
  /** How often authors and supporters count in a second part of a dimension: parts less this is the total. */
  readonly countedTwice: Readonly<Record<Dimension, { readonly authors: N; readonly supporters: N }>>;
  readonly villages: readonly ParticipationRow<N>[];
  readonly villagesWithNone: readonly string[];
  readonly womenAuthors: WomenShare<N>;
  readonly womenAtMeetings: WomenShare<N>;
  readonly meetings: number;
  /** Authors of a group that needs support: a sum over the municipality, never more. */
  readonly vulnerable: N;
}

/** Raised with the shape: a kept report of another one is counted anew. */
export const REPORT_VERSION = '1';
