import { z } from 'zod';
import { cleanText } from '../core/text.ts';
import { LOCALES, type Locale } from '../core/texts.ts';
import { HearingRefusedError } from './errors.ts';
import type { Hearing } from './queries.ts';
import { HEARING_KINDS, type LocalTexts } from './tables.ts';

export const MAX_TOPIC_LENGTH = 300;
export const MAX_AGENDA_LENGTH = 1_500;
/** Of a place, a name with a phone number, a reason. */
export const MAX_LINE_LENGTH = 300;

/** Words that were written in some languages, with the one that they are in. */
export interface LocalText {
  readonly text: string;
  readonly language: Locale;
}

/** The words in that language, else the first of ky, ru, en there is; null where there are none at all. */
export function localText(texts: LocalTexts | null, locale: Locale): LocalText | null {
  for (const language of [locale, ...LOCALES]) {
    const text = texts?.[language];
    if (text !== undefined && text !== '') return { text, language };
  }
  return null;
}

/** Words in at least one language, each of at most so many characters. */
export function localTexts(max: number) {
  const words = z.string().transform(cleanText).pipe(z.string().max(max)).optional();
  return z
    .strictObject({ ky: words, ru: words, en: words })
    .transform((texts): LocalTexts => {
      return Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== undefined && text !== ''));
    })
    .refine((texts) => Object.keys(texts).length > 0, { error: 'expected words in at least one language' });
}

/** A line of words. */
export const Line = z.string().transform(cleanText).pipe(z.string().min(1).max(MAX_LINE_LENGTH));

/** Where something can be read: a page, never a file on somebody's disk or a script. */
export const PageLink = z.url({ protocol: /^https?$/ }).max(2_000);

/** What a hearing is. */
export const HearingFields = z.strictObject({
  kind: z.enum(HEARING_KINDS),
  topic: localTexts(MAX_TOPIC_LENGTH),
  startsAt: z.date(),
  villageId: z.string().min(1),
  /** Where in the village. */
  building: Line,
  /** Absent or null: the okmotu. */
  convener: Line.nullish(),
  agenda: localTexts(MAX_AGENDA_LENGTH).nullish(),
  draftMediaId: z.int().nullish(),
  draftUrl: PageLink.nullish(),
  contact: Line.nullish(),
  /** Absent or null: questions and proposals are taken until the hearing begins. */
  proposalsUntil: z.date().nullish(),
});

/** Where a hearing stands. `begun`: its time has come, and nobody has recorded yet what became of it. */
export type HearingPhase = 'coming' | 'begun' | 'held' | 'canceled';

export function phaseOf({ state, startsAt }: Pick<Hearing, 'state' | 'startsAt'>, now: Date): HearingPhase {
  if (state !== 'planned') return state;
  return now < startsAt ? 'coming' : 'begun';
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** So long people look for the result of a hearing, or wait for one that nobody has recorded. */
const SHOWN_AFTER_DAYS: Readonly<Record<HearingPhase, number>> = { coming: 0, canceled: 0, begun: 30, held: 90 };

/** From when on hearings may be worth showing. */
export function shownFrom(now: Date): Date {
  return new Date(now.getTime() - SHOWN_AFTER_DAYS.held * DAY_MS);
}

/** What people look for: what is ahead, soonest first, called off or not; then what took place, the latest first. */
export function arrange<H extends Pick<Hearing, 'state' | 'startsAt'>>(hearings: readonly H[], now: Date): H[] {
  const byStart = hearings.toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  const past = byStart.filter((one) => {
    const age = now.getTime() - one.startsAt.getTime();
    return age >= 0 && age < SHOWN_AFTER_DAYS[phaseOf(one, now)] * DAY_MS;
  });
  return [...byStart.filter(({ startsAt }) => startsAt > now), ...past.toReversed()];
}

/** Until when questions and proposals to it are taken. */
export function questionsUntil(hearing: Pick<Hearing, 'startsAt' | 'proposalsUntil'>): Date {
  return hearing.proposalsUntil ?? hearing.startsAt;
}

/** Whether questions and proposals to it are taken now. */
export function takesQuestions(hearing: Pick<Hearing, 'state' | 'startsAt' | 'proposalsUntil'>, now: Date): boolean {
  return hearing.state === 'planned' && now < questionsUntil(hearing);
}

/** @throws {HearingRefusedError} when it was canceled, or has been held */
export function requirePlanned({ id, state }: Pick<Hearing, 'id' | 'state'>): void {
  if (state !== 'planned') throw new HearingRefusedError(state, `hearing ${id} is '${state}', expected 'planned'`);
}

/** Of a new start, and a new end of taking questions. @throws {HearingRefusedError} */
export function checkTimes(times: { startsAt: Date; proposalsUntil: Date | null }, now: Date): void {
  const { startsAt, proposalsUntil } = times;
  if (startsAt <= now) {
    throw new HearingRefusedError('past', `start ${startsAt.toISOString()}: expected one after ${now.toISOString()}`);
  }
  if (proposalsUntil !== null && (proposalsUntil > startsAt || proposalsUntil <= now)) {
    throw new HearingRefusedError(
      'proposals-until',
      `proposals until ${proposalsUntil.toISOString()}: expected between now and the start`,
    );
  }
}
