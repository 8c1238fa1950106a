import { type AudienceCount, sampleAudience } from '../../announcements/audience.ts';
import { audienceOf, type Examined, examine } from '../../announcements/examine.ts';
import type { OpenAnnouncement } from '../../announcements/open-announcement.ts';
import type { Warning } from '../../announcements/problems.ts';
import { type Announcement, listFiles } from '../../announcements/queries.ts';
import { actorName } from '../../audit/record-audit.ts';
import type { Context } from '../../core/context.ts';
import { formatDate } from '../../core/dates.ts';
import { bold, type Text } from '../../core/text.ts';
import { DEFAULT_LOCALE, type Translate } from '../../core/texts.ts';
import type { Hearing } from '../../hearings/queries.ts';
import { localText } from '../../hearings/rules.ts';
import { listGroups } from '../../residents/groups.ts';
import { asStaff } from '../kit.ts';
import type { Desk } from './announce-desk.ts';
import {
  counted,
  describeProblem,
  describeWarnings,
  entriesOf,
  fallbackLines,
  ladderLines,
  momentText,
  shorten,
  type Telling,
} from './announce-words.ts';

/** An announcement that is not released yet, as the card shows it. */
export interface ShownCard {
  readonly id: number;
  readonly state: 'draft' | 'prepared';
  readonly kind: Announcement['kind'];
  readonly revision: number;
  readonly hearingRevision?: number;
  readonly text: Text;
  /** It may be released as it is. */
  readonly sound: boolean;
  /** A file is still on its way: a look a little later may find it. */
  readonly waiting: boolean;
  /** What to say once more before it is sent. */
  readonly sure: readonly string[];
  /** Prepared by who looks at it, where a second person has to release it. */
  readonly needsOther: boolean;
}

/** So many people of the audience are named. */
const SAMPLE = 5;
/** Of the office's own words. */
const MOST_OF_TEXT = 300;

/** Reads the card of a draft, or of one that waits for its release. */
export async function readCard(
  ctx: Context,
  desk: Desk,
  { announcement, hearing, now }: OpenAnnouncement,
): Promise<ShownCard> {
  const { kit, t, locale, municipality, office } = desk;
  const db = ctx.tx ?? ctx.db;
  const examined = await examine(db, announcement, { now, mediaDir: kit.mediaDir, paces: kit.paces });
  const telling: Telling = { t, locale, timeZone: municipality.timeZone, now };
  const sample = desk.may('exports.names')
    ? await sampleAudience(db, audienceOf(announcement, { municipality }), SAMPLE)
    : [];
  const names = sample.map(({ name, villageId }) => `${name ?? t('staff-no-name')} (${villageName(desk, villageId)})`);
  const { problems, warnings } = examined;
  const own = announcement.preparedBy === actorName(asStaff(ctx, office.staffId).actor);
  const two = municipality.settings.releaseNeedsSecondPerson;
  const state = announcement.state === 'prepared' ? 'prepared' : 'draft';
  const files = (await listFiles(db, announcement)).map(({ fileName, id }) => fileName ?? String(id));
  const body = [
    ...aboutLines(desk, { announcement, hearing, telling, files }),
    await audienceLine(ctx, desk, announcement),
    ...countLines(examined.audience, names, t),
    '',
    t('announce-when'),
    ...ladderLines(examined.plan.rungs, announcement.at, telling).map(item),
    ...noteLines({ announcement, hearing, examined }, telling),
    ...(problems.length === 0
      ? []
      : ['', t('announce-cannot'), ...problems.map((one) => item(describeProblem(one, t)))]),
    ...(state === 'prepared' ? ['', t(two && own ? 'announce-needs-other' : 'announce-prepared')] : []),
  ];
  return {
    id: announcement.id,
    state,
    kind: announcement.kind,
    revision: announcement.revision,
    ...(hearing === null ? {} : { hearingRevision: hearing.revision }),
    text: [bold(t(`announce-kind-${announcement.kind}`)), `\n${body.join('\n')}`],
    sound: problems.length === 0,
    waiting: problems.some(({ kind }) => kind === 'file-waiting'),
    sure: describeWarnings(warnings.filter(isGrave), telling),
    needsOther: two && own && state === 'prepared',
  };
}

/** What it is about: each line is there only where there is something to say. */
function aboutLines(
  desk: Pick<Desk, 't' | 'locale' | 'kit'>,
  o: { announcement: Announcement; hearing: Hearing | null; telling: Telling; files: readonly string[] },
): string[] {
  const { announcement, hearing, telling, files } = o;
  const { t, locale } = desk;
  const own = localText(announcement.texts, locale)?.text;
  return [
    ...(hearing === null ? [] : hearingLines(desk, hearing, telling)),
    ...(announcement.approval === null ? [] : approvalLines(announcement.approval, telling)),
    ...(own === undefined ? [] : [t('card-text', { text: shorten(own, MOST_OF_TEXT) })]),
    ...(files.length === 0 ? [] : [t('announce-files', { names: files.join(', ') })]),
  ];
}

function hearingLines(desk: Pick<Desk, 't' | 'locale' | 'kit'>, hearing: Hearing, telling: Telling): string[] {
  const { t, locale } = desk;
  const agenda = localText(hearing.agenda, locale)?.text;
  const { convener, contact, draftUrl, draftMediaId, proposalsUntil, kind } = hearing;
  return [
    ...(kind === 'other' ? [] : [t(`hearing-kind-${kind}`)]),
    t('announce-topic', { topic: localText(hearing.topic, locale)?.text ?? '' }),
    ...whenAndWhere(desk, hearing, telling),
    ...(convener === null ? [] : [t('announce-convener', { name: convener })]),
    ...(agenda === undefined ? [] : [t('announce-agenda', { agenda: shorten(agenda, MOST_OF_TEXT) })]),
    ...(contact === null ? [] : [t('announce-contact', { contact })]),
    ...(draftUrl === null ? [] : [t('announce-draft', { draft: draftUrl })]),
    ...(draftMediaId === null ? [] : [t('announce-draft-file')]),
    ...(proposalsUntil === null ? [] : [t('announce-until', { moment: momentText(proposalsUntil, telling) })]),
  ];
}

/** The two lines that tell when and where a hearing is. */
export function whenAndWhere(
  { t, locale, kit }: Pick<Desk, 't' | 'locale' | 'kit'>,
  { startsAt, villageId, building }: Hearing,
  telling: Telling,
): string[] {
  const village = kit.places.village(villageId)?.names[locale] ?? villageId;
  return [t('announce-starts', { moment: momentText(startsAt, telling) }), t('announce-place', { village, building })];
}

function approvalLines(approval: NonNullable<Announcement['approval']>, { t, locale, timeZone }: Telling): string[] {
  const { plan, body, date, number, takenIn } = approval;
  const taken = localText(takenIn, locale)?.text;
  return [
    t(`approved-${plan}`),
    t('announce-approved', { body, date: formatDate(new Date(`${date}T12:00:00Z`), locale, timeZone, 'dmy'), number }),
    ...(taken === undefined ? [] : [t('announce-taken', { taken: shorten(taken, MOST_OF_TEXT) })]),
  ];
}

/** The rule that chooses the people, in words. */
async function audienceLine(ctx: Context, desk: Desk, { audience }: Announcement): Promise<string> {
  const { t, office } = desk;
  const { villages, languages, channels, groups } = audience;
  const known = groups.length === 0 ? [] : await listGroups(ctx.tx ?? ctx.db, office.municipalityId);
  const titles = known.flatMap(({ address, title, villageId }) =>
    groups.includes(`${address.channel}:${address.id}`) ? [title === '' ? villageName(desk, villageId) : title] : [],
  );
  const parts = [
    ...villages.map((id) => villageName(desk, id)),
    ...languages.map((one) => t(`announce-in-${one}`)),
    ...channels.map((one) => t(`channel-${one}`)),
    ...(titles.length === 0 ? [] : [t('announce-groups', { titles: titles.join(', ') })]),
  ];
  const all = villages.length + languages.length + channels.length === 0;
  return t('announce-to', { audience: (all ? [t('announce-everybody'), ...parts] : parts).join(', ') });
}

/** To how many it goes, by what, to whom for example, and to whom it does not. */
function countLines(
  { total, people, groups, byChannel, skipped }: AudienceCount,
  names: readonly string[],
  t: Translate,
): string[] {
  const parts = entriesOf(byChannel).map(([channel, count]) => counted(t(`channel-${channel}`), count));
  const reasons = entriesOf(skipped).map(([reason, count]) => counted(t(`report-reason-${reason}`), count));
  const to =
    groups === 0
      ? t('announce-count', { count: people, parts: parts.join(', ') })
      : t('announce-count-groups', { people, groups, parts: parts.join(', ') });
  const lines = [
    ...(total === 0 ? [] : [to]),
    ...(names.length === 0 ? [] : [t('announce-sample', { names: names.join('; ') })]),
    ...(reasons.length === 0 ? [] : [t('announce-skipped', { reasons: reasons.join(', ') })]),
  ];
  return lines.length === 0 ? [] : ['', ...lines];
}

/** What to know before it is sent. */
function noteLines(
  o: { announcement: Announcement; hearing: Hearing | null; examined: Examined },
  telling: Telling,
): string[] {
  const { announcement, hearing, examined } = o;
  const { topic = null, agenda = null } = hearing ?? {};
  const taken = announcement.approval?.takenIn ?? null;
  // own words stand in place of all others
  const words = announcement.texts === null ? { topic, agenda, taken } : { text: announcement.texts };
  const notes = [
    ...describeWarnings(examined.warnings, telling),
    ...fallbackLines(words, readersOf(examined.audience), telling.t),
  ];
  return notes.length === 0 ? [] : ['', telling.t('announce-mind'), ...notes.map(item)];
}

/** How many read each language; groups read Kyrgyz. */
function readersOf({ byLanguage, groups }: AudienceCount): AudienceCount['byLanguage'] {
  return { ...byLanguage, [DEFAULT_LOCALE]: (byLanguage[DEFAULT_LOCALE] ?? 0) + groups };
}

function isGrave({ kind }: Warning): boolean {
  return kind === 'notice-period' || kind === 'rung-at-night' || kind === 'channel-too-slow';
}

function villageName({ kit, locale }: Pick<Desk, 'kit' | 'locale'>, id: string | null): string {
  return id === null ? '—' : (kit.places.village(id)?.names[locale] ?? id);
}

function item(line: string): string {
  return `• ${line}`;
}
