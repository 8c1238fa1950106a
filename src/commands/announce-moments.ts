import { z } from 'zod';
import { AppError } from '../core/errors.ts';
import { instantAt } from '../core/zoned.ts';

const INSTANT = /^(\d{4}-\d\d-\d\d)T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;
const LOCAL = /^(\d{4}-\d\d-\d\d)[T ](([01]\d|2[0-3]):[0-5]\d)$/;

/** `2027-04-20T10:00:00+06:00`, also without seconds; null for anything else, and for days that no month has. */
export function instantOf(text: string): Date | null {
  const [, day] = INSTANT.exec(text) ?? [];
  return day !== undefined && isDay(day) ? new Date(text) : null;
}

/** The same, or what clocks of the zone show: `2027-04-20 10:00`. @throws {AppError} `invalid` */
export function momentOf(option: string, text: string, timeZone: string): Date {
  const instant = instantOf(text);
  if (instant !== null) return instant;
  const [, day, time] = LOCAL.exec(text) ?? [];
  if (day !== undefined && time !== undefined && isDay(day)) return instantAt(day, time, timeZone);
  throw new AppError('invalid', `${option} '${text}': expected a time such as "2027-04-20 10:00".`);
}

function isDay(text: string): boolean {
  return z.iso.date().safeParse(text).success;
}
