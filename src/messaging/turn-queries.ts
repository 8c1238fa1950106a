import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { Saved } from '../dialog/types.ts';
import type { OutboundContent } from './contract.ts';
import { addressOf, type DialogKey, type DialogKeyRow, keyOf, keyOfRow } from './dialog-key.ts';
import type { StoredReply } from './replies.ts';
import { dialogs, inbox } from './tables.ts';

/** A dialog whose row this transaction holds. */
export interface LockedDialog {
  readonly id: number;
  readonly key: DialogKey;
  readonly saved: Saved | null;
  readonly memory: Readonly<Record<string, unknown>>;
  readonly expiresAt: Date | null;
  /** The database's clock at the beginning of the turn. */
  readonly at: Date;
}

export interface TakenEvent {
  readonly id: number;
  readonly dialog: LockedDialog;
  readonly internal: 'expire' | null;
  readonly payload: unknown;
}

export interface DoneTurn {
  readonly dialog: LockedDialog;
  /** The event that is handled by it; null: it is marked elsewhere. */
  readonly eventId: number | null;
  readonly saved: Saved | null;
  readonly memory: Readonly<Record<string, unknown>>;
  readonly expiresAt: Date | null;
  readonly replies: readonly OutboundContent[];
}

const insertRows = statement()`
  insert into dialogs (channel, account, chat_id, person_id)
  select * from unnest(${'channels'}::text[], ${'accounts'}::text[], ${'chatIds'}::text[], ${'personIds'}::text[])
  on conflict do nothing`;

/** Locks the dialogs, in the order of their ids; rows that are missing are made first. */
export async function lockDialogs(tx: Tx, keys: readonly DialogKey[]): Promise<LockedDialog[]> {
  const found = await selectForUpdate(tx, keys);
  if (found.length === keys.length) return found;
  const ordered = [...keys].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  await insertRows(tx, columnsOf(ordered));
  return selectForUpdate(tx, keys);
}

interface DialogRow extends DialogKeyRow {
  readonly id: string;
  readonly saved: Saved | null;
  readonly memory: Record<string, unknown>;
  readonly expires_at: string | null;
  readonly at_ms: number;
}

const lockRows = statement<DialogRow>()`
  select id, channel, account, chat_id, person_id, saved, memory, expires_at,
    (extract(epoch from now()) * 1000)::float8 as at_ms
  from dialogs
  where (channel, account, chat_id, person_id) in (
    select * from unnest(${'channels'}::text[], ${'accounts'}::text[], ${'chatIds'}::text[], ${'personIds'}::text[])
  )
  order by id for update`;

async function selectForUpdate(tx: Tx, keys: readonly DialogKey[]): Promise<LockedDialog[]> {
  const rows = await lockRows(tx, columnsOf(keys));
  return rows.map((row) => ({
    id: Number(row.id),
    key: keyOfRow(row),
    saved: row.saved,
    memory: row.memory,
    expiresAt: row.expires_at === null ? null : new Date(row.expires_at),
    at: new Date(row.at_ms),
  }));
}

function columnsOf(keys: readonly DialogKey[]) {
  return {
    channels: keys.map(({ channel }) => channel),
    accounts: keys.map(({ account }) => account),
    chatIds: keys.map(({ chatId }) => chatId),
    personIds: keys.map(({ personId }) => personId),
  };
}

interface EventRow {
  readonly dialog: string;
  readonly id: string;
  readonly internal: 'expire' | null;
  readonly payload: unknown;
}

const takeRows = statement<EventRow>()`
  select d.id as dialog, e.id, e.internal, e.payload
  from unnest(${'ids'}::bigint[]) as wanted(id)
  join dialogs d on d.id = wanted.id
  cross join lateral (
    select id, internal, payload from inbox
    where status = 'new' and channel = d.channel and account = d.account
      and chat_id = d.chat_id and person_id = d.person_id
    order by id limit 1
  ) e`;

/** The oldest unhandled event of each dialog; a dialog that has none is left out. */
export async function takeOldestEvents(tx: Tx, locked: readonly LockedDialog[]): Promise<TakenEvent[]> {
  if (locked.length === 0) return [];
  const rows = await takeRows(tx, { ids: locked.map(({ id }) => id) });
  const byId = new Map(locked.map((dialog) => [dialog.id, dialog]));
  return rows.flatMap(({ dialog: dialogId, id, internal, payload }) => {
    const dialog = byId.get(Number(dialogId));
    return dialog ? [{ id: Number(id), dialog, internal, payload: parsed(payload) }] : [];
  });
}

// The driver hands a JSON string over as the text that it is in the database.
function parsed(json: unknown): unknown {
  return typeof json === 'string' ? JSON.parse(json) : json;
}

const saveRows = statement<{ id: string }>()`
  with changed as (
    update dialogs set saved = v.saved, memory = v.memory, expires_at = v.expires_at
    from json_to_recordset(${'changes'}::json) as v(id bigint, saved json, memory json, expires_at timestamptz)
    where dialogs.id = v.id
  ), marked as (
    update inbox set status = 'handled', handled_at = now(), payload = null where id = any(${'eventIds'}::bigint[])
  ), stored as (
    insert into replies (channel, account, chat_id, content)
    select v.value ->> 'channel', v.value ->> 'account', v.value ->> 'chat_id', v.value -> 'content'
    from json_array_elements(${'replies'}::json) with ordinality as v(value, position)
    order by v.position
    returning id
  )
  select id from stored order by id`;

/**
 * Saves what the turns came to, in one statement: dialogs, marks on the events (their payload goes), replies.
 * Returns the replies as stored, in the order of the turns.
 */
export async function saveTurns(tx: Tx, turns: readonly DoneTurn[]): Promise<StoredReply[]> {
  if (turns.length === 0) return [];
  const changes = turns.map(({ dialog, saved, memory, expiresAt }) => ({
    id: dialog.id,
    saved,
    memory,
    expires_at: expiresAt,
  }));
  const eventIds = turns.flatMap(({ eventId }) => (eventId === null ? [] : [eventId]));
  const answers = turns.flatMap(({ dialog: { key }, replies: contents }) =>
    contents.map((content) => ({ to: addressOf(key), content })),
  );
  const rows = answers.map(({ to, content }) => ({
    channel: to.channel,
    account: to.account,
    chat_id: to.id,
    content,
  }));
  const ids = await saveRows(tx, { changes: JSON.stringify(changes), eventIds, replies: JSON.stringify(rows) });
  await eraseEmptied(tx, turns);
  await forgetPassersBy(tx, turns);
  return ids.map(({ id }, at) => {
    const answer = answers[at];
    if (!answer) throw new Error('the database stored more replies than were given');
    return { id: Number(id), ...answer };
  });
}

/** Of a chat of which nothing is remembered any more (no consent, a person erased) the address goes too. */
async function eraseEmptied(tx: Tx, turns: readonly DoneTurn[]): Promise<void> {
  const emptied = turns.filter((turn) => isEmpty(turn) && !isEmpty(turn.dialog));
  for (const { dialog } of emptied) {
    const { channel, account, chatId, personId } = dialog.key;
    await tx.delete(dialogs).where(eq(dialogs.id, dialog.id));
    await tx
      .update(inbox)
      .set({ chatId: '', personId: '', payload: null, refused: null, status: 'handled', handledAt: sql`now()` })
      .where(
        and(
          ne(inbox.status, 'new'), // said after it: the beginning of something new
          eq(inbox.channel, channel),
          eq(inbox.account, account),
          eq(inbox.chatId, chatId),
          eq(inbox.personId, personId),
        ),
      );
  }
}

/**
 * Of people who said something to us in a group, of which nothing is remembered, not even that they did: their talk
 * there has no row, and the event tells of nobody.
 */
async function forgetPassersBy(tx: Tx, turns: readonly DoneTurn[]): Promise<void> {
  const passed = turns.filter(
    (turn) => turn.dialog.key.chatId !== turn.dialog.key.personId && isEmpty(turn) && isEmpty(turn.dialog),
  );
  if (passed.length === 0) return;
  const dialogIds = passed.map(({ dialog }) => dialog.id);
  const eventIds = passed.flatMap(({ eventId }) => (eventId === null ? [] : [eventId]));
  await tx.delete(dialogs).where(inArray(dialogs.id, dialogIds));
  await tx.update(inbox).set({ chatId: '', personId: '' }).where(inArray(inbox.id, eventIds));
}

function isEmpty({ saved, memory }: Pick<DoneTurn, 'saved' | 'memory'>): boolean {
  return saved === null && Object.keys(memory).length === 0;
}
