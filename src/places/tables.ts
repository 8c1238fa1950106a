import { bigint, boolean, integer, jsonb, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import type { Cases, KeywordGroup, Legal, Names, Settings } from './catalogue.ts';

/** Aiyl aimaks. Several live in one database; each row is what its catalogue file said last. */
export const municipalities = pgTable('municipalities', {
  id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  /** Stands in every proposal number: `KS` in `KS-2026-0042`. */
  code: text().notNull().unique(),
  names: jsonb().$type<Names>().notNull(),
  timeZone: text('time_zone').notNull(),
  settings: jsonb().$type<Settings>().notNull(),
  legal: jsonb().$type<Legal>().notNull(),
  /** Raised by each load that changed something here, villages and sectors included. */
  revision: integer().notNull().default(1),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull(),
});

/** Villages. The id is unique over all municipalities, so that a village can move with its history. */
export const villages = pgTable('villages', {
  id: text().primaryKey(),
  municipalityId: bigint('municipality_id', { mode: 'number' })
    .notNull()
    .references(() => municipalities.id),
  names: jsonb().$type<Names>().notNull(),
  spellings: jsonb().$type<string[]>().notNull(),
  cases: jsonb().$type<Cases>(),
  ordinaryWord: boolean('ordinary_word').notNull(),
  position: integer().notNull(),
  /** Since when it is no longer in the catalogue; old proposals still point to it. */
  retiredAt: timestamp('retired_at', { withTimezone: true }),
});

/** Subject areas of proposals, each municipality its own list. */
export const sectors = pgTable(
  'sectors',
  {
    municipalityId: bigint('municipality_id', { mode: 'number' })
      .notNull()
      .references(() => municipalities.id),
    id: text().notNull(),
    /** Short, for buttons. */
    labels: jsonb().$type<Names>().notNull(),
    /** Long, for tables and documents. */
    names: jsonb().$type<Names>().notNull(),
    keywords: jsonb().$type<KeywordGroup[]>().notNull(),
    position: integer().notNull(),
    retiredAt: timestamp('retired_at', { withTimezone: true }),
  },
  (table) => [primaryKey({ columns: [table.municipalityId, table.id] })],
);
