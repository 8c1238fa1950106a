import { extname, join } from 'node:path';
import type { Context } from '../core/context.ts';
import { formatDate, yearIn } from '../core/dates.ts';
import { bold, type TextPart } from '../core/text.ts';
import { type Locale, type Translate, translator } from '../core/texts.ts';
import { timeIn } from '../core/zoned.ts';
import type { Dialog } from '../dialog/types.ts';
import { findIntent } from '../hearings/intent-queries.ts';
import { findFile, type Hearing } from '../hearings/queries.ts';
import { listOwnQuestions } from '../hearings/question-queries.ts';
import { type HearingPhase, localText, phaseOf, takesQuestions } from '../hearings/rules.ts';
import type { Places } from '../places/places.ts';
import { isUnannounced } from './find-hearings.ts';
import type { Kit } from './kit.ts';

/** What the words around a hearing are written with. */
export interface Frame {
  readonly t: Translate;
  readonly locale: Locale;
  readonly places: Places;
  readonly now: Date;
}

export function frameOf(ctx: Context, { places }: Pick<Kit, 'places'>, locale: Locale): Frame {
  return { t: translator(locale), locale, places, now: ctx.clock.now() };
}

type PlaceAndTime = Pick<Hearing, 'municipalityId' | 'startsAt' | 'villageId' | 'building'>;

/** The day, with its year where that is another one; and the time, as clocks there show it. */
export function momentOf(at: Date, municipalityId: number, { locale, places, now }: Frame) {
  const { timeZone } = places.municipality(municipalityId);
  const style = yearIn(at, timeZone) === yearIn(now, timeZone) ? 'short' : 'long';
  return { day: formatDate(at, locale, timeZone, style), time: timeIn(at, timeZone) };
}

/** Where and when, in one line. */
export function placeOf(hearing: PlaceAndTime, frame: Frame): string {
  return frame.t('hearing-place', {
    ...momentOf(hearing.startsAt, hearing.municipalityId, frame),
    ...where(hearing, frame),
  });
}

function where({ villageId, building }: PlaceAndTime, { places, locale }: Frame) {
  return { village: places.village(villageId)?.names[locale] ?? villageId, place: building };
}

/** A hearing in a list: day, place, kind and topic. */
export function lineOf(hearing: Hearing & { readonly unannounced: boolean }, frame: Frame): string {
  const { t, now } = frame;
  const line = t('hearing-line', {
    ...momentOf(hearing.startsAt, hearing.municipalityId, frame),
    ...where(hearing, frame),
    kind: t(`hearing-kind-${hearing.kind}`),
    topic: localText(hearing.topic, frame.locale)?.text ?? '',
  });
  const phase = phaseOf(hearing, now);
  if (phase === 'canceled') return t('hearing-line-canceled', { line });
  if (hearing.unannounced) return t('hearing-line-unannounced', { line });
  return phase === 'coming' ? line : t('hearing-line-held', { line });
}

/** The same on a button. */
export function labelOf({ startsAt, villageId, municipalityId }: Hearing, { locale, places }: Frame): string {
  const date = formatDate(startsAt, locale, places.municipality(municipalityId).timeZone, 'dmy');
  return `${date} · ${places.village(villageId)?.names[locale] ?? villageId}`;
}

/** A file that is sent into the chat. */
export interface ShownFile {
  readonly caption: string;
  /** Below the folder of media. */
  readonly path: string;
  readonly name: string;
  readonly mime: string;
}

/** A hearing as it is shown, with what may be done with it. JSON. */
export interface HearingView {
  readonly id: number;
  readonly municipalityId: number;
  readonly phase: HearingPhase;
  readonly takesQuestions: boolean;
  readonly hasDraft: boolean;
  readonly text: readonly TextPart[];
  readonly files: readonly ShownFile[];
}

/** All that a resident may know of a hearing, and what they said to it themselves. */
export async function viewHearing(
  ctx: Context,
  kit: Pick<Kit, 'places' | 'resident'>,
  hearing: Hearing,
  locale: Locale,
): Promise<HearingView> {
  const frame = frameOf(ctx, kit, locale);
  const phase = phaseOf(hearing, frame.now);
  const lines = [
    ...factsOf(hearing, frame),
    ...outcomeOf(hearing, phase, frame),
    ...((await isUnannounced(ctx, hearing.id)) ? [frame.t('hearing-unannounced')] : []),
    ...(await ownWords(ctx, kit, hearing, frame)),
  ];
  return {
    id: hearing.id,
    municipalityId: hearing.municipalityId,
    phase,
    takesQuestions: takesQuestions(hearing, frame.now),
    hasDraft: hearing.draftMediaId !== null || hearing.draftUrl !== null,
    text: [bold(frame.t('hearing-head')), `\n${lines.join('\n')}`],
    files: await filesOf(ctx, hearing, frame),
  };
}

function factsOf(hearing: Hearing, frame: Frame): string[] {
  const { t, locale, now } = frame;
  const { convener, draftUrl, contact, proposalsUntil, municipalityId } = hearing;
  const agenda = localText(hearing.agenda, locale);
  const until =
    proposalsUntil !== null && takesQuestions(hearing, now) ? momentOf(proposalsUntil, municipalityId, frame) : null;
  return [
    ...(hearing.kind === 'other' ? [] : [t(`hearing-kind-${hearing.kind}`)]),
    t('hearing-topic', { topic: localText(hearing.topic, locale)?.text ?? '' }),
    t('hearing-when', momentOf(hearing.startsAt, municipalityId, frame)),
    t('hearing-where', where(hearing, frame)),
    ...(convener === null ? [] : [t('hearing-convener', { convener })]),
    ...(agenda === null ? [] : [t('hearing-agenda', { agenda: agenda.text })]),
    ...(draftUrl === null ? [] : [t('hearing-draft-url', { url: draftUrl })]),
    ...(until === null ? [] : [t('hearing-until', until)]),
    ...(contact === null ? [] : [t('hearing-contact', { contact })]),
  ];
}

function outcomeOf(hearing: Hearing, phase: HearingPhase, { t }: Frame): string[] {
  const { peopleCount: total, womenCount: women, minutesUrl, cancelReason } = hearing;
  if (phase === 'canceled') return [t('hearing-off', { reason: cancelReason ?? '' })];
  if (phase === 'begun') return [t('hearing-begun')];
  if (phase !== 'held' || total === null) return [];
  const came = women === null ? t('hearing-result-people', { total }) : t('hearing-result', { total, women });
  return [came, ...(minutesUrl === null ? [] : [t('hearing-result-link', { link: minutesUrl })])];
}

async function ownWords(
  ctx: Context,
  { resident }: Pick<Kit, 'resident'>,
  hearing: Hearing,
  { t, now }: Frame,
): Promise<string[]> {
  if (resident === null) return [];
  const db = ctx.tx ?? ctx.db;
  const own = { hearingId: hearing.id, residentId: resident.id };
  const intent = phaseOf(hearing, now) === 'coming' ? await findIntent(db, own) : null;
  const questions = await listOwnQuestions(db, own);
  return [
    ...(intent === null ? [] : [t(`hearing-you-${intent}`)]),
    ...questions.flatMap(({ text, answer }) => [
      text === '' ? t('hearing-own-files') : t('hearing-own-question', { question: text }),
      ...(answer === null ? [] : [t('hearing-own-answer', { answer })]),
    ]),
  ];
}

/** The draft while people may read it, the minutes afterwards; those that have arrived. */
async function filesOf(ctx: Context, hearing: Hearing, frame: Frame): Promise<ShownFile[]> {
  const which = hearing.state === 'held' ? 'minutes' : 'draft';
  const file = await fileOf(ctx, hearing, which, frame);
  return hearing.state === 'canceled' || file === null || file === 'pending' ? [] : [file];
}

/** The draft or the minutes, under a name of our own; `pending`: it is still on its way. */
export async function fileOf(
  ctx: Context,
  hearing: Hearing,
  which: 'draft' | 'minutes',
  { t, places }: Frame,
): Promise<ShownFile | 'pending' | null> {
  const id = which === 'draft' ? hearing.draftMediaId : hearing.minutesMediaId;
  const found = id === null ? null : await findFile(ctx.tx ?? ctx.db, id);
  if (found === null || found.state === 'gone') return null;
  if (found.path === null) return 'pending';
  const caption = t(`hearing-file-${which}`);
  const date = formatDate(hearing.startsAt, 'ky', places.municipality(hearing.municipalityId).timeZone, 'dmy');
  const name = `${caption} ${date}${extname(found.path)}`;
  return { caption, path: found.path, name, mime: found.mime ?? 'application/octet-stream' };
}

export function sayFile(d: Dialog, { mediaDir }: Pick<Kit, 'mediaDir'>, file: ShownFile): Promise<void> {
  const { caption, path, name, mime } = file;
  return d.say(caption, { file: { path: join(mediaDir, path), name, mime } });
}
