import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { deliveries } from '../../src/deliveries/tables.ts';
import { type ChannelAddress, SendError } from '../../src/messaging/contract.ts';
import { leases, replies } from '../../src/messaging/tables.ts';
import { SearchableChannel } from '../support/searchable-channel.ts';
import { useDeliveries } from './stage.ts';

const stage = useDeliveries();
const within = { timeout: 60_000, interval: 10 };
const MINUTE_MS = 60_000;
let channel: SearchableChannel;

beforeEach(() => {
  channel = new SearchableChannel();
});

const person = (chat: string) => stage.person(chat, 'ky', channel);
const toChat = (id: string): ChannelAddress => ({ channel: 'whatsapp', account: 'bot', id });
/** Sends what there is until all of it is settled. */
async function sendAll(on = channel) {
  const account = stage.account(on);
  await stage.sendAll(account);
  await vi.waitUntil(async () => {
    await stage.database.db.execute(sql`update deliveries set next_attempt_at = now() where status = 'pending'`);
    account.look();
    return stage.settled();
  }, within);
  await account.quiet();
  return account;
}
const seen = async () =>
  (await stage.stored()).map(({ status, attempts, externalId, possiblyDoubled, triedAt }) => {
    return { status, attempts, externalId, possiblyDoubled, tried: triedAt !== null };
  });
/** Makes a row as a sender leaves it that dies while it is on the wire. */
const leaveBehind = (agoMs: number) =>
  stage.database.db
    .update(deliveries)
    .set({ status: 'sending', claimedEpoch: 1, claimedAt: sql`now() - ${agoMs} * interval '1 ms'`, attempts: 1 });
/** What a sender before had brought there. */
const arrivedBefore = (chat: string, text: string, agoMs: number, externalId = `before-${channel.said.length}`) => {
  channel.said.push({ chat, text, externalId, at: new Date(Date.now() - agoMs) });
  return externalId;
};

describe('a delivery whose answer was lost', () => {
  it.each(['notice', 'announcement'] as const)('is not sent again where it is found: %s', async (kind) => {
    const id = await person('a');
    if (kind === 'notice') await stage.notice('n', [id]);
    else await stage.announcement('n', ['a']);
    channel.loseAnswer('a');
    const before = Date.now();
    await sendAll();
    expect(channel.arrived).toEqual(['a: n ky']);
    expect(await seen()).toEqual([
      { status: 'sent', attempts: 2, externalId: '1', possiblyDoubled: false, tried: true },
    ]);
    const since = channel.searched[0]?.since.getTime() ?? 0;
    expect(since).toBeGreaterThan(before - 2 * MINUTE_MS - 5_000);
    expect(since).toBeLessThanOrEqual(Date.now() - 2 * MINUTE_MS);
  });

  it('is sent again where it is not found, and may be doubled', async () => {
    await stage.notice('n', [await person('a')]);
    channel.fail('a', new SendError('unreachable', 'cut', { mayHaveArrived: true }));
    await sendAll();
    expect(channel.searched).toHaveLength(1);
    expect(channel.arrived).toEqual(['a: n ky']);
    expect(await seen()).toMatchObject([{ status: 'sent', attempts: 2, possiblyDoubled: true }]);
  });

  it.each(['retry', 'restart', 'crash'])('may be doubled where one is found after two: %s', async (then) => {
    await stage.notice('n', [await person('a')]);
    channel.loseAnswer('a');
    const find = channel.findSent.bind(channel);
    const { db } = stage.database;
    const again = async () => {
      await db.execute(sql`update deliveries set next_attempt_at = now() where status = 'pending'`);
      account.look();
    };
    channel.findSent = async () => {
      channel.findSent = find;
      channel.loseAnswer('a');
      return null; // the page has not heard of it yet
    };
    const account = stage.account(channel);
    await account.start();
    await vi.waitUntil(async () => {
      await again();
      return channel.said.length === 2;
    }, within);
    if (then !== 'retry') await account.stop();
    if (then === 'crash')
      await db.update(deliveries).set({ status: 'sending', claimedEpoch: 1, claimedAt: sql`now()` });
    channel.failSearch(new SendError('unreachable', 'page down', { mayHaveArrived: true }));
    await sendAll();
    expect(channel.arrived).toEqual(['a: n ky', 'a: n ky']);
    expect(await seen()).toMatchObject([{ status: 'sent', possiblyDoubled: true }]);
  });

  it('keeps the time of its first attempt, also while the chat cannot be searched and nothing is sent', async () => {
    await stage.notice('n', [await person('a')]);
    channel.loseAnswer('a');
    channel.failSearch(new SendError('unreachable', 'page down', { mayHaveArrived: true }), new Error('broken'));
    await sendAll();
    expect(channel.arrived).toEqual(['a: n ky']);
    expect(channel.searched).toHaveLength(3);
    expect(new Set(channel.searched.map(({ since }) => since.getTime())).size).toBe(1);
    expect(await seen()).toMatchObject([{ status: 'sent', attempts: 4, externalId: '1', possiblyDoubled: false }]);
  });

  it('is looked for also where the database refused to note it at first', async () => {
    await stage.notice('n', [await person('a')]);
    channel.loseAnswer('a');
    const { db } = stage.database;
    await db.execute(sql`create sequence refused`);
    await db.execute(sql`create function refuse_once() returns trigger language plpgsql as $$ begin
      if new.tried_at is not null and old.tried_at is null and nextval('refused') = 1 then
        raise exception using errcode = 'deadlock_detected';
      end if;
      return new;
    end $$`);
    await db.execute(
      sql`create trigger refuse before update on deliveries for each row execute function refuse_once()`,
    );
    await sendAll();
    await db.execute(sql`drop function refuse_once cascade`);
    await db.execute(sql`drop sequence refused`);
    expect(channel.arrived).toEqual(['a: n ky']);
    expect(await seen()).toMatchObject([{ status: 'sent', attempts: 2, externalId: '1', tried: true }]);
  });

  it('counts as told where the platform refuses the rest of it', async () => {
    await stage.notice('n', [await person('a')]);
    channel.fail('a', new SendError('rejected', 'no such file', { mayHaveArrived: true }));
    await sendAll();
    expect(await seen()).toMatchObject([{ status: 'failed', possiblyDoubled: true }]);
  });

  it('is not looked for where the platform said no, so that nothing can have arrived', async () => {
    await stage.notice('n', [await person('a')]);
    channel.fail('a', new SendError('unreachable', 'refused'));
    await sendAll();
    expect(channel.searched).toEqual([]);
    expect(await seen()).toMatchObject([{ status: 'sent', possiblyDoubled: false, tried: false }]);
  });
});

describe('a delivery that a dead sender left on the wire', () => {
  it('is looked for from its attempt on, less two minutes, and not sent again where it is found', async () => {
    await stage.notice('n', [await person('a')]);
    await leaveBehind(30 * MINUTE_MS);
    const id = arrivedBefore('a', 'n ky', 31 * MINUTE_MS);
    await sendAll();
    expect(channel.arrived).toEqual([]);
    expect(await seen()).toEqual([
      { status: 'sent', attempts: 2, externalId: id, possiblyDoubled: false, tried: true },
    ]);
  });

  it('is another than what was said before the attempt', async () => {
    await stage.notice('n', [await person('a')]);
    await leaveBehind(30 * MINUTE_MS);
    arrivedBefore('a', 'n ky', 33 * MINUTE_MS);
    await sendAll();
    expect(channel.arrived).toEqual(['a: n ky']);
    expect(await seen()).toMatchObject([{ status: 'sent', externalId: '1', possiblyDoubled: true }]);
  });

  it('is another than a delivery that says the same', async () => {
    const id = await person('a');
    await stage.notice('n', [id]);
    await sendAll();
    await stage.notice('n', [id]);
    await stage.database.db
      .update(deliveries)
      .set({ status: 'sending', claimedEpoch: 1, claimedAt: sql`now()`, attempts: 1 })
      .where(sql`status = 'pending'`);
    const next = stage.account(channel);
    await stage.database.db.update(leases).set({ until: sql`now()` });
    await stage.sendAll(next);
    await vi.waitUntil(stage.settled, within);
    expect(channel.arrived).toEqual(['a: n ky', 'a: n ky']);
    expect((await stage.stored()).map(({ externalId }) => externalId)).toEqual(['1', '2']);
  });

  it('waits with its time where its send is paused meanwhile', async () => {
    await person('a');
    await stage.announcement('n', ['a']);
    await leaveBehind(10 * MINUTE_MS);
    await stage.database.db.execute(sql`update sends set paused_at = now()`);
    await stage.sendAll(stage.account(channel));
    expect(await seen()).toMatchObject([{ status: 'pending', possiblyDoubled: true, tried: true }]);
  });
});

describe('a reply whose answer was lost', () => {
  async function reply(text: string) {
    const values = { channel: 'whatsapp', account: 'bot', chatId: 'a', content: { text } } as const;
    const [row] = await stage.database.db.insert(replies).values(values).returning({ id: replies.id });
    return { id: row?.id ?? 0, to: toChat('a'), content: values.content };
  }

  it('is not sent again where it is found, and what comes after it keeps its place', async () => {
    const account = stage.account(channel);
    await account.start();
    channel.loseAnswer('a');
    account.add([await reply('1'), await reply('2')]);
    await vi.waitUntil(() => channel.arrived.length === 2, within);
    await account.quiet();
    expect(channel.arrived).toEqual(['a: 1', 'a: 2']);
    expect(channel.searched).toMatchObject([{ chat: 'a', text: '1' }]);
    expect(await stage.database.db.$count(replies)).toBe(0);
  });

  it('is another than an answer with the same words just before', async () => {
    const account = stage.account(channel);
    await account.start();
    account.add([await reply('menu')]);
    await account.quiet();
    channel.fail('a', new SendError('unreachable', 'cut', { mayHaveArrived: true }));
    account.add([await reply('menu')]);
    await vi.waitUntil(() => channel.arrived.length === 2, within);
    expect(channel.searched).toHaveLength(1);
  });

  it('is sent again, without a search, after a restart', async () => {
    const first = stage.account(channel);
    await first.start();
    channel.loseAnswer('a');
    first.add([await reply('1')]);
    await vi.waitUntil(async () => (await stage.database.db.$count(replies, sql`attempts = 1`)) === 1, within);
    await first.stop();
    await stage.database.db.update(replies).set({ notBefore: null });
    await stage.sendAll(stage.account(channel));
    expect(channel.arrived).toEqual(['a: 1', 'a: 1']);
    expect(channel.searched).toEqual([]);
  });
});
