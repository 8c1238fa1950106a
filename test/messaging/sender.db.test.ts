import { randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Account } from '../../src/messaging/account.ts';
import { type ChannelAddress, SendError } from '../../src/messaging/contract.ts';
import { Pacer } from '../../src/messaging/pacer.ts';
import type { StoredReply } from '../../src/messaging/replies.ts';
import { leases, replies } from '../../src/messaging/tables.ts';
import { truncateAll, useDatabase } from '../support/database.ts';
import { silentLog } from '../support/log.ts';
import { ScriptedChannel } from '../support/scripted-channel.ts';

const database = useDatabase();
const within = { timeout: 60_000, interval: 10 };

/** A platform on which the first start fails. */
class ShyChannel extends ScriptedChannel {
  #starts = 0;
  override async start(): Promise<void> {
    if (this.#starts++ === 0) throw new Error('not yet');
    await super.start();
  }
}

let channel: ScriptedChannel;
let account: Account;
let told: string[];
const accounts: Account[] = [];

function anAccount(on: ScriptedChannel, ttlMs = 60_000): Account {
  const made = new Account({
    db: database.db,
    channel: on,
    holder: randomUUID(),
    ttlMs,
    force: false,
    receive: async () => {},
    receiveAlways: false,
    parallel: 5,
    pacer: new Pacer(null),
    log: silentLog,
    onUnreachable: async ({ id }: ChannelAddress, reason) => void told.push(`${id} ${reason}`),
    onMoved: async ({ id }: ChannelAddress, toId: string) => void told.push(`${id} moved to ${toId}`),
  });
  accounts.push(made);
  return made;
}

beforeEach(async () => {
  await truncateAll(database.db);
  told = [];
  channel = new ScriptedChannel();
  account = anAccount(channel);
});
afterEach(async () => {
  for (const one of accounts.splice(0)) await one.stop();
});

/** Stores replies as a turn does; they are not told to any sender. */
async function stored(...texts: string[]): Promise<StoredReply[]> {
  const rows = texts.map((line) => {
    const [chatId = '', text = ''] = line.split(': ');
    return { channel: 'telegram', account: '1', chatId, content: { text } } as const;
  });
  const made = await database.db.insert(replies).values(rows).returning();
  return made.map(({ id, chatId, content }) => ({
    id,
    to: { channel: 'telegram', account: '1', id: chatId },
    content,
  }));
}

const left = async () =>
  (await database.db.select().from(replies).orderBy(replies.id)).map(({ content }) => content.text);

describe('the sender of an account', () => {
  it('sends what waits in the table from before, and deletes what is sent', async () => {
    await stored('a: 1', 'b: 1', 'a: 2');
    await account.start();
    await vi.waitUntil(() => channel.arrived.length === 3, within);
    await account.quiet();
    expect(channel.arrived.filter((line) => line.startsWith('a'))).toEqual(['a: 1', 'a: 2']);
    expect(await left()).toEqual([]);
  });

  it('sends what is told to it at once, and no message twice', async () => {
    await account.start();
    const told = await stored('a: 1', 'b: 1');
    account.add(told);
    account.look();
    account.add(told);
    await account.quiet();
    account.look();
    await account.quiet();
    expect(channel.arrived.toSorted()).toEqual(['a: 1', 'b: 1']);
  });

  it('sends to one chat one message at a time, to different chats side by side', async () => {
    await account.start();
    const release = channel.hold();
    account.add(await stored('a: 1', 'a: 2', 'a: 3'));
    await vi.waitUntil(() => channel.inFlight === 1, within);
    account.add(await stored('b: 1'));
    await vi.waitUntil(() => channel.inFlight === 2, within);
    release();
    await account.quiet();
    expect(channel.mostInFlight).toBe(2);
    expect(channel.arrived.filter((line) => line.startsWith('a'))).toEqual(['a: 1', 'a: 2', 'a: 3']);
  });

  it('keeps the order of a chat when a send fails for a while, also with what is said meanwhile', async () => {
    await account.start();
    channel.fail('a', new SendError('unreachable', 'cut'));
    account.add(await stored('a: 1', 'a: 2', 'b: 1'));
    await vi.waitUntil(async () => (await database.db.$count(replies, sql`attempts = 1`)) === 1, within);
    account.add(await stored('a: 3'));
    await account.quiet();
    expect(channel.arrived).toEqual(['b: 1']);
    await vi.waitUntil(() => channel.arrived.length === 4, within);
    expect(channel.arrived).toEqual(['b: 1', 'a: 1', 'a: 2', 'a: 3']);
    account.add(await stored('a: 4'));
    await vi.waitUntil(() => channel.arrived.at(-1) === 'a: 4', within);
    await account.quiet();
    expect(await left()).toEqual([]);
  });

  it('waits as long as the platform says', async () => {
    await account.start();
    channel.fail('a', new SendError('throttled', 'slow down', { retryAfterMs: 3_600_000 }));
    account.add(await stored('a: 1'));
    await vi.waitUntil(async () => (await database.db.$count(replies, sql`attempts = 1`)) === 1, within);
    const [row] = await database.db
      .select({ ms: sql<number>`extract(epoch from ${replies.notBefore} - now())::float8` })
      .from(replies);
    expect(row?.ms).toBeGreaterThan(3_500);
  });

  it('lets the whole account wait when several chats are throttled, also after a restart', async () => {
    await account.start();
    for (const chat of ['a', 'b', 'c']) channel.fail(chat, new SendError('throttled', 'all', { retryAfterMs: 60_000 }));
    account.add(await stored('a: 1', 'b: 1', 'c: 1'));
    await vi.waitUntil(async () => (await database.db.$count(leases, sql`paused_until > now()`)) === 1, within);
    await account.quiet();
    account.add(await stored('d: 1'));
    await account.stop();
    const next = anAccount(channel);
    await next.start();
    next.look();
    await next.quiet();
    expect(channel.arrived).toEqual([]);
    expect(await left()).toHaveLength(4);
  });

  it('lets only those chats wait in which it was too much for the chat', async () => {
    await account.start();
    const error = () => new SendError('throttled', 'chat', { retryAfterMs: 60_000, chatOnly: true });
    for (const chat of ['a', 'b', 'c', 'd']) channel.fail(chat, error());
    account.add(await stored('a: 1', 'b: 1', 'c: 1', 'd: 1'));
    await vi.waitUntil(async () => (await database.db.$count(replies, sql`attempts = 1`)) === 4, within);
    account.add(await stored('e: 1'));
    await account.quiet();
    expect(channel.arrived).toEqual(['e: 1']);
    expect(await database.db.$count(leases, sql`paused_until > now()`)).toBe(0);
  });

  it('writes a failure down also where the pause that it asks for cannot be', async () => {
    await account.start();
    channel.fail('a', new SendError('misconfigured', 'no such token'));
    await database.db.execute(sql`alter table leases rename column paused_until to no_pause`);
    account.add(await stored('a: 1'));
    await account.quiet();
    await database.db.execute(sql`alter table leases rename column no_pause to paused_until`);
    expect(await database.db.$count(replies, sql`attempts = 1`)).toBe(1);
  });

  it.each(['blocked', 'gone'] as const)('gives up all replies of a chat that is %s, and says so', async (reason) => {
    await account.start();
    channel.fail('a', new SendError(reason, 'no'));
    account.add(await stored('a: 1', 'a: 2', 'b: 1'));
    await vi.waitUntil(() => channel.arrived.includes('b: 1') && told.length > 0, within);
    await account.quiet();
    expect(told).toEqual([`a ${reason}`]);
    expect(channel.arrived).not.toContain('a: 1');
  });

  it('gives up one reply that the platform rejects, and sends the next', async () => {
    await account.start();
    channel.fail('a', new SendError('rejected', 'bad'));
    account.add(await stored('a: 1', 'a: 2'));
    await vi.waitUntil(() => channel.arrived.length === 1, within);
    await account.quiet();
    expect(channel.arrived).toEqual(['a: 2']);
    expect(await left()).toEqual([]);
  });

  it('follows a chat that moved', async () => {
    await account.start();
    channel.fail('a', new SendError('moved', 'to a supergroup', { movedTo: '-100' }));
    account.add(await stored('a: 1', 'a: 2'));
    await vi.waitUntil(() => channel.arrived.length === 2, within);
    expect(channel.arrived).toEqual(['-100: 1', '-100: 2']);
    expect(told).toEqual(['a moved to -100']);
  });

  it('is one of several processes; the next one takes over when it stops, and receives then', async () => {
    await account.start();
    const other = new ScriptedChannel();
    const standby = anAccount(other, 300);
    await standby.start();
    expect([account.holds, standby.holds]).toEqual([true, false]);
    expect([channel.receiving, other.receiving]).toEqual([true, false]);
    await account.stop();
    await vi.waitUntil(() => standby.holds && other.receiving, within);
    await stored('a: 1');
    await vi.waitUntil(() => other.arrived.length === 1, within);
    expect(channel.arrived).toEqual([]);
    const [lease] = await database.db.select().from(leases);
    expect(lease?.epoch).toBe(2);
  });

  it('sends nothing once its time is over, and all of it when it holds the lease again', async () => {
    const short = anAccount(channel, 600);
    await short.start();
    const release = channel.hold();
    short.add(await stored('a: 1', 'a: 2'));
    await vi.waitUntil(() => channel.inFlight === 1, within);
    await database.db.update(leases).set({ holder: 'another', until: sql`now() + interval '1 hour'` });
    await vi.waitUntil(() => !short.holds, within);
    release();
    await vi.waitUntil(() => channel.inFlight === 0, within);
    expect(channel.arrived).toEqual(['a: 1']);
    await database.db
      .update(leases)
      .set({ until: sql`now() - interval '1 second'` })
      .where(eq(leases.holder, 'another'));
    await vi.waitUntil(() => channel.arrived.length === 2, within);
    expect(channel.arrived).toEqual(['a: 1', 'a: 2']);
  });

  it('sends nothing of what another process has sent since', async () => {
    const short = anAccount(channel, 600);
    await short.start();
    const release = channel.hold();
    short.add(await stored('a: 1', 'a: 2', 'b: 1', 'c: 1', 'd: 1', 'e: 1', 'f: 1'));
    await vi.waitUntil(() => channel.inFlight === 4, within);
    await database.db.update(leases).set({ holder: 'another', epoch: 2, until: sql`now() + interval '1 minute'` });
    await vi.waitUntil(() => !short.holds, within);
    await database.db.delete(replies);
    await database.db.update(leases).set({ until: sql`now() - interval '1 second'` });
    await vi.waitUntil(() => short.holds, within);
    release();
    await vi.waitUntil(() => channel.inFlight === 0, within);
    await short.quiet();
    expect(channel.arrived).toEqual(['a: 1', 'b: 1', 'c: 1', 'd: 1']);
  });

  it('receives at the next try when the platform could not be reached by the first', async () => {
    const shy = new ShyChannel();
    const one = anAccount(shy, 300);
    await one.start();
    expect([one.holds, shy.receiving]).toEqual([false, false]);
    await vi.waitUntil(() => one.holds && shy.receiving, within);
  });
});
