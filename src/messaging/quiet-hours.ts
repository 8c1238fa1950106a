import { addDays, dayIn } from '../core/days.ts';
import { instantAt, timeIn } from '../core/zoned.ts';

/** From one time of the day to another, as `21:00`; over midnight where it ends before it begins. */
export interface QuietHours {
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/** Whether the wall clock of the zone is within the quiet hours; their end no longer is. */
export function isQuiet(at: Date, { from, to, timeZone }: QuietHours): boolean {
  const time = timeIn(at, timeZone);
  return from <= to ? from <= time && time < to : from <= time || time < to;
}

/** The end of the quiet hours that run at that instant. */
export function quietUntil(at: Date, { from, to, timeZone }: QuietHours): Date {
  const today = dayIn(at, timeZone);
  const overMidnight = from > to && timeIn(at, timeZone) >= from;
  return instantAt(overMidnight ? addDays(today, 1) : today, to, timeZone);
}
