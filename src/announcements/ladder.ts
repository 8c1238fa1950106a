import { addDays, dayIn } from '../core/days.ts';
import { instantAt, timeIn } from '../core/zoned.ts';
import { isQuiet, type QuietHours, quietUntil } from '../messaging/quiet-hours.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** `now`, or how long before the hearing: `7d`, `2h`, `30m`. */
export const RUNG = /^(?:now|[1-9]\d{0,2}[dhm])$/;
/** More would be a nuisance to everybody. */
export const MOST_RUNGS = 8;

type DailyHours = Omit<QuietHours, 'timeZone'>;

export interface LadderInput {
  readonly ladder: readonly string[];
  /** When `now` goes: the release, or a later date. */
  readonly nowAt: Date;
  /** Of the hearing; null: there is none. */
  readonly startsAt: Date | null;
  /** Times of day without reminders, in the municipality's zone; they may span midnight. */
  readonly quietHours: DailyHours;
  readonly timeZone: string;
}

/** A rung with its times. */
export interface PlannedRung {
  readonly rung: string;
  readonly dueAt: Date;
  /** From then on it is of no use: the next one is due, or the hearing has begun. Null: it always is. */
  readonly staleAt: Date | null;
  /** Its own time, where quiet hours put it off. */
  readonly postponedFrom: Date | null;
  /** It goes in quiet hours all the same: `now` goes when it is released, and a last reminder cannot wait. */
  readonly atNight: boolean;
}

/** What a ladder comes to: what is sent, the earliest first, and what is past already. */
export interface LadderPlan {
  readonly rungs: readonly PlannedRung[];
  readonly leftOut: readonly string[];
}

/**
 * Plans the sends of an announcement. Days are counted by the calendar of the zone, at the hour of the hearing; hours
 * and minutes as they pass. A reminder that falls into quiet hours waits for their end, unless it would be of no use
 * by then.
 */
export function planLadder({ ladder, nowAt, startsAt, quietHours, timeZone }: LadderInput): LadderPlan {
  const wanted = [...new Set(ladder)]
    .map((rung) => ({ rung, at: rung === 'now' ? nowAt : rungTime(rung, startsAt, timeZone) }))
    .sort((one, other) => one.at.getTime() - other.at.getTime());
  const begun = (at: Date) => startsAt !== null && at >= startsAt;
  const coming = wanted.filter(({ rung, at }) => (rung === 'now' || at > nowAt) && !begun(at));
  const rungs: PlannedRung[] = [];
  let staleAt = startsAt;
  for (const { rung, at } of coming.toReversed()) {
    const night = isQuiet(at, { ...quietHours, timeZone });
    const morning = quietUntil(at, { ...quietHours, timeZone });
    const waits = night && rung !== 'now' && (staleAt === null || morning < staleAt);
    const dueAt = waits ? morning : at;
    rungs.unshift({ rung, dueAt, staleAt, postponedFrom: waits ? at : null, atNight: night && !waits });
    staleAt = dueAt;
  }
  const kept = new Set(coming.map(({ rung }) => rung));
  return { rungs, leftOut: wanted.filter(({ rung }) => !kept.has(rung)).map(({ rung }) => rung) };
}

/** When a rung falls due by itself. @throws {RangeError} for a reminder where there is no hearing */
function rungTime(rung: string, startsAt: Date | null, timeZone: string): Date {
  if (startsAt === null) throw new RangeError(`rung '${rung}': expected 'now', there is no hearing to count back from`);
  const count = Number(rung.slice(0, -1));
  if (rung.endsWith('m')) return new Date(startsAt.getTime() - count * MINUTE_MS);
  if (rung.endsWith('h')) return new Date(startsAt.getTime() - count * HOUR_MS);
  return instantAt(addDays(dayIn(startsAt, timeZone), -count), timeIn(startsAt, timeZone), timeZone);
}
