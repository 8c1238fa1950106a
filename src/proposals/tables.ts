import { sql } from 'drizzle-orm';
import {
  type AnyPgColumn,
  bigint,
  boolean,
  check,
  doublePrecision,
  foreignKey,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
  uniqueIndex,
} from 'drizzle-orm/pg-core';
import type { Locale } from '../core/texts.ts';
import { sends } from '../deliveries/tables.ts';
import { meetings } from '../meetings/tables.ts';
import type { ChannelName } from '../messaging/contract.ts';
import { media } from '../messaging/tables.ts';
import { municipalities, sectors, villages } from '../places/tables.ts';
import { type AgeBand, residents, type Sex } from '../residents/tables.ts';
import { staff } from '../staff/tables.ts';
import type { AnswerTexts } from './answer-texts.ts';
import type { ProposalSource, ProposalStatus } from './rules.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });
const reference = (name: string) => bigint(name, { mode: 'number' });

/** What a resident says is needed. Never deleted: its number has been given out. */
export const proposals = pgTable(
  'proposals',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    /** Whose number it carries. Where it belongs today is told by its village, which may have moved since. */
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    /** `KS-2026-0042`, or `TEST-2026-0001` of the simulator beside a real channel. */
    number: text().notNull(),
    year: integer().notNull(),
    sequence: integer().notNull(),
    /** Stays out of lists, counts and exports unless its channel is asked for. */
    test: boolean().notNull(),
    /** Null for paper and import. */
    channel: text().$type<ChannelName>(),
    source: text().$type<ProposalSource>().notNull(),
    villageId: text('village_id')
      .notNull()
      .references(() => villages.id),
    sectorId: text('sector_id').notNull(),
    /** True: nobody has said yet what it is about; `other` stands in `sectorId` meanwhile. */
    sectorDue: boolean('sector_due').notNull().default(false),
    /** Of a proposal from a group: until when its author must consent, else the person is erased from it. */
    consentDueAt: instant('consent_due_at'),
    /** Null once the person is erased, and for proposals on paper. */
    residentId: reference('resident_id').references(() => residents.id),
    text: text().notNull(),
    /** The wording as it was sent; no verb changes it. */
    firstText: text('first_text').notNull(),
    language: text().$type<Locale>().notNull(),
    latitude: doublePrecision(),
    longitude: doublePrecision(),
    status: text().$type<ProposalStatus>().notNull(),
    hiddenAt: instant('hidden_at'),
    mergedIntoId: reference('merged_into_id').references((): AnyPgColumn => proposals.id),
    /** The public answer of the okmotu in the language of the proposal, and in each language, for all who read it. */
    answer: text(),
    answers: json().$type<AnswerTexts>(),
    /**
     * `<channel>:<account>:<chat>:<message>` that it came in, so that an edit of the message finds it. Of a group's a
     * hash once the author is erased, so that the message is not taken again.
     */
    messageRef: text('message_ref'),
    /** What a voice message says, as staff wrote it down; never mixed with the resident's own words. */
    transcript: text(),
    /** Words and transcript folded, for finding similar ones. Null: not folded yet. */
    folded: text(),
    /** Residents who support it, with the authors and supporters of those merged into it; without its author. */
    supporterCount: integer('supporter_count').notNull().default(0),
    /** Of a proposal on paper: who spoke, as far as they told. Of others the resident's own answers hold. */
    authorSex: text('author_sex').$type<Sex>(),
    authorAgeBand: text('author_age_band').$type<AgeBand>(),
    /** The speaker is of a group that needs support. Leaves the office in sums only. */
    authorVulnerable: boolean('author_vulnerable'),
    /** Who wrote it down for somebody else, as in audit rows. Never the author. */
    enteredBy: text('entered_by'),
    meetingId: reference('meeting_id').references(() => meetings.id),
    /** Tells the row of a file that was imported already. */
    importKey: text('import_key'),
    /** Which of the staff has its card open, since when. */
    openedBy: reference('opened_by').references(() => staff.id),
    openedAt: instant('opened_at'),
    /** Raised by each change, so that an old card is recognised. */
    revision: integer().notNull().default(0),
    submittedAt: instant('submitted_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    unique('proposals_number').on(t.municipalityId, t.number),
    foreignKey({
      name: 'proposals_sector',
      columns: [t.municipalityId, t.sectorId],
      foreignColumns: [sectors.municipalityId, sectors.id],
    }),
    index('proposals_village').on(t.villageId, t.id),
    index('proposals_sector_order').on(t.municipalityId, t.sectorId, t.id),
    index('proposals_status').on(t.status, t.id),
    index('proposals_submitted').on(t.submittedAt),
    index('proposals_resident').on(t.residentId, t.id).where(sql`${t.residentId} is not null`),
    index('proposals_incomplete').on(t.residentId).where(sql`${t.consentDueAt} is not null or ${t.sectorDue}`),
    index('proposals_consent_due').on(t.consentDueAt).where(sql`${t.consentDueAt} is not null`),
    // The office's queue, village by village and status by status; the sector is looked at without reading the row.
    index('proposals_inbox')
      .on(t.villageId, t.status, t.id, t.sectorId)
      .where(sql`${t.hiddenAt} is null and not ${t.test}`),
    index('proposals_hidden').on(t.villageId, t.id).where(sql`${t.hiddenAt} is not null`),
    index('proposals_folded').using('gin', t.folded.op('gin_trgm_ops')),
    index('proposals_unfolded').on(t.id).where(sql`${t.folded} is null`),
    index('proposals_merged_into').on(t.mergedIntoId).where(sql`${t.mergedIntoId} is not null`),
    index('proposals_meeting').on(t.meetingId).where(sql`${t.meetingId} is not null`),
    uniqueIndex('proposals_import').on(t.municipalityId, t.importKey).where(sql`${t.importKey} is not null`),
    index('proposals_message').on(t.messageRef).where(sql`${t.messageRef} is not null`),
    check('proposals_location', sql`(${t.latitude} is null) = (${t.longitude} is null)`),
    check('proposals_merged', sql`(${t.mergedIntoId} is null) = (${t.status} <> 'merged')`),
  ],
);

/** Files of a proposal, in the order in which they were sent. */
export const proposalAttachments = pgTable(
  'proposal_attachments',
  {
    proposalId: reference('proposal_id')
      .notNull()
      .references(() => proposals.id),
    mediaId: reference('media_id')
      .notNull()
      .references(() => media.id),
    position: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.proposalId, t.mediaId] }), index('proposal_attachments_media').on(t.mediaId)],
);

/** The history of a status. That it was received is told by the proposal itself. */
export const proposalStatusChanges = pgTable(
  'proposal_status_changes',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    proposalId: reference('proposal_id')
      .notNull()
      .references(() => proposals.id),
    from: text().$type<ProposalStatus>().notNull(),
    to: text().$type<ProposalStatus>().notNull(),
    at: instant('at').notNull(),
    /** As in audit rows: `resident:12`. */
    actor: text().notNull(),
    answer: text(),
  },
  (t) => [index('proposal_status_changes_proposal').on(t.proposalId, t.id)],
);

/** The last number given, per municipality, year and series. Raised in the statement that stores the proposal. */
export const proposalCounters = pgTable(
  'proposal_counters',
  {
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    year: integer().notNull(),
    series: text().$type<'main' | 'test'>().notNull(),
    last: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.municipalityId, t.year, t.series] })],
);

/** Who wants a proposal too. Taken back: the row goes. Support of a merged one counts for the one it was merged into. */
export const proposalSupports = pgTable(
  'proposal_supports',
  {
    proposalId: reference('proposal_id')
      .notNull()
      .references(() => proposals.id),
    residentId: reference('resident_id')
      .notNull()
      .references(() => residents.id),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.proposalId, t.residentId] }), index('proposal_supports_resident').on(t.residentId)],
);

/** What staff asked an author, and what the author wrote back. */
export const proposalQuestions = pgTable(
  'proposal_questions',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    proposalId: reference('proposal_id')
      .notNull()
      .references(() => proposals.id),
    /** The author; null once erased. */
    residentId: reference('resident_id').references(() => residents.id),
    askedBy: reference('asked_by').references(() => staff.id),
    question: text().notNull(),
    /** By which it went to the author. */
    sendId: reference('send_id').references(() => sends.id),
    askedAt: instant('asked_at').notNull(),
    answer: text(),
    answeredAt: instant('answered_at'),
  },
  (t) => [
    index('proposal_questions_proposal').on(t.proposalId, t.id),
    index('proposal_questions_open').on(t.residentId, t.id).where(sql`${t.answeredAt} is null`),
  ],
);

/** Sentences that staff answer with, for the statuses a proposal may be given. */
export const answerTemplates = pgTable(
  'answer_templates',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    status: text().$type<ProposalStatus>().notNull(),
    texts: json().$type<AnswerTexts>().notNull(),
    /** The order in which they are offered. */
    position: integer().notNull(),
    updatedAt: instant('updated_at').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [index('answer_templates_status').on(t.municipalityId, t.status, t.position)],
);
