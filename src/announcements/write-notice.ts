import { formatDate, yearIn } from '../core/dates.ts';
import { dayIn } from '../core/days.ts';
import { bold, plain, type Text } from '../core/text.ts';
import { LOCALES, type Locale, translator } from '../core/texts.ts';
import { timeIn } from '../core/zoned.ts';
import { hearingButtons } from '../hearings/hearing-buttons.ts';
import type { Hearing } from '../hearings/queries.ts';
import { localText, questionsUntil } from '../hearings/rules.ts';
import type { LocalTexts } from '../hearings/tables.ts';
import type { OutboundContent, OutboundFile } from '../messaging/contract.ts';
import type { Municipality, Places } from '../places/places.ts';
import type { Approval } from './tables.ts';
import { type FieldValues, fillTemplate, type NoticeName, type Templates } from './templates.ts';

/** All that an announcement's words are made of, as it stands when they are written. */
export interface NoticeSource {
  readonly hearing: Hearing | null;
  readonly approval: Approval | null;
  /** The office's own words; null: from the template. */
  readonly texts: LocalTexts | null;
  readonly files: readonly OutboundFile[];
  readonly templates: Templates;
  readonly places: Places;
  readonly municipality: Municipality;
}

/** Which send it is for. */
export interface NoticeOf {
  readonly rung: string;
  /** Of `moved`: when the hearing was to begin before. */
  readonly movedFrom: Date | null;
  /** When it goes out: a reminder says «tomorrow» by it, never by the rung. */
  readonly at: Date;
}

/** What is sent in each language; null where the office wrote words in none. */
export function writeNotice(source: NoticeSource, of: NoticeOf): Record<Locale, OutboundContent> | null {
  const written = LOCALES.map((locale) => [locale, noticeIn(source, of, locale)] as const);
  if (written.some(([, content]) => content === null)) return null;
  return Object.fromEntries(written) as Record<Locale, OutboundContent>;
}

/** The languages in which somebody reads words of another one, with that one. */
export function fallbacks(texts: LocalTexts | null): readonly { readonly locale: Locale; readonly reads: Locale }[] {
  return LOCALES.flatMap((locale) => {
    const found = localText(texts, locale);
    return found === null || found.language === locale ? [] : [{ locale, reads: found.language }];
  });
}

function noticeIn(source: NoticeSource, of: NoticeOf, locale: Locale): OutboundContent | null {
  const text = noticeText(source, of, locale);
  if (text === null) return null;
  const { hearing, files } = source;
  const [file, ...moreFiles] = of.rung === 'now' || of.rung === 'again' ? files : [];
  const buttons = hearing === null || of.rung === 'canceled' ? [] : hearingButtons(hearing, translator(locale));
  return {
    text,
    ...(buttons.length > 0
      ? { options: buttons, compact: true, hintInGroup: translator(locale)('numbered-hint-group') }
      : {}),
    ...(file === undefined ? {} : { file }),
    ...(moreFiles.length > 0 ? { moreFiles } : {}),
  };
}

function noticeText(source: NoticeSource, of: NoticeOf, locale: Locale): Text | null {
  const { hearing, approval, texts, templates } = source;
  const fill = (notice: NoticeName, values: FieldValues) => fillTemplate(templates[locale][notice], values);
  const own = localText(texts, locale)?.text ?? null;
  if (hearing !== null) {
    const values = hearingValues(source, hearing, of, locale);
    if (of.rung === 'moved' || of.rung === 'canceled') return fill(`hearing-${of.rung}`, values);
    if (own !== null) return `${own}\n\n${fill('hearing-when', values)}`;
    return headed(fill(noticeOf(source, hearing, of), values));
  }
  if (own !== null) return own;
  return approval === null ? null : headed(fill('approved', approvalValues(source, approval, locale)));
}

/** Its first line stands out. */
function headed(text: string): Text {
  const [first = '', ...rest] = text.split('\n');
  return rest.length === 0 ? text : [bold(first), `\n${rest.join('\n')}`];
}

/** A reminder is chosen by the days between it and the hearing, as calendars of the municipality show them. */
function noticeOf({ municipality }: NoticeSource, hearing: Hearing, { rung, at }: NoticeOf): NoticeName {
  if (rung === 'now' || rung === 'again') return 'hearing';
  const day = (instant: Date) => Date.parse(dayIn(instant, municipality.timeZone));
  const days = (day(hearing.startsAt) - day(at)) / 86_400_000;
  return days <= 0 ? 'hearing-today' : days === 1 ? 'hearing-tomorrow' : 'hearing-later';
}

function hearingValues(
  { places, municipality }: NoticeSource,
  hearing: Hearing,
  { movedFrom, at: now }: NoticeOf,
  locale: Locale,
): FieldValues {
  const t = translator(locale);
  const zone = municipality.timeZone;
  const words = (texts: LocalTexts | null) => localText(texts, locale)?.text ?? '';
  // the weekday says more than the year, unless that is another one
  const day = (at: Date) => formatDate(at, locale, zone, yearIn(at, zone) === yearIn(now, zone) ? 'short' : 'long');
  const moment = (at: Date) => `${day(at)}, ${timeIn(at, zone)}`;
  return {
    kind: hearing.kind === 'other' ? '' : t(`hearing-kind-${hearing.kind}`),
    topic: words(hearing.topic),
    date: day(hearing.startsAt),
    time: timeIn(hearing.startsAt, zone),
    village: places.village(hearing.villageId)?.names[locale] ?? hearing.villageId,
    place: hearing.building,
    convener: hearing.convener ?? '',
    agenda: words(hearing.agenda),
    link: hearing.draftUrl ?? '',
    until: hearing.proposalsUntil === null ? '' : moment(questionsUntil(hearing)),
    contact: hearing.contact ?? '',
    old: movedFrom === null ? '' : moment(movedFrom),
    reason: hearing.cancelReason ?? '',
  };
}

function approvalValues({ municipality }: NoticeSource, approval: Approval, locale: Locale): FieldValues {
  const { plan, body, date, number, takenIn } = approval;
  return {
    plan: translator(locale)(`approved-${plan}`),
    body,
    date: formatDate(new Date(`${date}T12:00:00Z`), locale, municipality.timeZone, 'dmy'),
    number,
    taken: localText(takenIn, locale)?.text ?? '',
  };
}

/** As many characters as a person's phone shows of it. */
export function lengthOf({ text }: OutboundContent): number {
  return plain(text).length;
}
