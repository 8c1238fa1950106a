import { sql } from 'drizzle-orm';
import { bigint, customType, index, integer, json, pgTable, text, timestamp, unique } from 'drizzle-orm/pg-core';
import type { Saved } from '../dialog/types.ts';
import type { ChannelName, MediaRef, OutboundContent } from './contract.ts';

const bytes = customType<{ data: Uint8Array }>({ dataType: () => 'bytea' });
const instant = (name: string) => timestamp(name, { withTimezone: true });

/**
 * What platforms handed us, stored before it is confirmed. `json`, since `jsonb` and `text` refuse NUL and lone
 * surrogates. A handled row has no payload any more and stays for a while to recognise a second delivery.
 */
export const inbox = pgTable(
  'inbox',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    channel: text().$type<ChannelName>().notNull(),
    account: text().notNull(),
    eventId: text('event_id').notNull(),
    chatId: text('chat_id').notNull(),
    personId: text('person_id').notNull(),
    /** `expire`: from our own sweeper, not from a platform. */
    internal: text().$type<'expire'>(),
    payload: json(),
    /** The payload as bytes, where the database refused it as JSON. */
    refused: bytes(),
    status: text().$type<'new' | 'handled' | 'parked'>().notNull().default('new'),
    attempts: integer().notNull().default(0),
    error: text(),
    receivedAt: instant('received_at').notNull().defaultNow(),
    handledAt: instant('handled_at'),
  },
  (t) => [
    unique('inbox_event').on(t.channel, t.account, t.eventId),
    index('inbox_new').on(t.channel, t.account, t.chatId, t.personId, t.id).where(sql`${t.status} = 'new'`),
    index('inbox_parked').on(t.id).where(sql`${t.status} = 'parked'`),
    index('inbox_handled').on(t.handledAt),
  ],
);

/** One person's saved place in a conversation, and what is remembered about the chat between conversations. */
export const dialogs = pgTable(
  'dialogs',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    channel: text().$type<ChannelName>().notNull(),
    account: text().notNull(),
    chatId: text('chat_id').notNull(),
    personId: text('person_id').notNull(),
    saved: json().$type<Saved>(),
    /** Belongs to the router: language before registration, counters of the rate limit, the draft of an expired dialog. */
    memory: json().$type<Record<string, unknown>>().notNull().default({}),
    expiresAt: instant('expires_at'),
  },
  (t) => [
    unique('dialogs_key').on(t.channel, t.account, t.chatId, t.personId),
    index('dialogs_expiry').on(t.expiresAt).where(sql`${t.expiresAt} is not null`),
  ],
);

/** Answers of a turn, written in its transaction, sent after the commit, deleted once sent. */
export const replies = pgTable(
  'replies',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    channel: text().$type<ChannelName>().notNull(),
    account: text().notNull(),
    chatId: text('chat_id').notNull(),
    content: json().$type<OutboundContent>().notNull(),
    attempts: integer().notNull().default(0),
    notBefore: instant('not_before'),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [index('replies_account').on(t.channel, t.account, t.id)],
);

/** Who may send for a channel account, until when by the database's clock. */
export const leases = pgTable(
  'leases',
  {
    channel: text().$type<ChannelName>().notNull(),
    account: text().notNull(),
    holder: text().notNull(),
    /** Raised at each take-over. */
    epoch: bigint({ mode: 'number' }).notNull(),
    until: instant('until').notNull(),
    /** The platform told the whole account to wait until then. */
    pausedUntil: instant('paused_until'),
  },
  (t) => [unique('leases_account').on(t.channel, t.account)],
);

/** Files that people sent. A worker fetches them to `DATA_DIR/media`, never the turn. */
export const media = pgTable(
  'media',
  {
    id: bigint({ mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    channel: text().$type<ChannelName>().notNull(),
    account: text().notNull(),
    chatId: text('chat_id').notNull(),
    personId: text('person_id').notNull(),
    kind: text().$type<MediaRef['kind']>().notNull(),
    ref: text().notNull(),
    uniqueRef: text('unique_ref').notNull(),
    mime: text(),
    fileName: text('file_name'),
    size: bigint({ mode: 'number' }),
    /** Below `DATA_DIR/media`, once stored. */
    path: text(),
    status: text().$type<'pending' | 'stored' | 'gone' | 'refused'>().notNull().default('pending'),
    attempts: integer().notNull().default(0),
    nextAttemptAt: instant('next_attempt_at').notNull().defaultNow(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (t) => [
    index('media_pending').on(t.channel, t.account, t.nextAttemptAt).where(sql`${t.status} = 'pending'`),
    index('media_person').on(t.channel, t.account, t.chatId),
  ],
);
