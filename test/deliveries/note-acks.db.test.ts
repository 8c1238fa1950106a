import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { countDeliveries } from '../../src/deliveries/count-deliveries.ts';
import { listUnread } from '../../src/deliveries/list-unread.ts';
import { AckNotes } from '../../src/deliveries/note-acks.ts';
import { forgetResident } from '../../src/privacy/forget-resident.ts';
import { testContext } from '../support/database.ts';
import { as } from '../support/given.ts';
import { silentLog } from '../support/log.ts';
import { SearchableChannel } from '../support/searchable-channel.ts';
import { useDeliveries } from './stage.ts';

const stage = useDeliveries();
const within = { timeout: 60_000, interval: 10 };
let channel: SearchableChannel;

beforeEach(() => {
  channel = new SearchableChannel();
});

const person = (chat: string) => stage.person(chat, 'ky', channel);
const acks = async () => (await stage.stored()).map(({ ack }) => ack);
async function sent(...chats: string[]) {
  const account = stage.account(channel);
  for (const chat of chats) await stage.notice('n', [await person(chat)]);
  await stage.sendAll(account);
  return account;
}

describe('AckNotes', () => {
  it('writes down how far each delivery got', async () => {
    const account = await sent('a', 'b', 'c');
    const id = (chat: string) => channel.said.find((one) => one.chat === chat)?.externalId ?? '';
    channel.ack([id('a'), 'server'], [id('b'), 'delivered'], [id('c'), 'read'], ['not-a-delivery', 'read']);
    await account.quiet();
    expect(await acks()).toEqual(['server', 'delivered', 'read']);
  });

  it('goes forward only, whatever comes how often in whatever order', async () => {
    const account = await sent('a');
    channel.ack(['1', 'delivered']);
    await account.quiet();
    channel.ack(['1', 'server'], ['1', 'delivered']);
    await account.quiet();
    expect(await acks()).toEqual(['delivered']);
    channel.ack(['1', 'read'], ['1', 'delivered']);
    await account.quiet();
    expect(await acks()).toEqual(['read']);
  });

  it('goes forward only, also by what a process before had written', async () => {
    await sent('a');
    await stage.database.db.execute(sql`update deliveries set ack = 'read'`);
    const next = stage.account(channel);
    channel.ack(['1', 'delivered']);
    await next.quiet();
    expect(await acks()).toEqual(['read']);
  });

  it('remembers what comes before the delivery is written down as sent', async () => {
    const account = stage.account(channel);
    await account.start();
    await stage.notice('n', [await person('a')]);
    channel.onArrival = () => channel.ack(['1', 'server'], ['1', 'delivered']);
    account.look();
    await vi.waitUntil(stage.settled, within);
    await account.quiet();
    expect(await acks()).toEqual(['delivered']);
  });

  it('writes nothing to a delivery of another account, nor to that of another channel', async () => {
    await sent('a');
    await stage.database.db.execute(sql`update deliveries set account = 'other'`);
    channel.ack(['1', 'read']);
    await stage.account(channel).quiet();
    const telegram = { channel: 'telegram', account: 'other' } as const;
    const notes = new AckNotes({ db: stage.database.db, of: telegram, log: silentLog });
    notes.note([{ externalId: '1', ack: 'read' }]);
    await notes.written();
    expect(await acks()).toEqual([null]);
  });

  it('writes what the database refused once it takes it again', async () => {
    const account = await sent('a');
    await stage.database.db.execute(sql`alter table deliveries rename column ack to no_ack`);
    channel.ack(['1', 'read']);
    await account.quiet();
    await stage.database.db.execute(sql`alter table deliveries rename column no_ack to ack`);
    account.look();
    await vi.waitUntil(async () => (await acks())[0] === 'read', within);
  });

  it('forgets a word that no delivery came to', async () => {
    let now = 0;
    const of = { channel: 'whatsapp', account: 'bot' } as const;
    const notes = new AckNotes({ db: stage.database.db, of, log: silentLog, nowMs: () => now });
    notes.note([{ externalId: '1', ack: 'read' }]);
    await notes.written();
    now = 11 * 60_000;
    notes.note([{ externalId: 'x', ack: 'read' }]);
    await notes.written();
    await sent('a');
    notes.sent(['1']);
    await notes.written();
    expect(await acks()).toEqual([null]);
  });

  it('leads nowhere once the person is erased', async () => {
    const account = await sent('a');
    const [row] = await stage.database.db.execute<{ id: number }>(sql`select id::int from residents`);
    const id = row?.id ?? 0;
    await forgetResident(as(testContext(stage.database.db), id), id);
    channel.ack(['1', 'read']);
    await account.quiet();
    expect(await acks()).toEqual([null]);
  });
});

describe('listUnread', () => {
  it('names what was sent lately and not read, the newest first', async () => {
    const account = await sent('a', 'b', 'c', 'd');
    channel.ack(['1', 'delivered'], ['2', 'read']);
    await account.quiet();
    const { db } = stage.database;
    const of = { channel: 'whatsapp', account: 'bot' } as const;
    await db.execute(sql`update deliveries set settled_at = now() - external_id::int * interval '1 day'`);
    await db.execute(sql`update deliveries set settled_at = now() - interval '8 days' where external_id = '3'`);
    expect(await listUnread(db, of, 10)).toEqual(['1', '4']);
    expect(await listUnread(db, of, 1)).toEqual(['1']);
    expect(await listUnread(db, { ...of, account: 'other' }, 10)).toEqual([]);
  });
});

describe('countDeliveries', () => {
  it('counts how many of what was sent got at least so far', async () => {
    const chats = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (const chat of chats) await person(chat);
    const id = await stage.announcement('n', chats);
    const account = stage.account(channel);
    await stage.sendAll(account);
    channel.ack(['1', 'server'], ['2', 'delivered'], ['3', 'delivered'], ['4', 'read']);
    await account.quiet();
    await stage.database.db.execute(sql`update deliveries set status = 'failed' where external_id = '3'`);
    const counted = (await countDeliveries(stage.database.db, [id])).get(id);
    expect(counted).toMatchObject({ totals: { sent: 5, failed: 1 }, acks: { server: 3, delivered: 2, read: 1 } });
  });
});
