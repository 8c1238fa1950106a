import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';
import type { Locale } from '../core/texts.ts';
import type { ChannelName, SendFailure } from '../messaging/contract.ts';
import { villages } from '../places/tables.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });

export const SEXES = ['woman', 'man'] as const;
export type Sex = (typeof SEXES)[number];
export const AGE_BANDS = ['14-28', '29-54', '55+'] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

/**
 * A person who agreed to our keeping what they send. The row comes with the consent, never before it. An erased
 * person keeps the bare row (`erased_at`), so that audit rows go on pointing to a number.
 */
export const residents = pgTable(
  'residents',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    language: text().$type<Locale>().notNull(),
    villageId: text('village_id').references(() => villages.id),
    /** As the person is called on the platform. */
    name: text(),
    sex: text().$type<Sex>(),
    ageBand: text('age_band').$type<AgeBand>(),
    /** Of a group that needs support, as the person told. Leaves the office in sums only. */
    vulnerable: boolean(),
    /** Set once asked, also when nothing was told: the question is never repeated. */
    demographicsAskedAt: instant('demographics_asked_at'),
    /** The version of the text that was agreed to. */
    consentVersion: text('consent_version'),
    consentAt: instant('consent_at'),
    announcementsStoppedAt: instant('announcements_stopped_at'),
    /** No word on one's own proposals either. */
    answersStoppedAt: instant('answers_stopped_at'),
    /** Staff take no more proposals from this person, since when. */
    blockedAt: instant('blocked_at'),
    createdAt: instant('created_at').notNull(),
    erasedAt: instant('erased_at'),
  },
  (t) => [
    index('residents_village').on(t.villageId, t.id).where(sql`${t.erasedAt} is null`),
    check(
      'residents_erased',
      sql`${t.erasedAt} is null or num_nonnulls(${t.villageId}, ${t.name}, ${t.sex}, ${t.ageBand}, ${t.vulnerable}, ${t.consentAt}) = 0`,
    ),
  ],
);

/**
 * Where a resident is reached, or the people of a village by their group. A person may have several; an address belongs
 * to one person, or is a group or a channel that an officer linked to a village.
 */
export const addresses = pgTable(
  'addresses',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    residentId: bigint('resident_id', { mode: 'number' }).references(() => residents.id),
    /** Of a linked group: the village whose people read it. */
    groupVillageId: text('group_village_id').references(() => villages.id),
    /** Of a linked group: what it is called there, by whom it was linked (as in audit rows), and when. */
    groupTitle: text('group_title'),
    linkedBy: text('linked_by'),
    linkedAt: instant('linked_at'),
    channel: text().$type<ChannelName>().notNull(),
    account: text().notNull(),
    /** The platform's id of the chat. */
    externalId: text('external_id').notNull(),
    /** The id that it had before the platform gave it this one: an announcement may still name it so. */
    formerId: text('former_id'),
    /** Why sends to it are given up for now, and since when. */
    unreachableReason: text('unreachable_reason').$type<SendFailure>(),
    unreachableAt: instant('unreachable_at'),
    /** Of one of several chats of a person: since when they want notices here. */
    preferredAt: instant('preferred_at'),
  },
  (t) => [
    unique('addresses_chat').on(t.channel, t.account, t.externalId),
    index('addresses_resident').on(t.residentId),
    index('addresses_group').on(t.groupVillageId).where(sql`${t.groupVillageId} is not null`),
    check('addresses_owner', sql`num_nonnulls(${t.residentId}, ${t.groupVillageId}) = 1`),
  ],
);

/**
 * One-time codes by which a person shows that another chat is theirs too; the last one that they asked for. Only its
 * hash is kept; a row goes with the chat, and a day after it ran out.
 */
export const joinCodes = pgTable('join_codes', {
  residentId: bigint('resident_id', { mode: 'number' })
    .primaryKey()
    .references(() => residents.id),
  /** The chat that it was told in. */
  addressId: bigint('address_id', { mode: 'number' })
    .notNull()
    .references(() => addresses.id, { onDelete: 'cascade' }),
  /** SHA-256 of the digits, hex. */
  codeHash: text('code_hash').notNull().unique(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
});
