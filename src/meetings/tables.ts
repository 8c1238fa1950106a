import { sql } from 'drizzle-orm';
import { bigint, check, date, index, integer, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core';
import { media } from '../messaging/tables.ts';
import { municipalities, villages } from '../places/tables.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });
const reference = (name: string) => bigint(name, { mode: 'number' });

/** `pra`: needs are found together, age group by age group; `gathering`: the general meeting of a village. */
export const MEETING_KINDS = ['pra', 'gathering', 'other'] as const;
export type MeetingKind = (typeof MEETING_KINDS)[number];

/** Meetings of a village that have taken place. What is not known of who came is null, never zero. */
export const meetings = pgTable(
  'meetings',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    villageId: text('village_id')
      .notNull()
      .references(() => villages.id),
    kind: text().$type<MeetingKind>().notNull(),
    heldOn: date('held_on', { mode: 'string' }).notNull(),
    people: integer().notNull(),
    women: integer(),
    /** People by age band; all three or none. */
    age14: integer('age_14'),
    age29: integer('age_29'),
    age55: integer('age_55'),
    /** As in audit rows. */
    recordedBy: text('recorded_by').notNull(),
    recordedAt: instant('recorded_at').notNull(),
    /** Recorded by mistake: stays out of lists and counts. */
    canceledAt: instant('canceled_at'),
  },
  (t) => [
    index('meetings_village').on(t.villageId, t.heldOn),
    index('meetings_municipality').on(t.municipalityId, t.heldOn),
    check('meetings_women', sql`${t.women} is null or ${t.women} between 0 and ${t.people}`),
    check('meetings_ages', sql`num_nonnulls(${t.age14}, ${t.age29}, ${t.age55}) in (0, 3)`),
  ],
);

/** Photos of the sheets that were written there. */
export const meetingMedia = pgTable(
  'meeting_media',
  {
    meetingId: reference('meeting_id')
      .notNull()
      .references(() => meetings.id),
    mediaId: reference('media_id')
      .notNull()
      .references(() => media.id),
    position: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.meetingId, t.mediaId] }), index('meeting_media_media').on(t.mediaId)],
);
