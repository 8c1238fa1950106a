import { isoWithOffset } from './dates.ts';
import { foldWords } from './folding.ts';

const DAY_MS = 86_400_000;

/** The calendar day there at that instant, `2026-11-22`. @throws {RangeError} on an unknown time zone */
export function dayIn(at: Date, timeZone: string): string {
  return isoWithOffset(at, timeZone).slice(0, 10);
}

/** The day so many days later, or earlier. */
export function addDays(day: string, count: number): string {
  return new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);
}

/** The day of a spreadsheet's number: days since 1899-12-30, its time of day left out. Null before 1955 and after 2119. */
export function daySinceSpreadsheets(serial: number): string | null {
  if (serial < 20_000 || serial > 80_000) return null;
  return addDays('1899-12-30', Math.floor(serial));
}

/** The beginnings of the months in Kyrgyz, Russian and English, folded; «май» and «мая» differ in their end. */
const MONTHS = [
  ['иан', 'жан', 'jan'],
  ['фев', 'feb'],
  ['мар', 'mar'],
  ['апр', 'apr'],
  ['май', 'мая', 'майы', 'may'],
  ['июн', 'jun'],
  ['июл', 'jul'],
  ['авг', 'aug'],
  ['сен', 'sep'],
  ['окт', 'oct'],
  ['ноя', 'nov'],
  ['дек', 'dec'],
].map((names) => names.flatMap((name) => foldWords(name)));

const TIME = /(?<=\d|\s)[T\s,]\s*\d{1,2}:\d{2}.*$/;

/** A day as somebody wrote it; `year` null: they left it out. */
interface WrittenDay {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
}

/**
 * The day that people write in many ways: 31.12.2025, 31/12/25, 31-12-2025, 2025-12-31 (also with a time behind it),
 * 5-май 2025, 2025-жылдын 5-майы, 5 мая 2025 г., May 5, 2025. Without a year: the last such day up to `today`. Null for
 * anything else, and for days that no month has.
 */
export function parseDay(text: string, today: string): string | null {
  return completed(readDay(text), today, (found, inYear) => (found !== null && found <= today ? found : inYear(-1)));
}

/** The same for what is yet to come: without a year it is the first such day from `today` on. */
export function parseComingDay(text: string, today: string): string | null {
  return completed(readDay(text), today, (found, inYear) => (found !== null && found >= today ? found : inYear(1)));
}

/** Where no year was written, `choose` gets the day of this year and may take that of another one. */
function completed(
  written: WrittenDay | null,
  today: string,
  choose: (found: string | null, inYear: (yearsOn: number) => string | null) => string | null,
): string | null {
  if (written === null) return null;
  const { year, month, day } = written;
  if (year !== null) return toDay(year, month, day);
  const inYear = (yearsOn: number) => toDay(Number(today.slice(0, 4)) + yearsOn, month, day);
  return choose(inYear(0), inYear);
}

function readDay(text: string): WrittenDay | null {
  const bare = text.trim().replace(TIME, '').trim();
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})$/.exec(bare);
  if (iso !== null) return { year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) };
  const dmy = /^(\d{1,2})\s?[-./]\s?(\d{1,2})(?:\s?[-./]\s?(\d{4}|\d{2})\.?)?(?:\s?(?:г|ж)\.?)?$/u.exec(bare);
  if (dmy !== null) return { year: yearOf(dmy[3]), month: Number(dmy[2]), day: Number(dmy[1]) };
  return readNamedMonth(bare);
}

function readNamedMonth(text: string): WrittenDay | null {
  const words = foldWords(text);
  const numbers = words.filter((word) => /^\d+$/.test(word));
  const months = words.flatMap((word) => {
    const index = MONTHS.findIndex((names) => names.some((name) => word.startsWith(name)));
    return index === -1 ? [] : [index + 1];
  });
  const [month] = months;
  if (month === undefined || months.length > 1 || words.length > 6) return null;
  const year = numbers.find((number) => number.length === 4);
  const days = numbers.filter((number) => number.length <= 2);
  if (days.length !== 1 || numbers.length > (year === undefined ? 1 : 2)) return null;
  return { year: yearOf(year), month, day: Number(days[0]) };
}

function yearOf(year: string | undefined): number | null {
  if (year === undefined) return null;
  return year.length === 2 ? 2000 + Number(year) : Number(year);
}

function toDay(year: number, month: number, day: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  const exists = at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
  return exists && year >= 1900 ? at.toISOString().slice(0, 10) : null;
}
