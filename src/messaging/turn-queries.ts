import { and, asc, eq, ne, sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import type { Saved } from '../dialog/types.ts';
import type { OutboundContent } from './contract.ts';
import { addressOf, type DialogKey, keyOf } from './dialog-key.ts';
import type { StoredReply } from './replies.ts';
import { dialogs, inbox, replies } from './tables.ts';

/** A dialog whose row this transaction holds. */
export interface LockedDialog {
  readonly id: number;
  readonly key: DialogKey;
  readonly saved: Saved | null;
  readonly memory: Readonly<Record<string, unknown>>;
  readonly expiresAt: Date | null;
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

/** Locks the dialogs, in the order of their ids; rows that are missing are made first. */
export async function lockDialogs(tx: Tx, keys: readonly DialogKey[]): Promise<LockedDialog[]> {
  const found = await selectForUpdate(tx, keys);
  if (found.length === keys.length) return found;
  const ordered = [...keys].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  await tx.insert(dialogs).values(ordered).onConflictDoNothing();
  return selectForUpdate(tx, keys);
}

async function selectForUpdate(tx: Tx, keys: readonly DialogKey[]): Promise<LockedDialog[]> {
  const column = (of: keyof DialogKey) => sql`${sql.param(keys.map((key) => key[of]))}::text[]`;
  const wanted = sql`select * from unnest(${column('channel')}, ${column('account')}, ${column('chatId')}, ${column('personId')})`;
  const rows = await tx
    .select()
    .from(dialogs)
    .where(sql`(${dialogs.channel}, ${dialogs.account}, ${dialogs.chatId}, ${dialogs.personId}) in (${wanted})`)
    .orderBy(asc(dialogs.id))
    .for('update')
    .prepare('lock_dialogs')
    .execute();
  return rows.map(({ id, channel, account, chatId, personId, ...rest }) => ({
    id,
    key: { channel, account, chatId, personId },
    ...rest,
  }));
}

/** The oldest unhandled event of each dialog; a dialog that has none is left out. */
export async function takeOldestEvents(tx: Tx, locked: readonly LockedDialog[]): Promise<TakenEvent[]> {
  if (locked.length === 0) return [];
  const ids = locked.map(({ id }) => id);
  const rows = await tx
    .select({
      dialog: sql<number>`d.id`.mapWith(Number),
      id: sql<number>`e.id`.mapWith(Number),
      internal: sql<'expire' | null>`e.internal`,
      payload: sql<unknown>`e.payload`,
    })
    .from(
      sql`unnest(${sql.param(ids)}::bigint[]) as wanted(id)
        join dialogs d on d.id = wanted.id
        cross join lateral (
          select id, internal, payload from inbox
          where status = 'new' and channel = d.channel and account = d.account
            and chat_id = d.chat_id and person_id = d.person_id
          order by id limit 1
        ) e`,
    )
    .prepare('take_oldest_events')
    .execute();
  const byId = new Map(locked.map((dialog) => [dialog.id, dialog]));
  return rows.flatMap(({ dialog: dialogId, id, internal, payload }) => {
    const dialog = byId.get(dialogId);
    return dialog ? [{ id, dialog, internal, payload: parsed(payload) }] : [];
  });
}

// An expression without a column's type gives JSON as the text it is.
function parsed(json: unknown): unknown {
  return typeof json === 'string' ? JSON.parse(json) : json;
}

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
  const changed = tx.$with('changed', {}).as(sql`
    update dialogs set saved = v.saved, memory = v.memory, expires_at = v.expires_at
    from json_to_recordset(${JSON.stringify(changes)}::json) as v(id bigint, saved json, memory json, expires_at timestamptz)
    where dialogs.id = v.id`);
  const marked = tx.$with('marked', {}).as(sql`
    update inbox set status = 'handled', handled_at = now(), payload = null
    where id = any(${sql.param(eventIds)}::bigint[])`);
  const stored = tx.$with('stored', { id: replies.id }).as(sql`
    insert into replies (channel, account, chat_id, content)
    select v.value ->> 'channel', v.value ->> 'account', v.value ->> 'chat_id', v.value -> 'content'
    from json_array_elements(${JSON.stringify(rows)}::json) with ordinality as v(value, position)
    order by v.position
    returning id`);
  const ids = await tx
    .with(changed, marked, stored)
    .select({ id: stored.id })
    .from(stored)
    .orderBy(asc(stored.id))
    .prepare('save_turns')
    .execute();
  await eraseEmptied(tx, turns);
  return ids.map(({ id }, at) => {
    const answer = answers[at];
    if (!answer) throw new Error('the database stored more replies than were given');
    return { id, ...answer };
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

function isEmpty({ saved, memory }: Pick<DoneTurn, 'saved' | 'memory'>): boolean {
  return saved === null && Object.keys(memory).length === 0;
}
