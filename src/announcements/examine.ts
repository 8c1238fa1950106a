import type { Database } from '../core/context.ts';
import { dayIn } from '../core/days.ts';
import { LOCALES, type Locale } from '../core/texts.ts';
import type { Hearing } from '../hearings/queries.ts';
import type { ChannelName, OutboundContent } from '../messaging/contract.ts';
import type { Paces } from '../messaging/pace.ts';
import { type AudienceCount, type AudienceOf, countAudience } from './audience.ts';
import { type LadderPlan, planLadder } from './ladder.ts';
import type { Problem, Warning } from './problems.ts';
import { type Announcement, type AttachedFile, listFiles } from './queries.ts';
import { slowChannels } from './slow-channels.ts';
import { readSource } from './source.ts';
import { fallbacks, lengthOf, type NoticeSource, writeNotice } from './write-notice.ts';

/** https://core.telegram.org/bots/api#sendmessage; the shortest of our channels. */
const MOST_CHARACTERS = 4_096;
/** https://core.telegram.org/bots/api#senddocument */
export const MOST_MEGABYTES = 50;

/** What an announcement would do if it were released now. */
export interface Examined {
  /** Empty: it may be released. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
  readonly audience: AudienceCount;
  readonly plan: LadderPlan;
  /** What is sent, rung by rung. */
  readonly notices: readonly { readonly rung: string; readonly contents: Readonly<Record<Locale, OutboundContent>> }[];
}

/** Looks at an announcement as it stands, at `now`. `paces`: of the channels that are on; absent: it is not asked. */
export async function examine(
  db: Database,
  announcement: Announcement,
  { now, mediaDir, paces = {} }: { now: Date; mediaDir: string; paces?: Paces },
): Promise<Examined> {
  const source = await readSource(db, announcement, mediaDir);
  const plan = ladderOf(announcement, source, now);
  const audience = await countAudience(db, audienceOf(announcement, source));
  const notices = plan.rungs.flatMap(({ rung, dueAt }) => {
    const contents = writeNotice(source, { rung, movedFrom: null, at: dueAt });
    return contents === null ? [] : [{ rung, contents }];
  });
  const wordless = writeNotice(source, { rung: 'now', movedFrom: null, at: now }) === null;
  return {
    problems: [
      ...hearingProblems(source.hearing, now),
      ...(plan.rungs.length === 0 && !isOver(source.hearing, now) ? [{ kind: 'nothing-to-send' } as const] : []),
      ...(audience.total === 0 ? [{ kind: 'audience-empty' } as const] : []),
      ...(wordless ? [{ kind: 'text-missing' } as const] : []),
      ...lengthProblems(notices),
      ...(await listFiles(db, announcement)).flatMap(fileProblems),
    ],
    warnings: [
      ...fallbacks(wordsOf(announcement, source)).map((found) => ({ kind: 'language-missing', ...found }) as const),
      ...noticePeriod(source, plan),
      ...plan.leftOut.map((rung) => ({ kind: 'rung-past', rung }) as const),
      ...plan.rungs.flatMap(({ rung, postponedFrom, atNight }): Warning[] => [
        ...(postponedFrom === null ? [] : [{ kind: 'rung-postponed', rung } as const]),
        ...(atNight && goesAtNight(audience, paces) ? [{ kind: 'rung-at-night', rung } as const] : []),
      ]),
      ...slowChannels(plan.rungs, audience.byChannel, paces),
    ],
    audience,
    plan,
    notices,
  };
}

/** Whether somebody is on a channel that does not hold back until the morning. */
function goesAtNight({ byChannel }: AudienceCount, paces: Paces): boolean {
  const channels = Object.keys(byChannel) as ChannelName[];
  return channels.length === 0 || channels.some((channel) => paces[channel]?.quietHours === undefined);
}

/** The rule that chooses the people, with the municipality's wish for groups. */
export function audienceOf(
  { municipalityId, audience }: Announcement,
  { municipality }: Pick<NoticeSource, 'municipality'>,
): AudienceOf {
  return { municipalityId, audience, preferGroups: municipality.settings.preferGroups };
}

/** What somebody wrote in some languages: where words of the office are, they stand for the whole. */
export function wordsOf(
  { texts, approval }: Pick<Announcement, 'texts' | 'approval'>,
  o: Pick<NoticeSource, 'hearing'>,
) {
  return texts ?? o.hearing?.topic ?? approval?.takenIn ?? null;
}

export function ladderOf(announcement: Announcement, source: NoticeSource, now: Date): LadderPlan {
  const { ladder, at } = announcement;
  const { hearing, municipality } = source;
  return planLadder({
    ladder,
    nowAt: at !== null && at > now ? at : now,
    startsAt: hearing?.startsAt ?? null,
    quietHours: municipality.settings.quietHours,
    timeZone: municipality.timeZone,
  });
}

function isOver(hearing: Hearing | null, now: Date): boolean {
  return hearing !== null && (hearing.state !== 'planned' || hearing.startsAt <= now);
}

function hearingProblems(hearing: Hearing | null, now: Date): Problem[] {
  return isOver(hearing, now) ? [{ kind: 'hearing-over' }] : [];
}

function lengthProblems(notices: Examined['notices']): Problem[] {
  return LOCALES.flatMap((locale) => {
    const length = Math.max(0, ...notices.map(({ contents }) => lengthOf(contents[locale])));
    return length > MOST_CHARACTERS ? [{ kind: 'text-too-long', locale, length, most: MOST_CHARACTERS } as const] : [];
  });
}

function fileProblems({ status, size, fileName, id }: AttachedFile): Problem[] {
  const name = fileName ?? String(id);
  if (status === 'pending') return [{ kind: 'file-waiting', name }];
  if (status !== 'stored') return [{ kind: 'file-missing', name }];
  const tooLarge = (size ?? 0) > MOST_MEGABYTES * 1024 * 1024;
  return tooLarge ? [{ kind: 'file-too-large', name, mostMegabytes: MOST_MEGABYTES }] : [];
}

/** Calendar days between the first send and the hearing, against the municipality's rule. */
function noticePeriod({ hearing, municipality }: NoticeSource, { rungs: [first] }: LadderPlan): Warning[] {
  if (hearing === null || first === undefined) return [];
  const { timeZone, settings } = municipality;
  const day = (at: Date) => Date.parse(dayIn(at, timeZone));
  const days = Math.max(0, (day(hearing.startsAt) - day(first.dueAt)) / 86_400_000);
  return days < settings.noticeDays ? [{ kind: 'notice-period', days, least: settings.noticeDays }] : [];
}
