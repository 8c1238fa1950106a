import { sql } from 'drizzle-orm';
import { bigint, index, integer, pgTable, text, timestamp, uniqueIndex } from 'drizzle-orm/pg-core';
import { municipalities } from '../places/tables.ts';
import { residents } from '../residents/tables.ts';
import type { Role } from './rights.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });
const reference = (name: string) => bigint(name, { mode: 'number' });

/**
 * People of the okmotu, of working groups and of the kenesh: what a person may do in a municipality. The person is a
 * resident, who may or may not have consented to sending proposals. A removed row stays, so that what they did still
 * points to somebody.
 */
export const staff = pgTable(
  'staff',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    residentId: reference('resident_id')
      .notNull()
      .references(() => residents.id),
    role: text().$type<Role>().notNull(),
    /** As colleagues know them; null once the person is erased. */
    name: text(),
    joinedAt: instant('joined_at').notNull(),
    /** As in audit rows. */
    invitedBy: text('invited_by').notNull(),
    removedAt: instant('removed_at'),
  },
  (t) => [
    uniqueIndex('staff_member').on(t.municipalityId, t.residentId).where(sql`${t.removedAt} is null`),
    index('staff_resident').on(t.residentId).where(sql`${t.removedAt} is null`),
  ],
);

/** One-time codes that let somebody join. Only their hash is kept. */
export const staffInvitations = pgTable(
  'staff_invitations',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    role: text().$type<Role>().notNull(),
    /** For whom it is, as the inviter wrote it. */
    name: text(),
    /** SHA-256 of the normalised code, hex. */
    codeHash: text('code_hash').notNull().unique(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    usedBy: reference('used_by').references(() => staff.id),
    /** Taken back before anybody used it. */
    revokedAt: instant('revoked_at'),
  },
  (t) => [index('staff_invitations_open').on(t.municipalityId, t.id).where(sql`${t.usedAt} is null`)],
);

/**
 * Who has tried wrong codes lately. Of the chat only a hash is kept, so that an erased person may neither be found in
 * here nor begin anew by being erased; rows go after some days of quiet.
 */
export const staffCodeAttempts = pgTable('staff_code_attempts', {
  /** SHA-256 of the chat, hex. */
  chatHash: text('chat_hash').primaryKey(),
  failed: integer().notNull(),
  /** The last wrong code; pauses count from it. */
  failedAt: instant('failed_at').notNull(),
  /** The person was told of the pause that runs: more tries in it are not answered. */
  toldAt: instant('told_at'),
});
