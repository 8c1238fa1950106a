import { and, asc, desc, eq, gte, inArray, isNotNull, lt, not, or, sql } from 'drizzle-orm';
import type { Database, Tx } from '../core/context.ts';
import { explain, toError } from '../core/errors.ts';
import { statement } from '../db/statement.ts';
import { sqlState } from '../db/transaction.ts';
import type { InboundEvent } from './contract.ts';
import { type DialogKey, type DialogKeyRow, keyOfRow } from './dialog-key.ts';
import { inbox, leases } from './tables.ts';

/** An event that kills the process is parked when it is found unhandled for the third time. */
const ATTEMPTS_BEFORE_PARKING = 3;

const keyColumns = {
  channel: inbox.channel,
  account: inbox.account,
  chatId: inbox.chatId,
  personId: inbox.personId,
};

export interface NewEvent extends InboundEvent {
  readonly internal?: 'expire';
}

/**
 * Stores events in their order; one that is already there is left out. Returns the dialogs that have something new,
 * one entry an event. A batch that the database refuses goes in row by row, and a refused row as bytes, parked: the
 * platform's offset can always move on.
 */
export async function storeEvents(db: Database, events: readonly NewEvent[]): Promise<DialogKey[]> {
  if (events.length === 0) return [];
  try {
    return await insertEvents(db, events);
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown;
    const stored: DialogKey[] = [];
    for (const event of events) stored.push(...(await storeAlone(db, event)));
    return stored;
  }
}

const insertRows = statement<DialogKeyRow>()`
  insert into inbox (channel, account, event_id, chat_id, person_id, internal, payload)
  select * from unnest(
    ${'channels'}::text[], ${'accounts'}::text[], ${'eventIds'}::text[], ${'chatIds'}::text[], ${'personIds'}::text[],
    ${'internals'}::text[], ${'payloads'}::json[]
  )
  on conflict do nothing
  returning channel, account, chat_id, person_id`;

async function insertEvents(db: Database, events: readonly NewEvent[]): Promise<DialogKey[]> {
  const rows = await insertRows(db, {
    channels: events.map(({ channel }) => channel),
    accounts: events.map(({ account }) => account),
    eventIds: events.map(({ eventId }) => eventId),
    chatIds: events.map(({ chatId }) => chatId),
    personIds: events.map(({ personId }) => personId),
    internals: events.map(({ internal }) => internal ?? null),
    payloads: events.map(({ payload }) => (payload === undefined ? null : JSON.stringify(payload))),
  });
  return rows.map(keyOfRow);
}

async function storeAlone(db: Database, event: NewEvent): Promise<DialogKey[]> {
  try {
    return await insertEvents(db, [event]);
  } catch (thrown) {
    if (!isRefused(thrown)) throw thrown;
    const clean = (id: string) => id.toWellFormed().replaceAll('\0', '').slice(0, 200);
    const row = {
      ...event,
      eventId: clean(event.eventId),
      chatId: clean(event.chatId),
      personId: clean(event.personId),
    };
    const refused = Buffer.from(JSON.stringify(event.payload) ?? 'null');
    await db
      .insert(inbox)
      .values({
        ...row,
        payload: null,
        refused,
        status: 'parked',
        error: explain(toError(thrown)).slice(0, 200),
      })
      .onConflictDoNothing();
    return [];
  }
}

/** The database refused the data itself (SQLSTATE class 22, or a row too large), so that a repeat cannot help. */
function isRefused(thrown: unknown): boolean {
  const code = sqlState(thrown);
  return code?.startsWith('22') === true || code === '54000';
}

/**
 * For a process that begins: counts an attempt on every event of its accounts that was left unhandled, parks those
 * that have had enough, and returns the dialogs of the rest, oldest first, one entry an event. With `orphans` also
 * those of accounts that no process runs now. What another process is busy with is left to it.
 */
export async function recoverEvents(
  db: Database,
  { accounts, orphans }: { accounts: readonly Pick<DialogKey, 'channel' | 'account'>[]; orphans: boolean },
): Promise<{ waiting: DialogKey[]; parked: DialogKey[] }> {
  const column = (of: 'channel' | 'account') => sql`${sql.param(accounts.map((account) => account[of]))}::text[]`;
  const isOwn = sql`(${inbox.channel}, ${inbox.account}) in (select * from unnest(${column('channel')}, ${column('account')}))`;
  const isRun = sql`exists (
    select 1 from ${leases} l where l.channel = ${inbox.channel} and l.account = ${inbox.account} and l.until > now())`;
  const left = and(eq(inbox.status, 'new'), orphans ? or(isOwn, not(isRun)) : isOwn);
  await db
    .update(inbox)
    .set({ attempts: sql`${inbox.attempts} + 1` })
    .where(left);
  const parked = await db
    .update(inbox)
    .set({ status: 'parked', error: 'the process ended while it was handled' })
    .where(and(left, gte(inbox.attempts, ATTEMPTS_BEFORE_PARKING)))
    .returning(keyColumns);
  const waiting = await db.select(keyColumns).from(inbox).where(left).orderBy(asc(inbox.id));
  return { waiting, parked };
}

/** Dialogs whose events have waited longer than `ms`: whoever stored them may be dead. */
export function listOverdue(db: Database, ms: number): Promise<DialogKey[]> {
  return db
    .select(keyColumns)
    .from(inbox)
    .where(and(eq(inbox.status, 'new'), lt(inbox.receivedAt, sql`now() - ${ms} * interval '1 ms'`)))
    .orderBy(asc(inbox.id))
    .limit(1000);
}

/** When the last event of an account was stored; null: none was, or all have been removed since. */
export async function lastStoredAt(
  db: Database,
  { channel, account }: Pick<DialogKey, 'channel' | 'account'>,
): Promise<Date | null> {
  const [row] = await db
    .select({ at: inbox.receivedAt })
    .from(inbox)
    .where(and(eq(inbox.channel, channel), eq(inbox.account, account)))
    .orderBy(desc(inbox.id))
    .limit(1);
  return row?.at ?? null;
}

export interface ParkedEvent extends DialogKey {
  readonly id: number;
  readonly receivedAt: Date;
  readonly error: string | null;
  readonly payload: unknown;
}

/** Events that could not be handled, oldest first. They keep the words. */
export async function listParked(db: Database, limit = 1000): Promise<ParkedEvent[]> {
  const rows = await db
    .select({
      ...keyColumns,
      id: inbox.id,
      receivedAt: inbox.receivedAt,
      error: inbox.error,
      payload: inbox.payload,
      refused: inbox.refused,
    })
    .from(inbox)
    .where(eq(inbox.status, 'parked'))
    .orderBy(asc(inbox.id))
    .limit(limit);
  return rows.map(({ refused, ...row }) => ({
    ...row,
    payload: refused ? Buffer.from(refused).toString() : row.payload,
  }));
}

/** Gives parked events another try; those kept as bytes stay. Returns the dialogs to wake. */
export function retryParked(db: Database, ids: readonly number[] | 'all'): Promise<DialogKey[]> {
  return db
    .update(inbox)
    .set({ status: 'new', attempts: 0, error: null })
    .where(
      and(
        eq(inbox.status, 'parked'),
        or(isNotNull(inbox.payload), isNotNull(inbox.internal)),
        ids === 'all' ? undefined : inArray(inbox.id, [...ids]),
      ),
    )
    .returning(keyColumns);
}

export async function parkEvent(tx: Tx, id: number, error: Error): Promise<void> {
  await tx
    .update(inbox)
    .set({
      status: 'parked',
      error: `${error.name}: ${explain(error)}`.slice(0, 500),
    })
    .where(eq(inbox.id, id));
}

/** Removes handled rows that are older than `days`; they were kept to recognise second deliveries. */
export async function removeHandled(db: Database, days: number): Promise<number> {
  const removed = await db
    .delete(inbox)
    .where(and(eq(inbox.status, 'handled'), lt(inbox.handledAt, sql`now() - ${days} * interval '1 day'`)))
    .returning({ id: inbox.id });
  return removed.length;
}
