import { type AudienceCount, countAudience } from '../announcements/audience.ts';
import { audienceOf, examine, wordsOf } from '../announcements/examine.ts';
import type { Problem, Warning } from '../announcements/problems.ts';
import { type Announcement, type AttachedFile, listFiles, listRungs } from '../announcements/queries.ts';
import { readSource } from '../announcements/source.ts';
import type { RungState } from '../announcements/tables.ts';
import { fallbacks, type NoticeSource, writeNotice } from '../announcements/write-notice.ts';
import { plain } from '../core/text.ts';
import { LOCALES, type Locale } from '../core/texts.ts';
import { databaseNow } from '../db/database-now.ts';
import type { ChosenAnnouncement } from './announcements-choice.ts';

/** A send, as it was or will be. */
export interface ViewedSend {
  readonly rung: string;
  readonly dueAt: Date;
  /** Null: it is not released yet. */
  readonly state: RungState | null;
  /** What it would say if it were written now; null where it was not sent and will not be. */
  readonly texts: Readonly<Record<Locale, string>> | null;
}

/** An announcement as it stands, with all that one wants to know before it is released, or after. */
export interface View {
  readonly announcement: Announcement;
  readonly source: NoticeSource;
  readonly files: readonly AttachedFile[];
  readonly sends: readonly ViewedSend[];
  readonly fallbacks: ReturnType<typeof fallbacks>;
  /** If it were sent now. */
  readonly audience: AudienceCount;
  /** Of one that is not released yet. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly Warning[];
}

export async function readView({ world: { ctx }, announcement, mediaDir, paces }: ChosenAnnouncement): Promise<View> {
  const { db } = ctx;
  const source = await readSource(db, announcement, mediaDir);
  const shared = {
    announcement,
    source,
    files: await listFiles(db, announcement),
    // without words of the office's own, a notice is written around these
    fallbacks: fallbacks(wordsOf(announcement, source)),
  };
  if (announcement.state === 'draft' || announcement.state === 'prepared') {
    const examined = await examine(db, announcement, { now: await databaseNow(ctx), mediaDir, paces });
    const { plan, audience, problems, warnings } = examined;
    const sends = plan.rungs.map(({ rung, dueAt }) => {
      return { rung, dueAt, state: null, texts: textsOf(source, { rung, movedFrom: null, at: dueAt }) };
    });
    return { ...shared, sends, audience, problems, warnings };
  }
  const rungs = await listRungs(db, announcement.id);
  const sends = rungs.map(({ rung, dueAt, state, movedFrom, startedAt }) => {
    const over = state === 'canceled' || state === 'stale';
    return { rung, dueAt, state, texts: over ? null : textsOf(source, { rung, movedFrom, at: startedAt ?? dueAt }) };
  });
  const audience = await countAudience(db, audienceOf(announcement, source));
  return { ...shared, sends, audience, problems: [], warnings: [] };
}

function textsOf(source: NoticeSource, of: Parameters<typeof writeNotice>[1]): Record<Locale, string> | null {
  const contents = writeNotice(source, of);
  if (contents === null) return null;
  return Object.fromEntries(LOCALES.map((locale) => [locale, plain(contents[locale].text)])) as Record<Locale, string>;
}
