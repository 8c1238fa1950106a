import { isoWithOffset } from './dates.ts';

const MINUTE_MS = 60_000;

/**
 * The instant at which clocks of the zone show that day and time (`2027-04-20`, `10:00`). A time that the clocks leap
 * over is as much later; of one that they show twice it is the first. @throws {RangeError} on an unknown time zone
 */
export function instantAt(day: string, time: string, timeZone: string): Date {
  const wanted = Date.parse(`${day}T${time}:00Z`);
  // the offsets before and after it: where they are the same, that is it
  const [earlier, later] = [wanted - 24 * 60 * MINUTE_MS, wanted + 24 * 60 * MINUTE_MS].map((at) =>
    offsetMs(at, timeZone),
  ) as [number, number];
  const first = wanted - earlier;
  if (earlier === later || offsetMs(first, timeZone) === earlier) return new Date(first);
  const second = wanted - later;
  return new Date(offsetMs(second, timeZone) === later ? second : first);
}

/** `10:00`: what clocks of the zone show. @throws {RangeError} on an unknown time zone */
export function timeIn(at: Date, timeZone: string): string {
  return isoWithOffset(at, timeZone).slice(11, 16);
}

function offsetMs(at: number, timeZone: string): number {
  const iso = isoWithOffset(new Date(at), timeZone);
  return Date.parse(`${iso.slice(0, 19)}Z`) - Math.floor(at / 1000) * 1000;
}
