import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  customType,
  date,
  index,
  integer,
  json,
  pgTable,
  primaryKey,
  text,
  timestamp,
  unique,
} from 'drizzle-orm/pg-core';
import type { Locale } from '../core/texts.ts';
import type { ChannelName } from '../messaging/contract.ts';
import { municipalities } from '../places/tables.ts';
import { proposals } from '../proposals/tables.ts';
import { staff } from '../staff/tables.ts';

const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
const instant = (name: string) => timestamp(name, { withTimezone: true });
const reference = (name: string) => bigint(name, { mode: 'number' });

export type PlanStatus = 'draft' | 'heard' | 'approved';
/** What the problem is in one village. */
export interface LineVillage {
  readonly villageId: string;
  readonly problem: string;
}
export interface LineActivity {
  readonly activity: string;
  readonly term: string;
  readonly responsible: string;
}
/** Money of one source, in whole soms. */
export interface LineFunding {
  readonly source: string;
  readonly amount: number;
}

/** Joint Action Plans: one a municipality and year. */
export const plans = pgTable(
  'plans',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    year: integer().notNull(),
    status: text().$type<PlanStatus>().notNull(),
    /** Of the gathering that heard the draft. */
    heardOn: date('heard_on', { mode: 'string' }),
    /** Of the kenesh's resolution. */
    approvedOn: date('approved_on', { mode: 'string' }),
    approvedBy: text('approved_by'),
    documentNumber: text('document_number'),
    /** Raised by each change of the plan or of one of its lines. */
    revision: integer().notNull().default(1),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [unique('plans_year').on(t.municipalityId, t.year)],
);

/** One numbered block of a plan: a direction, its problem, who gains by it, what is done, for how much. */
export const planLines = pgTable(
  'plan_lines',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    planId: reference('plan_id')
      .notNull()
      .references(() => plans.id),
    /** From 1, without gaps. */
    position: integer().notNull(),
    /** A sector of the plan's municipality, where the line grew out of one. */
    sectorId: text('sector_id'),
    /** What it is about, as the plan names it. */
    direction: text().notNull(),
    /** Number of the local-importance issue (ЖММ). It is not the sector. */
    issueNumber: integer('issue_number'),
    problem: text().notNull(),
    villages: json().$type<readonly LineVillage[]>().notNull(),
    beneficiaries: integer(),
    women: integer(),
    men: integer(),
    activities: json().$type<readonly LineActivity[]>().notNull(),
    /** In whole soms. */
    cost: bigint({ mode: 'number' }),
    fundings: json().$type<readonly LineFunding[]>().notNull(),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    index('plan_lines_plan').on(t.planId, t.position),
    check('plan_lines_beneficiaries', sql`${t.women} + ${t.men} = ${t.beneficiaries}`),
  ],
);

/** Which proposals a line answers; a proposal stands in one line of a plan. */
export const planLineProposals = pgTable(
  'plan_line_proposals',
  {
    planId: reference('plan_id')
      .notNull()
      .references(() => plans.id),
    proposalId: reference('proposal_id')
      .notNull()
      .references(() => proposals.id),
    lineId: reference('line_id')
      .notNull()
      .references(() => planLines.id, { onDelete: 'cascade' }),
  },
  (t) => [
    primaryKey({ columns: [t.planId, t.proposalId] }),
    index('plan_line_proposals_line').on(t.lineId),
    index('plan_line_proposals_proposal').on(t.proposalId),
  ],
);

/** A plan as it was put to the gathering or to the kenesh: what was heard and approved stays readable. */
export const planVersions = pgTable(
  'plan_versions',
  {
    planId: reference('plan_id')
      .notNull()
      .references(() => plans.id),
    version: integer().notNull(),
    status: text().$type<PlanStatus>().notNull(),
    at: instant('at').notNull(),
    /** As in audit rows. */
    actor: text().notNull(),
    /** The plan and its lines. */
    content: json().notNull(),
  },
  (t) => [primaryKey({ columns: [t.planId, t.version] })],
);

/** Word templates that staff put in the place of the ones that come with the program. */
export const planTemplates = pgTable(
  'plan_templates',
  {
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    language: text().$type<Locale>().notNull(),
    file: bytes().notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.municipalityId, t.language] })],
);

/** What somebody asked for in a chat that takes files: a plan as a document, a template looked at. Done: the row goes. */
export const planJobs = pgTable('plan_jobs', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  municipalityId: reference('municipality_id')
    .notNull()
    .references(() => municipalities.id),
  staffId: reference('staff_id')
    .notNull()
    .references(() => staff.id),
  channel: text().$type<ChannelName>().notNull(),
  account: text().notNull(),
  chatId: text('chat_id').notNull(),
  personId: text('person_id').notNull(),
  /** What is to be done; its shape is in `plan-jobs.ts`. */
  request: json().notNull(),
  /** Of the words around the file. */
  locale: text().$type<Locale>().notNull(),
  attempts: integer().notNull().default(0),
  createdAt: instant('created_at').notNull(),
  /** By the database's clock: not taken up before; a process that takes it up moves it ahead. */
  nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
});
