import { bigint, json, pgTable, text, timestamp } from 'drizzle-orm/pg-core';
import { municipalities } from '../places/tables.ts';

/** The last report of a municipality that takes long to count: shown until the sweeper has counted anew. */
export const statisticsReports = pgTable('statistics_reports', {
  municipalityId: bigint('municipality_id', { mode: 'number' })
    .primaryKey()
    .references(() => municipalities.id),
  /** Of the shape that `statistics/` writes. */
  report: json().notNull(),
  /** The shape's version: a report of another one is counted anew. */
  version: text().notNull(),
  countedAt: timestamp('counted_at', { withTimezone: true }).notNull(),
});
