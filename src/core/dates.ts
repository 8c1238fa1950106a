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

const formats = new Map<string, Intl.DateTimeFormat>();

function partsIn(at: Date, timeZone: string): Parts {
  const found = new Map(
    formatIn(timeZone)
      .formatToParts(at)
      .map((part) => [part.type, part.value]),
  );
  const get = (type: Intl.DateTimeFormatPartTypes) => found.get(type) ?? '';
  return {
    year: get('year').padStart(4, '0'),
    month: get('month'),
    day: get('day'),
    hour: get('hour'),
    minute: get('minute'),
    second: get('second'),
    weekday: EN_DAYS.indexOf(get('weekday')),
    offset: get('timeZoneName').replace('GMT', '') || '+00:00',
  };
}

/** Kept per zone: making one takes far longer than using it, and an export asks for every row. */
function formatIn(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    weekday: 'long',
    timeZoneName: 'longOffset',
  });
  formats.set(timeZone, made);
  return made;
}

function monthOf(months: readonly string[], parts: Parts): string {
  return months[Number(parts.month) - 1] ?? '';
}

function words(list: string): readonly string[] {
  return list.split(' ');
}
