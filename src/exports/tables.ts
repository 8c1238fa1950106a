import { sql } from 'drizzle-orm';
import { bigint, index, integer, json, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import type { Locale } from '../core/texts.ts';
import type { ChannelName } from '../messaging/contract.ts';
import { municipalities } from '../places/tables.ts';
import { staff } from '../staff/tables.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });
const reference = (name: string) => bigint(name, { mode: 'number' });

/** Files that somebody asked for in a chat; the sweeper builds them and sends them there. */
export const exportJobs = pgTable(
  'export_jobs',
  {
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
    /** What is exported and how; its shape belongs to `exports/`. */
    request: json().notNull(),
    language: text().$type<Locale>().notNull(),
    status: text().$type<'waiting' | 'running' | 'done' | 'failed' | 'canceled'>().notNull(),
    attempts: integer().notNull().default(0),
    rowCount: integer('row_count').notNull().default(0),
    /** Below `DATA_DIR/exports`; the file goes a day after it was sent. */
    path: text(),
    createdAt: instant('created_at').notNull(),
    /** By the database's clock: a job that is running and silent for minutes is taken over. */
    touchedAt: instant('touched_at').notNull().defaultNow(),
  },
  (t) => [index('export_jobs_open').on(t.id).where(sql`${t.status} in ('waiting', 'running')`)],
);
