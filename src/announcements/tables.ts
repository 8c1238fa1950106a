import { sql } from 'drizzle-orm';
import { bigint, index, integer, json, pgTable, primaryKey, text, timestamp, unique } from 'drizzle-orm/pg-core';
import type { Locale } from '../core/texts.ts';
import { sends } from '../deliveries/tables.ts';
import { hearings, type LocalTexts } from '../hearings/tables.ts';
import type { ChannelName } from '../messaging/contract.ts';
import { media } from '../messaging/tables.ts';
import { municipalities } from '../places/tables.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });
const reference = (name: string) => bigint(name, { mode: 'number' });

export const ANNOUNCEMENT_KINDS = ['hearing', 'plan_approval', 'other'] as const;
export type AnnouncementKind = (typeof ANNOUNCEMENT_KINDS)[number];

export const ANNOUNCEMENT_STATES = ['draft', 'prepared', 'released', 'running', 'paused', 'done', 'canceled'] as const;
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number];

export const APPROVED_PLANS = ['jap', 'sedp', 'budget'] as const;

/** What was approved, by whom and when. */
export interface Approval {
  readonly plan: (typeof APPROVED_PLANS)[number];
  readonly body: string;
  /** `2027-05-28` */
  readonly date: string;
  readonly number: string;
  readonly mediaId: number | null;
  /** What of the residents' proposals was taken in. */
  readonly takenIn: LocalTexts | null;
}

/**
 * The rule that chooses who gets it; an empty list means all, of `groups` none. Resolved when a send starts. Groups are
 * named by their address, `telegram:-100123`.
 */
export interface Audience {
  readonly villages: readonly string[];
  readonly languages: readonly Locale[];
  readonly channels: readonly ChannelName[];
  readonly groups: readonly string[];
}

/** Notices by the okmotu to an audience: what is said, to whom, and by which ladder of sends. */
export const announcements = pgTable(
  'announcements',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    kind: text().$type<AnnouncementKind>().notNull(),
    hearingId: reference('hearing_id').references(() => hearings.id),
    approval: json().$type<Approval>(),
    /** Null: written from the template of the kind. */
    texts: json().$type<LocalTexts>(),
    audience: json().$type<Audience>().notNull(),
    /**
     * `now`, and steps back from the hearing's start: `7d`, `2h`, `30m`; the earliest first. Empty: it was canceled, and
     * only word of its hearing's changes still goes out.
     */
    ladder: json().$type<readonly string[]>().notNull(),
    /** When `now` is sent; null: at the release. */
    at: instant('at'),
    state: text().$type<AnnouncementState>().notNull().default('draft'),
    /** With `paused`: who or what paused it. */
    pausedBecause: text('paused_because').$type<'staff' | 'errors'>(),
    /** Raised by each change: who changes an older one is told. */
    revision: integer().notNull().default(1),
    /** These three as in audit rows. */
    createdBy: text('created_by').notNull(),
    preparedBy: text('prepared_by'),
    releasedBy: text('released_by'),
    createdAt: instant('created_at').notNull(),
    preparedAt: instant('prepared_at'),
    releasedAt: instant('released_at'),
    /** When it was done or canceled. */
    endedAt: instant('ended_at'),
    /** The one message that shows how far the send is, edited as it goes. */
    progressSendId: reference('progress_send_id').references(() => sends.id),
  },
  (t) => [
    index('announcements_municipality').on(t.municipalityId, t.id),
    index('announcements_hearing').on(t.hearingId).where(sql`${t.hearingId} is not null`),
    index('announcements_open').on(t.id).where(sql`${t.state} in ('released', 'running', 'paused')`),
  ],
);

/** Files that go with it. */
export const announcementMedia = pgTable(
  'announcement_media',
  {
    announcementId: reference('announcement_id')
      .notNull()
      .references(() => announcements.id),
    mediaId: reference('media_id')
      .notNull()
      .references(() => media.id),
    position: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.announcementId, t.mediaId] }), index('announcement_media_media').on(t.mediaId)],
);

/** `stale`: it came too late to be of use, and was not sent. */
export const RUNG_STATES = ['planned', 'running', 'done', 'stale', 'canceled'] as const;
export type RungState = (typeof RUNG_STATES)[number];

/**
 * To whom a rung goes: the audience; those whom an earlier send of the announcement may have reached; or those for
 * whom one was waiting when it was taken back.
 */
export type Recipients = 'audience' | 'reached' | 'waiting';

/** The planned sends of an announcement, made when it is released; more come when its hearing changes. */
export const announcementRungs = pgTable(
  'announcement_rungs',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    announcementId: reference('announcement_id')
      .notNull()
      .references(() => announcements.id),
    /** `now`, `7d`, `2h`, …; `moved` and `canceled`: word that the hearing has changed; `again`: the new text. */
    rung: text().notNull(),
    recipients: text().$type<Recipients>().notNull().default('audience'),
    dueAt: instant('due_at').notNull(),
    /** From then on it is of no use; null: it always is. */
    staleAt: instant('stale_at'),
    state: text().$type<RungState>().notNull().default('planned'),
    sendId: reference('send_id')
      .unique()
      .references(() => sends.id),
    /** Of `moved`: when the hearing was to begin before. */
    movedFrom: instant('moved_from'),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
  },
  (t) => [
    index('announcement_rungs_announcement').on(t.announcementId, t.dueAt, t.id),
    index('announcement_rungs_due').on(t.dueAt).where(sql`${t.state} = 'planned'`),
    index('announcement_rungs_running').on(t.id).where(sql`${t.state} = 'running'`),
  ],
);

/** What the office writes instead of our own sentences, by kind of notice and language. */
export const noticeTemplates = pgTable(
  'notice_templates',
  {
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    /** A key of `template-fields.ts`. */
    notice: text().notNull(),
    language: text().$type<Locale>().notNull(),
    text: text().notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.municipalityId, t.notice, t.language] })],
);

/** When the catalogue's calendar next reminds staff; advanced by compare and set, so that each time counts once. */
export const calendarReminders = pgTable(
  'calendar_reminders',
  {
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    /** Of the catalogue. */
    item: text().notNull(),
    nextDueAt: instant('next_due_at').notNull(),
  },
  (t) => [unique('calendar_reminders_item').on(t.municipalityId, t.item)],
);
