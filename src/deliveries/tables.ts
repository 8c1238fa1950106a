import { sql } from 'drizzle-orm';
import { bigint, boolean, index, integer, json, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';
import type { Locale } from '../core/texts.ts';
import type { ChannelName, OutboundContent, SendFailure } from '../messaging/contract.ts';
import { municipalities } from '../places/tables.ts';
import { addresses } from '../residents/tables.ts';

const instant = (name: string) => timestamp(name, { withTimezone: true });
const reference = (name: string) => bigint(name, { mode: 'number' });

export type DeliveryStatus = 'pending' | 'sending' | 'sent' | 'failed' | 'skipped' | 'canceled';
/** Why a delivery did not arrive, or was not tried. */
export type DeliveryReason = Exclude<SendFailure, 'throttled'> | 'opted_out' | 'stale' | 'by_group';

/** One thing that is said to one or many people, in all languages; each of them has a delivery. */
export const sends = pgTable(
  'sends',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    municipalityId: reference('municipality_id')
      .notNull()
      .references(() => municipalities.id),
    /** `notice`: personal, made together with what it tells of. `announcement`: one rung of a ladder, to an audience. */
    kind: text().$type<'notice' | 'announcement'>().notNull(),
    /** `proposal:45`, as in audit rows. */
    subject: text().notNull(),
    /** What is sent, by the language of the one who gets it. Emptied once nobody waits for it any more. */
    contents: json().$type<Readonly<Record<Locale, OutboundContent>>>(),
    createdAt: instant('created_at').notNull(),
    /** By the database's clock: after it nothing is tried again. */
    deadlineAt: instant('deadline_at').notNull(),
    /** Since when nothing of it goes out; what waits is set aside, with `infinity` as its next attempt. */
    pausedAt: instant('paused_at'),
  },
  (t) => [
    index('sends_subject').on(t.subject, t.id),
    index('sends_open').on(t.deadlineAt).where(sql`${t.contents} is not null`),
  ],
);

/** One send to one address: the only thing that is claimed, retried and counted. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    sendId: reference('send_id')
      .notNull()
      .references(() => sends.id),
    /** Null once the person is erased: the count stays true. */
    addressId: reference('address_id').references(() => addresses.id, { onDelete: 'set null' }),
    /** Of the address: the sender of this account claims it. */
    channel: text().$type<ChannelName>().notNull(),
    account: text().notNull(),
    language: text().$type<Locale>().notNull(),
    /** Of an announcement: everything personal goes before it. */
    bulk: boolean().notNull().default(false),
    status: text().$type<DeliveryStatus>().notNull(),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    claimedEpoch: reference('claimed_epoch'),
    /**
     * When the attempt began that is on the wire, or that settled it. Of one that waits: when it was last sent once more
     * after `triedAt`, which may have arrived too.
     */
    claimedAt: instant('claimed_at'),
    /** When the first attempt began that may have arrived although no answer came: it is looked for before the next one. */
    triedAt: instant('tried_at'),
    externalId: text('external_id'),
    /** How far the platform says it got (WhatsApp). */
    ack: text().$type<'server' | 'delivered' | 'read'>(),
    reason: text().$type<DeliveryReason>(),
    /** An attempt before may have arrived although no answer came. */
    possiblyDoubled: boolean('possibly_doubled').notNull().default(false),
    settledAt: instant('settled_at'),
  },
  (t) => [
    unique('deliveries_send_address').on(t.sendId, t.addressId),
    index('deliveries_due').on(t.channel, t.account, t.bulk, t.nextAttemptAt, t.id).where(sql`${t.status} = 'pending'`),
    index('deliveries_in_flight').on(t.channel, t.account).where(sql`${t.status} = 'sending'`),
    index('deliveries_open').on(t.sendId).where(sql`${t.status} in ('pending', 'sending')`),
    index('deliveries_address').on(t.addressId).where(sql`${t.addressId} is not null`),
    // only there does a platform come back to a message by its id; elsewhere each row would pay for it
    index('deliveries_external')
      .on(t.account, t.externalId)
      .where(sql`${t.channel} = 'whatsapp' and ${t.externalId} is not null`),
  ],
);
