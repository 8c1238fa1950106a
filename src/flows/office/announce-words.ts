import type { PlannedRung } from '../../announcements/ladder.ts';
import type { Problem, Warning } from '../../announcements/problems.ts';
import { rungName } from '../../announcements/title.ts';
import { fallbacks } from '../../announcements/write-notice.ts';
import { formatDate, yearIn } from '../../core/dates.ts';
import type { Locale, Translate } from '../../core/texts.ts';
import { timeIn } from '../../core/zoned.ts';
import type { LocalTexts } from '../../hearings/tables.ts';
import type { ChannelName } from '../../messaging/contract.ts';

/** How a time is told to somebody. */
export interface Telling {
  readonly t: Translate;
  readonly locale: Locale;
  readonly timeZone: string;
  readonly now: Date;
}

/** A day with its weekday and a time; of another year the day with its year. */
export function momentText(at: Date, { t, locale, timeZone, now }: Telling): string {
  const style = yearIn(at, timeZone) === yearIn(now, timeZone) ? 'short' : 'long';
  return t('announce-moment', { date: formatDate(at, locale, timeZone, style), time: timeIn(at, timeZone) });
}

/** A day with its weekday; of another year the day with its year. */
export function dayText(day: string, { locale, timeZone, now }: Telling): string {
  const style = day.slice(0, 4) === String(yearIn(now, timeZone)) ? 'short' : 'long';
  return formatDate(new Date(`${day}T00:00:00Z`), locale, 'UTC', style);
}

/** What keeps it from being sent, and what to do about it. */
export function describeProblem(problem: Problem, t: Translate): string {
  switch (problem.kind) {
    case 'text-too-long': {
      const { locale, length, most } = problem;
      const language = t(`announce-in-${locale}`);
      return t('announce-problem-text-too-long', { language, length, max: most, over: length - most });
    }
    case 'file-too-large':
      return t('announce-problem-file-too-large', { name: problem.name, max: problem.mostMegabytes });
    case 'file-missing':
    case 'file-waiting':
      return t(`announce-problem-${problem.kind}`, { name: problem.name });
    default:
      return t(`announce-problem-${problem.kind}`);
  }
}

/** The sends of a ladder with their times, each a line; those that quiet hours put off say so. */
export function ladderLines(rungs: readonly PlannedRung[], at: Date | null, telling: Telling): string[] {
  const { t } = telling;
  return rungs.map(({ rung, dueAt, postponedFrom }) => {
    const isNow = rung === 'now' && (at === null || at <= telling.now);
    const time = isNow ? t('announce-at-once') : momentText(dueAt, telling);
    const line = `${rungName(rung, t)} – ${time}`;
    return postponedFrom === null ? line : `${line} ${t('announce-rung-postponed')}`;
  });
}

/** What staff should know before they release it, but for what the card tells elsewhere: languages, quiet hours. */
export function describeWarnings(warnings: readonly Warning[], telling: Telling): string[] {
  const { t } = telling;
  const rungs = (kind: Warning['kind']) =>
    warnings.flatMap((one) => ('rung' in one && one.kind === kind ? [rungName(one.rung, t)] : [])).join(', ');
  const [past, night] = [rungs('rung-past'), rungs('rung-at-night')];
  return [
    ...warnings.flatMap((one) =>
      one.kind === 'notice-period' ? [t('announce-warn-notice-period', { days: one.days, min: one.least })] : [],
    ),
    ...(past === '' ? [] : [t('announce-warn-rung-past', { rung: past })]),
    ...(night === '' ? [] : [t('announce-warn-rung-at-night', { rung: night })]),
    ...slowLines(warnings, telling),
  ];
}

/** Until when channels take that hold messages back, and what is too late there: a line each. */
function slowLines(warnings: readonly Warning[], telling: Telling): string[] {
  const { t } = telling;
  const late = new Map<ChannelName, string[]>();
  for (const one of warnings) {
    if (one.kind === 'channel-too-slow')
      late.set(one.channel, [...(late.get(one.channel) ?? []), rungName(one.rung, t)]);
  }
  return [
    ...warnings.flatMap((one) =>
      one.kind === 'slow-channel'
        ? [t('announce-warn-slow', { channel: t(`channel-${one.channel}`), time: momentText(one.until, telling) })]
        : [],
    ),
    ...[...late].map(([channel, rungs]) =>
      t('announce-warn-too-slow', { channel: t(`channel-${channel}`), rung: rungs.join(', ') }),
    ),
  ];
}

/** Words of an announcement that may be in some languages only. */
export type Worded = 'text' | 'topic' | 'agenda' | 'taken';

/** Who reads which words in another language than their own, a line for each sort of words; `readers` are of the audience. */
export function fallbackLines(
  words: Readonly<Partial<Record<Worded, LocalTexts | null>>>,
  readers: Readonly<Partial<Record<Locale, number>>>,
  t: Translate,
): string[] {
  return (Object.entries(words) as [Worded, LocalTexts | null][]).flatMap(([what, texts]) => {
    const missing = fallbacks(texts).filter(({ locale }) => (readers[locale] ?? 0) > 0);
    const [first] = missing;
    if (first === undefined) return [];
    const languages = missing.map(({ locale }) =>
      t('announce-readers', { language: t(`announce-in-${locale}`), count: readers[locale] ?? 0 }),
    );
    const reads = t(`announce-in-${first.reads}`);
    return [t(`announce-missing-${what}`, { languages: languages.join(', '), reads })];
  });
}

/** Where own words stand in one language, as they are shown. */
export function shorten(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

/** How many of a kind: «Telegram: 12». */
export function counted(what: string, count: number): string {
  return `${what}: ${count}`;
}

/** What is above zero, with its names as they are known. */
export function entriesOf<K extends string>(counts: Readonly<Partial<Record<K, number>>>): [K, number][] {
  return Object.entries<number | undefined>(counts).flatMap(([name, count]) =>
    count === undefined || count === 0 ? [] : [[name as K, count]],
  );
}
