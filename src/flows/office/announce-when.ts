import { addDays, dayIn } from '../../core/days.ts';
import { parseMoment, type TypedMoment } from '../../core/moment.ts';
import { parseTime } from '../../core/times.ts';
import { instantAt } from '../../core/zoned.ts';
import type { Input, Option, Parsed } from '../../dialog/types.ts';
import type { Desk } from './announce-desk.ts';
import { dayText, momentText, type Telling } from './announce-words.ts';

export interface WhenQuestion {
  readonly prompt: string;
  /** Days that are likely, `2027-04-20`, offered as buttons; they may depend on the day there now. */
  readonly days: (today: string) => readonly string[];
  /** Why an instant that is ahead will not do; null: it will. */
  readonly refuse?: (at: Date, telling: Telling) => string | null;
}

/** What the parsers of a question know. */
interface Asked {
  readonly telling: Telling;
  readonly today: string;
  readonly refuse: NonNullable<WhenQuestion['refuse']>;
}

/**
 * Asks for a day and a time that lie ahead, typed together or one after the other. What is past is asked again, with
 * the reason.
 */
export async function askWhen(desk: Desk, question: WhenQuestion): Promise<Date> {
  const at = await askWhenOr(desk, question, []);
  if (typeof at === 'string') throw new Error(`'${at}' was chosen: expected a day`);
  return at;
}

/** The same with buttons beside the days: the id of the one that was chosen. */
export async function askWhenOr(
  desk: Desk,
  question: WhenQuestion,
  besides: readonly Option[],
): Promise<Date | string> {
  const { d, t, locale, municipality } = desk;
  const { timeZone } = municipality;
  const ms = await d.remember('now', (ctx) => ctx.clock.now().getTime());
  const now = new Date(ms);
  const today = dayIn(now, timeZone);
  const telling: Telling = { t, locale, timeZone, now };
  const asked: Asked = { telling, today, refuse: question.refuse ?? (() => null) };
  const example = `${addDays(today, 14).slice(8)}.${addDays(today, 14).slice(5, 7)} 10:00`;
  const days = question.days(today).map((day) => ({ id: `d-${day}`, label: dayText(day, telling) }));
  const chosen = await d.choose<TypedMoment>(
    'day',
    `${question.prompt} ${t('announce-when-how', { example })}`,
    [...days, ...besides],
    { other: readMoment(asked, t('announce-when-wrong', { example })) },
  );
  if (typeof chosen === 'string' && !chosen.startsWith('d-')) return chosen;
  const typed = typeof chosen === 'string' ? { day: chosen.slice(2), time: null } : chosen;
  const day = typed.day ?? today;
  if (typed.time !== null) return instantAt(day, typed.time, timeZone);
  // who typed another day after all has said both
  const last = await d.ask<TypedMoment>('time', t('announce-ask-time', { day: dayText(day, telling) }), {
    parse: readTime(asked, day),
  });
  return instantAt(last.day ?? day, last.time ?? '00:00', timeZone);
}

function readMoment(asked: Asked, wrong: string): (input: Input) => Parsed<TypedMoment> {
  const { telling, today } = asked;
  const { t } = telling;
  return (input) => {
    const typed = input.kind === 'text' ? parseMoment(input.text, today) : null;
    if (typed === null || typed.day === null) return { refuse: wrong };
    if (typed.day < today) return { refuse: t('announce-past-day', { day: dayText(typed.day, telling) }) };
    const why = typed.time === null ? null : unfit(asked, typed.day, typed.time);
    return why === null ? { value: typed } : { refuse: why };
  };
}

function readTime(asked: Asked, day: string): (input: Input) => Parsed<TypedMoment> {
  return (input) => {
    const text = input.kind === 'text' ? input.text : '';
    const time = parseTime(text);
    const typed = time === null ? parseMoment(text, asked.today) : { day, time };
    if (typed?.day == null || typed.time === null) return { refuse: asked.telling.t('announce-time-wrong') };
    const why = unfit(asked, typed.day, typed.time);
    return why === null ? { value: typed } : { refuse: why };
  };
}

/** Why that time will not do. */
function unfit({ telling, refuse }: Asked, day: string, time: string): string | null {
  const at = instantAt(day, time, telling.timeZone);
  if (at <= telling.now) return telling.t('announce-past-moment', { moment: momentText(at, telling) });
  return refuse(at, telling);
}

/** So many days ahead and the three after it, without Sundays. */
export function daysAfter(today: string, count: number): string[] {
  const days = Array.from({ length: 6 }, (_, index) => addDays(today, count + index));
  return days.filter((day) => new Date(`${day}T00:00:00Z`).getUTCDay() !== 0).slice(0, 4);
}
