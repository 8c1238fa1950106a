import { timeIn } from '../core/zoned.ts';

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
