import { yearIn } from '../core/dates.ts';
import { addDays, dayIn } from '../core/days.ts';
import { instantAt } from '../core/zoned.ts';
import type { CalendarItem } from '../places/catalogue.ts';

/** When staff are reminded, on the clocks of the municipality. */
const HOUR = '08:00';

/** What the calendar wants in one year. */
export interface Occurrence {
  readonly year: number;
  readonly dueAt: Date;
  /** From then on the reminder is of no use. */
  readonly endsAt: Date;
}

/** What is to be done with an item now. */
export interface Step {
  /** When it is looked at next. */
  readonly nextDueAt: Date;
  /** What staff are reminded of. */
  readonly remind: Occurrence | null;
  /** Years whose reminder nobody got, and nobody will. */
  readonly missed: readonly number[];
}

type Days = Pick<CalendarItem, 'on' | 'until'>;

/** An item's turn in a year; one that ends before it begins ends in the year after. */
export function occurrenceIn({ on, until }: Days, timeZone: string, year: number): Occurrence {
  const last = dayOf(until < on ? year + 1 : year, until);
  return {
    year,
    dueAt: instantAt(dayOf(year, on), HOUR, timeZone),
    endsAt: instantAt(addDays(last, 1), '00:00', timeZone),
  };
}

/** The next morning after an instant. */
export function nextMorning(now: Date, timeZone: string): Date {
  return instantAt(addDays(dayIn(now, timeZone), 1), HOUR, timeZone);
}

/**
 * Decides on an item that was planned for `nextDueAt`, or was never looked at (null): then it is begun with at once
 * where it is in season. Of turns that have passed since, the latest is still reminded of while it is in season; the
 * others were missed. Null: there is nothing to do. A plan that fits no season any more, since the calendar is another
 * one by now, moves to that year's; one that lies years ahead was made by a clock that was wrong.
 */
export function decide(item: Days, timeZone: string, nextDueAt: Date | null, now: Date): Step | null {
  const of = (year: number) => occurrenceIn(item, timeZone, year);
  const thisYear = of(yearIn(now, timeZone));
  const latest = thisYear.dueAt <= now ? thisYear : of(thisYear.year - 1);
  const next = of(latest.year + 1);
  const timely = now < latest.endsAt ? latest : null;
  if (nextDueAt === null) return { nextDueAt: next.dueAt, remind: timely, missed: [] };
  const planned = plannedFor(of, yearIn(nextDueAt, timeZone), nextDueAt);
  if (planned.at > now) {
    const at = planned.year > next.year + 1 ? next.dueAt : planned.at;
    return at.getTime() === nextDueAt.getTime() ? null : { nextDueAt: at, remind: null, missed: [] };
  }
  const missed: number[] = [];
  for (let year = planned.year; year < latest.year; year++) missed.push(year);
  if (timely === null) missed.push(latest.year);
  return { nextDueAt: next.dueAt, remind: timely, missed };
}

/** Which turn a plan means, and when it is due: within a season as planned, else when that year's begins. */
function plannedFor(of: (year: number) => Occurrence, year: number, at: Date): { year: number; at: Date } {
  const season = [of(year - 1), of(year)].find(({ dueAt, endsAt }) => dueAt <= at && at < endsAt);
  return season === undefined ? { year, at: of(year).dueAt } : { year: season.year, at };
}

/** `2027-02-28` for 02-29 in a year that has none. */
function dayOf(year: number, monthAndDay: string): string {
  const [month = 1, day = 1] = monthAndDay.split('-').map(Number);
  const longest = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1, Math.min(day, longest))).toISOString().slice(0, 10);
}
