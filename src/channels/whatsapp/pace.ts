import type { Between, ErrorLimits, Pace } from '../../messaging/pace.ts';
import type { QuietHours } from '../../messaging/quiet-hours.ts';

export interface WhatsAppPace {
  /** Between two announcements. */
  readonly minGapMs: number;
  readonly maxGapMs: number;
  readonly hourlyCap: number;
  readonly dailyCap: number;
  readonly warmUpDays: number;
  readonly quietHours: QuietHours | null;
}

/** WhatsApp publishes no limits; a person who types is no faster. */
const OTHER_GAP: Between = { minMs: 1_000, maxMs: 3_000 };
/** What the library can do at most; with the gap, this never decides. */
const PER_SECOND = 100;
/** Errors that rise are the last word before a number is blocked. With the longest gap that is three minutes. */
const ERRORS: ErrorLimits = { inARow: 10, among: { errors: 10, last: 20 } };
/** What a number may send in bulk on the day it is linked, of its caps. */
const FIRST_DAY = 0.1;

/**
 * What WhatsApp bears from a number that is not to be blocked. `ageDays`: days since it was first linked, then or now;
 * null: it is not known, and the number is taken for new.
 */
export function whatsappPace(options: WhatsAppPace, ageDays: (at?: Date) => number | null): Pace {
  const { minGapMs, maxGapMs, hourlyCap, dailyCap, warmUpDays, quietHours } = options;
  return {
    perSecond: PER_SECOND,
    chatGapMs: () => 0,
    gap: { bulk: { minMs: minGapMs, maxMs: maxGapMs }, other: atMost(OTHER_GAP, maxGapMs) },
    caps: { perHour: hourlyCap, perDay: dailyCap, share: (at) => warmedUp(ageDays(at) ?? 0, warmUpDays) },
    errors: ERRORS,
    ...(quietHours ? { quietHours } : {}),
  };
}

/** From a tenth on the first day to the whole, evenly. */
function warmedUp(ageDays: number, warmUpDays: number): number {
  return ageDays >= warmUpDays ? 1 : FIRST_DAY + (1 - FIRST_DAY) * (Math.max(0, ageDays) / warmUpDays);
}

/** Who sets a shorter pause for announcements wants none that is longer. */
function atMost({ minMs, maxMs }: Between, mostMs: number): Between {
  return { minMs: Math.min(minMs, mostMs), maxMs: Math.min(maxMs, mostMs) };
}
