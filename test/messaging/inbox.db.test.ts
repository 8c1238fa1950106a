import { eq, sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  listOverdue,
  listParked,
  type NewEvent,
  recoverEvents,
  removeHandled,
  retryParked,
  storeEvents,
} from '../../src/messaging/inbox.ts';
import { inbox, leases } from '../../src/messaging/tables.ts';
import { truncateAll, useDatabase } from '../support/database.ts';

const database = useDatabase();
beforeEach(() => truncateAll(database.db));

const event = (eventId: string, payload: unknown = { text: eventId }, chatId = '7'): NewEvent => ({
  channel: 'telegram',
  account: '1',
  eventId,
  chatId,
  personId: chatId,
  payload,
});
const rows = () => database.db.select().from(inbox).orderBy(inbox.id);

describe('storeEvents', () => {
  it('stores a batch in its order and names the dialogs that have something new', async () => {
    const woken = await storeEvents(database.db, [event('1'), event('2', 'x', '8'), event('3')]);
    expect(woken.map(({ chatId }) => chatId).toSorted()).toEqual(['7', '7', '8']);
    expect((await rows()).map(({ eventId }) => eventId)).toEqual(['1', '2', '3']);
  });

  it('leaves out what is there already, in the table or in the batch', async () => {
    await storeEvents(database.db, [event('1', 'first')]);
    expect(await storeEvents(database.db, [event('1', 'again'), event('2'), event('2')])).toHaveLength(1);
    expect((await rows()).map(({ payload }) => payload)).toEqual(['first', { text: '2' }]);
  });

  it('tells events of different accounts apart', async () => {
    await storeEvents(database.db, [
      event('1'),
      { ...event('1'), account: '2' },
      { ...event('1'), channel: 'terminal' },
    ]);
    expect(await rows()).toHaveLength(3);
  });

  it.each([
    ['NUL', { text: 'a\u0000b' }],
    ['lone surrogates', { text: '\ud83d \udc00' }],
    ['nothing', null],
    ['a number', 7],
    ['a very long text', { text: 'я'.repeat(100_000) }],
    ['what looks like SQL', { text: "'); drop table inbox; --" }],
    ['braces and quotes of an array', { text: '{"a",\\"b\\"}' }],
  ])('keeps a payload with %s as it came', async (_, payload) => {
    await storeEvents(database.db, [event('1', payload)]);
    expect((await rows())[0]?.payload ?? null).toEqual(payload);
    expect((await rows())[0]?.status).toBe('new');
  });

  it('puts a row that the database refuses aside as bytes, parked, and stores the rest of the batch', async () => {
    const refused = { ...event('2', { text: 'Айгүл' }), chatId: 'bad\u0000chat' };
    const woken = await storeEvents(database.db, [event('1'), refused, event('3')]);
    expect(woken).toHaveLength(2);
    const [parked] = await listParked(database.db);
    expect(parked).toMatchObject({ chatId: 'badchat', payload: '{"text":"Айгүл"}' });
    expect(parked?.error).not.toContain('Айгүл');
    expect(await storeEvents(database.db, [refused])).toEqual([]);
    expect(await rows()).toHaveLength(3);
  });

  it('rejects while the database cannot store, so that nothing is confirmed to the platform', async () => {
    await database.db.execute(sql`alter table inbox rename to elsewhere`);
    await expect(storeEvents(database.db, [event('1')])).rejects.toThrow();
    await database.db.execute(sql`alter table elsewhere rename to inbox`);
    expect(await storeEvents(database.db, [event('1')])).toHaveLength(1);
  });
});

describe('recoverEvents', () => {
  const here = { accounts: [{ channel: 'telegram', account: '1' }], orphans: false } as const;
  const terminal: NewEvent = { ...event('9', 'x', '9'), channel: 'terminal', account: 'test1' };
  const attempts = async () => Object.fromEntries((await rows()).map((row) => [row.eventId, row.attempts]));

  it('wakes what is unhandled, and parks what is found so for the third time', async () => {
    await storeEvents(database.db, [event('1')]);
    expect(await recoverEvents(database.db, here)).toMatchObject({ waiting: [{ chatId: '7' }], parked: [] });
    await storeEvents(database.db, [event('2', 'x', '8')]);
    expect((await recoverEvents(database.db, here)).waiting).toHaveLength(2);
    expect(await recoverEvents(database.db, here)).toMatchObject({
      waiting: [{ chatId: '8' }],
      parked: [{ chatId: '7' }],
    });
    expect(await listParked(database.db)).toMatchObject([{ payload: { text: '1' } }]);
  });

  it('leaves what other accounts received to their processes, however often it runs', async () => {
    await storeEvents(database.db, [event('1'), { ...event('2'), account: '2' }, terminal]);
    for (let start = 0; start < 4; start++) {
      const { waiting } = await recoverEvents(database.db, {
        ...here,
        accounts: [{ ...here.accounts[0], account: '2' }],
      });
      expect(waiting.every(({ account }) => account === '2')).toBe(true);
    }
    expect(await attempts()).toEqual({ '1': 0, '2': 3, '9': 0 });
    expect((await listParked(database.db)).map(({ account }) => account)).toEqual(['2']);
  });

  it('takes in, where it is told to, what nobody runs now', async () => {
    await storeEvents(database.db, [event('1'), { ...event('2'), account: '2' }, terminal]);
    const lease = (account: string, until: ReturnType<typeof sql>) =>
      database.db
        .insert(leases)
        .values({ channel: 'telegram', account, holder: 'x', epoch: 1, until: sql`now() ${until}` });
    await lease('1', sql`+ interval '1 minute'`);
    await lease('2', sql`- interval '1 second'`);
    const { waiting } = await recoverEvents(database.db, { accounts: [], orphans: true });
    expect(waiting.map(({ channel, account }) => `${channel}:${account}`)).toEqual(['telegram:2', 'terminal:test1']);
    expect(await attempts()).toEqual({ '1': 0, '2': 1, '9': 1 });
  });
});

describe('retryParked', () => {
  it('gives those that are named another try, never those kept as bytes', async () => {
    await storeEvents(database.db, [event('1'), event('2'), { ...event('3'), personId: '\u0000' }]);
    await database.db.update(inbox).set({ status: 'parked', error: 'x' });
    const [first] = await listParked(database.db);
    expect(await retryParked(database.db, [first?.id ?? 0])).toHaveLength(1);
    expect(await retryParked(database.db, 'all')).toHaveLength(1);
    expect((await rows()).map(({ status, attempts, error }) => [status, attempts, error])).toEqual([
      ['new', 0, null],
      ['new', 0, null],
      ['parked', 0, 'x'],
    ]);
  });

  it('gives the end of a silent conversation another try', async () => {
    await storeEvents(database.db, [{ ...event('expire:1', undefined), payload: undefined, internal: 'expire' }]);
    await database.db.update(inbox).set({ status: 'parked' });
    expect(await retryParked(database.db, 'all')).toHaveLength(1);
  });
});

describe('listOverdue', () => {
  it('names dialogs whose events wait for long', async () => {
    await storeEvents(database.db, [event('1'), event('2', 'x', '8')]);
    expect(await listOverdue(database.db, 10_000)).toEqual([]);
    await database.db
      .update(inbox)
      .set({ receivedAt: sql`now() - interval '11 seconds'` })
      .where(eq(inbox.chatId, '8'));
    expect(await listOverdue(database.db, 10_000)).toMatchObject([{ chatId: '8' }]);
  });
});

describe('removeHandled', () => {
  it('removes what was handled long ago, and nothing else', async () => {
    await storeEvents(database.db, [event('old'), event('young'), event('parked'), event('new')]);
    const handled = (days: number) => ({
      status: 'handled' as const,
      handledAt: sql`now() - ${days} * interval '1 day'`,
    });
    await database.db.update(inbox).set(handled(61)).where(eq(inbox.eventId, 'old'));
    await database.db.update(inbox).set(handled(59)).where(eq(inbox.eventId, 'young'));
    await database.db.update(inbox).set({ status: 'parked' }).where(eq(inbox.eventId, 'parked'));
    expect(await removeHandled(database.db, 60)).toBe(1);
    expect((await rows()).map(({ eventId }) => eventId)).toEqual(['young', 'parked', 'new']);
  });
});
