import { addDays, parseDay } from './days.ts';
import { foldWords } from './folding.ts';

/** What somebody typed of a day and a time to come; null where they said nothing of it. */
export interface TypedMoment {
  /** `2027-04-20` */
  readonly day: string | null;
  /** `10:00` */
  readonly time: string | null;
}

/** A day without a year is the one that lies at most so many days ahead; else it was meant to be past. */
const AHEAD_DAYS = 275;

const RELATIVE: readonly (readonly string[])[] = [
  ['бүгүн', 'сегодня', 'today'],
  ['эртең', 'завтра', 'tomorrow'],
  ['бүрсүгүнү', 'бүрсүгүн', 'послезавтра'],
].map((names) => names.map((name) => foldWords(name).join(' ')));

/** From Sunday; the beginnings, since days have endings in all three languages. */
const WEEKDAYS = [
  ['жекшемб', 'воскрес', 'sunday'],
  ['дүйшөмб', 'понедельн', 'monday'],
  ['шейшемб', 'вторник', 'tuesday'],
  ['шаршемб', 'сред', 'wednesday'],
  ['бейшемб', 'четверг', 'thursday'],
  ['жума', 'пятниц', 'friday'],
  ['ишемби', 'суббот', 'saturday'],
].map((names) => names.flatMap((name) => foldWords(name)));

/** Of a time: hours, minutes, and whether they are of the afternoon. */
const PATTERNS: readonly RegExp[] = [
  // 10:00, 10:00дө
  /(?<![\d.:/-])(\d{1,2}):(\d{2})\p{L}*(?:\s*(утра|дня|вечера|am|pm)(?!\p{L}))?/u,
  // саат 10, в 10.30, at 3 pm
  /(?<!\p{L})(?:саат|в|к|at)\s+(\d{1,2})(?:[.\- ](\d{2}))?(?![\d.]*\d)\p{L}*(?:\s+(?:час\p{L}*\s*)?(утра|дня|вечера|am|pm)(?!\p{L}))?/u,
  // 10 часов, 3 pm, 10 саатта
  /(?<![\d.:/-])(\d{1,2})(?:[.-](\d{2}))?\s*(?:(?:час\p{L}*|ч(?!\p{L})|саат\p{L}*)\s*)?(утра|дня|вечера|am|pm)(?!\p{L})/u,
  /(?<![\d.:/-])(\d{1,2})(?:[.-](\d{2}))?\s*(?:час\p{L}*|ч(?!\p{L})|саат\p{L}*)/u,
  // behind a day: 20.04 10.00, 20-апрель 10
  /(?<=\S\s)(\d{1,2})(?:[.-](\d{2}))?$/u,
];
const AFTERNOON = new Set(['дня', 'вечера', 'pm']);
const LATE = /түштөн кийин|кечинде|кечки/u;
const ORDINAL = /(\d)-?(?:чы|чи|чу|чү|го|е|ое|ому|st|nd|rd|th|да|де|до|дө|га|ге|ка|ке|кө|ко|гө|го)(?!\p{L})/gu;
const FILLERS = new Set(foldWords('күнү күн саат түштөн кийин кечинде кечки кийинки в во на к at on the next'));

/**
 * The day and the time to come that people write in many ways: «20.04 10:00», «20-апрель саат 10», «эртең 14:00»,
 * «жума», «20 апреля в 10 утра», «20 April at 3 pm», «10:30». `today` is the day there now. A day without a year is the
 * nearest one, ahead or just past. Null for anything else.
 */
export function parseMoment(text: string, today: string): TypedMoment | null {
  const words = text.toLowerCase().replace(/[,;]/g, ' ').replace(/\s+/g, ' ').trim();
  for (const pattern of PATTERNS) {
    const found = pattern.exec(words);
    if (found === null) continue;
    const time = timeOf(found, words);
    const rest = `${words.slice(0, found.index)} ${words.slice(found.index + found[0].length)}`;
    const day = time === null ? null : dayOf(rest, today);
    if (time !== null && day !== null) return { day: day === '' ? null : day, time };
  }
  // what looks like a time and is none must not be overlooked
  const day = /\d:\d/.test(words) ? null : dayOf(words, today);
  return day === null || day === '' ? null : { day, time: null };
}

function timeOf(
  [, hours = '', minutes = '0', part = '']: readonly (string | undefined)[],
  words: string,
): string | null {
  const [h, m] = [Number(hours), Number(minutes)];
  const late = (AFTERNOON.has(part) || LATE.test(words)) && h < 12 ? 12 : 0;
  const midnight = part === 'am' && h === 12 ? -12 : 0;
  const hour = h + late + midnight;
  return hour > 23 || m > 59 ? null : `${String(hour).padStart(2, '0')}:${String(m).padStart(2, '0')}`;
}

/** Empty: nothing is said of a day. Null: what is said is none. */
function dayOf(text: string, today: string): string | null {
  const bare = text
    .replace(/эртең менен/gu, ' ')
    .replace(ORDINAL, '$1')
    .trim();
  const said = foldWords(bare).filter((word) => !FILLERS.has(word));
  if (said.length === 0) return '';
  const key = said.join(' ');
  const ahead = RELATIVE.findIndex((names) => names.includes(key));
  if (ahead !== -1) return addDays(today, ahead);
  const weekday = said.length === 1 ? WEEKDAYS.findIndex((names) => names.some((name) => key.startsWith(name))) : -1;
  if (weekday !== -1) return nextWeekday(weekday, today);
  return parseDay(
    bare.replace(/(?<!\p{L})(?:в|во|на|к|at|on|the|күнү)(?!\p{L})/gu, ' ').trim(),
    addDays(today, AHEAD_DAYS),
  );
}

/** The next such day after today. */
function nextWeekday(weekday: number, today: string): string {
  const now = new Date(`${today}T00:00:00Z`).getUTCDay();
  return addDays(today, ((weekday - now + 6) % 7) + 1);
}
