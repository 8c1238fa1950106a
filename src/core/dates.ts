import type { Locale } from './texts.ts';

/**
 * `short`: day, month and weekday. `long`: day, month and year. `with-time`: the long one and hours:minutes.
 * `dmy`: 22.11.2026.
 */
export type DateStyle = 'short' | 'long' | 'with-time' | 'dmy';

interface Parts {
  readonly year: string;
  /** 01-12 */
  readonly month: string;
  /** 01-31 */
  readonly day: string;
  readonly hour: string;
  readonly minute: string;
  readonly second: string;
  /** 0 is Sunday. */
  readonly weekday: number;
  /** `+06:00` */
  readonly offset: string;
}

// Own tables: the Kyrgyz styles of Intl are wrong ("2026-ж., 5-май", and "5/5/26" for the short one).
const KY_MONTHS = words('январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь');
const KY_MONTHS_OF = words('январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры');
const KY_DAYS = words('жекшемби дүйшөмбү шейшемби шаршемби бейшемби жума ишемби');
const RU_MONTHS_OF = words('января февраля марта апреля мая июня июля августа сентября октября ноября декабря');
const RU_DAYS = words('воскресенье понедельник вторник среда четверг пятница суббота');
const EN_MONTHS = words('January February March April May June July August September October November December');
const EN_DAYS = words('Sunday Monday Tuesday Wednesday Thursday Friday Saturday');

const WRITERS: Record<Locale, Record<Exclude<DateStyle, 'dmy'>, (p: Parts) => string>> = {
  ky: {
    short: (p) => `${Number(p.day)}-${monthOf(KY_MONTHS, p)}, ${KY_DAYS[p.weekday]}`,
    long: (p) => `${p.year}-жылдын ${Number(p.day)}-${monthOf(KY_MONTHS_OF, p)}`,
    'with-time': (p) => `${WRITERS.ky.long(p)}, саат ${p.hour}:${p.minute}`,
  },
  ru: {
    short: (p) => `${Number(p.day)} ${monthOf(RU_MONTHS_OF, p)}, ${RU_DAYS[p.weekday]}`,
    long: (p) => `${Number(p.day)} ${monthOf(RU_MONTHS_OF, p)} ${p.year} года`,
    'with-time': (p) => `${WRITERS.ru.long(p)}, ${p.hour}:${p.minute}`,
  },
  en: {
    short: (p) => `${EN_DAYS[p.weekday]} ${Number(p.day)} ${monthOf(EN_MONTHS, p)}`,
    long: (p) => `${Number(p.day)} ${monthOf(EN_MONTHS, p)} ${p.year}`,
    'with-time': (p) => `${WRITERS.en.long(p)}, ${p.hour}:${p.minute}`,
  },
};

/** A date as people read it in a language. @throws {RangeError} on an unknown time zone or an invalid date */
export function formatDate(at: Date, locale: Locale, timeZone: string, style: DateStyle): string {
  const parts = partsIn(at, timeZone);
  if (style === 'dmy') return `${parts.day}.${parts.month}.${parts.year}`;
  return WRITERS[locale][style](parts);
}

/** `2026-11-22T10:00:00+06:00`: the wall clock of the zone with its offset then; whole seconds. @throws {RangeError} as `formatDate` */
export function isoWithOffset(at: Date, timeZone: string): string {
  const p = partsIn(at, timeZone);
  return `${p.year}-${p.month}-${p.day}T${p.hour}:${p.minute}:${p.second}${p.offset}`;
}

/** The calendar year there at that instant. @throws {RangeError} as `formatDate` */
export function yearIn(at: Date, timeZone: string): number {
  return Number(partsIn(at, timeZone).year);
}

const DAY_MS = 86_400_000;

/** The wall clock of the zone at that instant, in days since 1899-12-30: a date as spreadsheets keep it. @throws {RangeError} as `formatDate` */
export function spreadsheetDay(at: Date, timeZone: string): number {
  const local = at.getTime() + offsetAt(at, zoneOf(timeZone)).ms;
  return Math.round(local / 1000) / (DAY_MS / 1000) + EPOCH_DAY;
}

/** 1970-01-01 in days since 1899-12-30. */
const EPOCH_DAY = 25_569;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  /** By the day of UTC; null for a day on which the clocks change. */
  readonly offsets: Map<number, Offset | null>;
}
interface Offset {
  /** `+06:00` */
  readonly text: string;
  readonly ms: number;
}

const zones = new Map<string, Zone>();

function partsIn(at: Date, timeZone: string): Parts {
  const offset = offsetAt(at, zoneOf(timeZone));
  const local = new Date(at.getTime() + offset.ms);
  return {
    year: digits(local.getUTCFullYear(), 4),
    month: digits(local.getUTCMonth() + 1),
    day: digits(local.getUTCDate()),
    hour: digits(local.getUTCHours()),
    minute: digits(local.getUTCMinutes()),
    second: digits(local.getUTCSeconds()),
    weekday: local.getUTCDay(),
    offset: offset.text,
  };
}

/** Kept by the day: to ask Intl takes longer than all the rest, and an export asks for every row. */
function offsetAt(at: Date, zone: Zone): Offset {
  const day = Math.floor(at.getTime() / DAY_MS);
  let known = zone.offsets.get(day);
  if (known === undefined) {
    const [first, last] = [askOffset(day * DAY_MS, zone), askOffset((day + 1) * DAY_MS - 1, zone)];
    known = first.ms === last.ms ? first : null;
    zone.offsets.set(day, known);
  }
  return known ?? askOffset(at.getTime(), zone);
}

function askOffset(ms: number, { format }: Zone): Offset {
  const name = format.formatToParts(ms).find((part) => part.type === 'timeZoneName')?.value ?? '';
  const text = name.replace('GMT', '') || '+00:00';
  const [hours = 0, minutes = 0, seconds = 0] = text.slice(1).split(':').map(Number);
  const size = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  return { text, ms: text.startsWith('-') ? -size : size };
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const made = { format, offsets: new Map<number, Offset | null>() };
  zones.set(timeZone, made);
  return made;
}

function digits(value: number, count = 2): string {
  return String(value).padStart(count, '0');
}

function monthOf(months: readonly string[], parts: Parts): string {
  return months[Number(parts.month) - 1] ?? '';
}

function words(list: string): readonly string[] {
  return list.split(' ');
}

/** Whether the name is a time zone of the IANA list, such as `Asia/Bishkek`. */
export function isTimeZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
