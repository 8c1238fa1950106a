import { sql } from 'drizzle-orm';
import { bigint, check, index, integer, json, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Locale } from '../core/texts.ts';
import { sends } from '../deliveries/tables.ts';
import { media } from '../messaging/tables.ts';
import { municipalities, villages } from '../places/tables.ts';
import { residents } from '../residents/tables.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });
const reference = (name: string) => bigint(name, { mode: 'number' });

export const HEARING_KINDS = ['sedp_draft', 'budget_draft', 'budget_execution', 'jap', 'other'] as const;
export type HearingKind = (typeof HEARING_KINDS)[number];

/** Words in the languages that somebody wrote them in; who reads another one gets the first of ky, ru, en that is there. */
export type LocalTexts = Readonly<Partial<Record<Locale, string>>>;

/** Public hearings: announced, perhaps moved, held or canceled. */
export const hearings = pgTable(
  'hearings',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    kind: text().$type<HearingKind>().notNull(),
    topic: json().$type<LocalTexts>().notNull(),
    startsAt: instant('starts_at').notNull(),
    villageId: text('village_id')
      .notNull()
      .references(() => villages.id),
    /** Where in the village: «Клуб». */
    building: text().notNull(),
    /** Who convenes; null: the okmotu. */
    convener: text(),
    agenda: json().$type<LocalTexts>(),
    /** The draft that is heard: a file, or where it can be read. */
    draftMediaId: reference('draft_media_id').references(() => media.id),
    draftUrl: text('draft_url'),
    /** Whom to ask: a name and a phone number, as staff wrote it. */
    contact: text(),
    /** Until when questions and proposals to the hearing are taken; null: until it begins. */
    proposalsUntil: instant('proposals_until'),
    state: text().$type<'planned' | 'canceled' | 'held'>().notNull().default('planned'),
    cancelReason: text('cancel_reason'),
    /** Raised by each change: who changes an older one is told. */
    revision: integer().notNull().default(1),
    /** Who came, as staff counted. */
    peopleCount: integer('people_count'),
    womenCount: integer('women_count'),
    minutesMediaId: reference('minutes_media_id').references(() => media.id),
    minutesUrl: text('minutes_url'),
    heldRecordedAt: instant('held_recorded_at'),
    /** As in audit rows. */
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    index('hearings_municipality').on(t.municipalityId, t.startsAt),
    check('hearings_women', sql`${t.womenCount} is null or ${t.womenCount} between 0 and ${t.peopleCount}`),
  ],
);

/** Whether somebody means to come: the last thing they said. */
export const hearingIntents = pgTable(
  'hearing_intents',
  {
    hearingId: reference('hearing_id')
      .notNull()
      .references(() => hearings.id),
    residentId: reference('resident_id')
      .notNull()
      .references(() => residents.id),
    intent: text().$type<'coming' | 'not_coming'>().notNull(),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.hearingId, t.residentId] }), index('hearing_intents_resident').on(t.residentId)],
);

/** Questions and proposals to a hearing of those who cannot come. */
export const hearingQuestions = pgTable(
  'hearing_questions',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    hearingId: reference('hearing_id')
      .notNull()
      .references(() => hearings.id),
    /** Null once the person is erased; the question stays. */
    residentId: reference('resident_id').references(() => residents.id),
    language: text().$type<Locale>().notNull(),
    text: text().notNull(),
    askedAt: instant('asked_at').notNull(),
    answer: text(),
    answeredAt: instant('answered_at'),
    /** As in audit rows. */
    answeredBy: text('answered_by'),
    /** By which the answer went to the person. */
    sendId: reference('send_id').references(() => sends.id),
  },
  (t) => [
    index('hearing_questions_hearing').on(t.hearingId, t.id),
    index('hearing_questions_resident').on(t.residentId),
  ],
);

/** Files that came with a question. */
export const hearingQuestionMedia = pgTable(
  'hearing_question_media',
  {
    questionId: reference('question_id')
      .notNull()
      .references(() => hearingQuestions.id),
    mediaId: reference('media_id')
      .notNull()
      .references(() => media.id),
    position: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.questionId, t.mediaId] }), index('hearing_question_media_media').on(t.mediaId)],
);
