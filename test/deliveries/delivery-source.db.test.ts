import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Locale } from '../../src/core/texts.ts';
import { giveUpAddress } from '../../src/deliveries/change-address.ts';
import { DeliverySource } from '../../src/deliveries/delivery-source.ts';
import { sendNotice } from '../../src/deliveries/send-notice.ts';
import { settleSends } from '../../src/deliveries/settle-sends.ts';
import { deliveries, sends } from '../../src/deliveries/tables.ts';
import { Account } from '../../src/messaging/account.ts';
import { SendError } from '../../src/messaging/contract.ts';
import type { Pace } from '../../src/messaging/pace.ts';
import { leases, replies } from '../../src/messaging/tables.ts';
import type { Municipality } from '../../src/places/places.ts';
import { setLanguage } from '../../src/residents/set-language.ts';
import { stopAnswers } from '../../src/residents/stop-notices.ts';
import { addresses } from '../../src/residents/tables.ts';
import { testContext, truncateAll, useDatabase } from '../support/database.ts';
import { as, givenMunicipality, givenResident } from '../support/given.ts';
import { silentLog } from '../support/log.ts';
import { ScriptedChannel } from '../support/scripted-channel.ts';

const database = useDatabase();
const within = { timeout: 10_000, interval: 10 };
const at = (id: string) => ({ channel: 'telegram', account: '1', id }) as const;

let municipality: Municipality;
let channel: ScriptedChannel;
const accounts: Account[] = [];

beforeEach(async () => {
  await truncateAll(database.db);
  municipality = await givenMunicipality(testContext(database.db));
  channel = new ScriptedChannel();
});
afterEach(async () => {
  for (const one of accounts.splice(0)) await one.stop();
});

function anAccount(on = channel, { ttlMs = 5_000, pace = null as Pace | null } = {}): Account {
  const made = new Account({
    db: database.db,
    channel: on,
    holder: randomUUID(),
    ttlMs,
    force: false,
    receive: async () => {},
    receiveAlways: false,
    parallel: 6,
    laterSources: [
      new DeliverySource({ ctx: testContext(database.db), of: { channel: on.name, account: on.account }, pace }),
    ],
    log: silentLog,
    onUnreachable: (address, reason) => giveUpAddress(testContext(database.db), address, reason),
    onMoved: async () => {},
  });
  accounts.push(made);
  return made;
}

async function person(chat: string, language: Locale = 'ky'): Promise<number> {
  const ctx = testContext(database.db);
  const { id } = await givenResident(ctx, { address: at(chat) });
  await setLanguage(as(ctx, id), { residentId: id, language });
  return id;
}

/** A notice that says `text` in front of the language of each. */
async function notice(text: string, residentIds: number[], audience: 'own' | 'staff' = 'own'): Promise<number> {
  const ctx = testContext(database.db);
  const id = await database.db.transaction((tx) =>
    sendNotice(tx, ctx, {
      municipalityId: municipality.id,
      subject: 'proposal:1',
      residentIds,
      audience,
      write: (_, locale) => ({ text: `${text} ${locale}` }),
    }),
  );
  return id ?? 0;
}

const stored = () => database.db.select().from(deliveries).orderBy(deliveries.id);
const statuses = async () => (await stored()).map(({ status, reason }) => (reason ? `${status} ${reason}` : status));
const settled = async () => (await database.db.$count(deliveries, sql`settled_at is null`)) === 0;

async function sendAll(account = anAccount()): Promise<void> {
  await account.start();
  account.look();
  await account.quiet();
}

describe('DeliverySource', () => {
  it('sends a notice to each person once, in their language', async () => {
    const people = [await person('a', 'ky'), await person('b', 'ru'), await person('c', 'en')];
    await notice('planned', [...people, ...people]);
    await sendAll();
    expect(channel.arrived.toSorted()).toEqual(['a: planned ky', 'b: planned ru', 'c: planned en']);
    for (const row of await stored())
      expect(row).toMatchObject({
        status: 'sent',
        attempts: 1,
        possiblyDoubled: false,
        externalId: expect.any(String),
      });
  });

  it('finds within a second what was written without a word to it', async () => {
    await anAccount().start();
    await notice('planned', [await person('a')]);
    const askedAt = performance.now();
    await vi.waitUntil(() => channel.arrived.length === 1, within);
    expect(performance.now() - askedAt).toBeLessThan(1_000);
  });

  it('keeps the order of a chat, also when a send fails for a while', async () => {
    const id = await person('a');
    for (const text of ['1', '2', '3']) await notice(text, [id]);
    channel.fail('a', new SendError('unreachable', 'refused'));
    await sendAll();
    await vi.waitUntil(settled, within);
    expect(channel.arrived).toEqual(['a: 1 ky', 'a: 2 ky', 'a: 3 ky']);
    expect((await stored()).map(({ attempts }) => attempts)).toEqual([2, 1, 1]);
  });

  it('lets replies overtake', async () => {
    const account = anAccount();
    await account.start();
    const release = channel.hold();
    for (const chat of 'abcdefgh') await notice('n', [await person(chat)]);
    account.look();
    await vi.waitUntil(() => channel.inFlight === 4, within);
    const values = { channel: 'telegram', account: '1', chatId: 'z', content: { text: 'reply' } } as const;
    const [row] = await database.db.insert(replies).values(values).returning({ id: replies.id });
    account.add([{ id: row?.id ?? 0, to: at('z'), content: values.content }]);
    await vi.waitUntil(() => channel.inFlight === 5, within);
    release();
    await account.quiet();
    expect(channel.arrived.indexOf('z: reply')).toBe(4);
    expect(channel.arrived).toHaveLength(9);
  });

  it.each<[string, SendError | Error, string[], boolean]>([
    ['a refused connection', new SendError('unreachable', 'refused'), ['sent'], false],
    ['a lost answer', new SendError('unreachable', 'cut', { mayHaveArrived: true }), ['sent'], true],
    ['a short throttle', new SendError('throttled', 'slow', { retryAfterMs: 50 }), ['sent'], false],
    ['a person who blocked us', new SendError('blocked', 'no'), ['failed blocked'], false],
    ['a chat that is gone', new SendError('gone', 'no'), ['failed gone'], false],
    ['a message that is refused', new SendError('rejected', 'too long'), ['failed rejected'], false],
    ['an error of our own', new TypeError('oops'), ['failed rejected'], false],
    ['a chat that moved', new SendError('moved', 'there', { movedTo: 'b' }), ['sent'], false],
    ['a chat that moved nobody knows where', new SendError('moved', 'somewhere'), ['failed moved'], false],
  ])('settles after %s', async (_, error, expected, doubled) => {
    await notice('n', [await person('a')]);
    channel.fail('a', error);
    await sendAll();
    await vi.waitUntil(settled, within);
    expect(await statuses()).toEqual(expected);
    expect((await stored())[0]?.possiblyDoubled).toBe(doubled);
  });

  it('waits where the account is set up wrongly', async () => {
    await notice('n', [await person('a')]);
    channel.fail('a', new SendError('misconfigured', 'token'));
    await sendAll();
    expect(await statuses()).toEqual(['pending']);
    expect(await database.db.$count(leases, sql`paused_until > now() + interval '30 seconds'`)).toBe(1);
  });

  it('waits as long as the platform says, and the chat with it', async () => {
    const id = await person('a');
    channel.fail('a', new SendError('throttled', 'slow', { retryAfterMs: 3_600_000 }));
    await notice('1', [id]);
    await notice('2', [id]);
    await sendAll();
    expect(channel.arrived).toEqual([]);
    expect(await database.db.$count(deliveries, sql`status = 'pending' and next_attempt_at > now() + '3500 s'`)).toBe(
      1,
    );
    expect((await stored()).map(({ attempts }) => attempts)).toEqual([1, 0]);
  });

  it('skips what waits for a person who blocked us, and what is written to them later', async () => {
    const id = await person('a');
    channel.fail('a', new SendError('blocked', 'no'));
    for (const text of ['1', '2']) await notice(text, [id]);
    await sendAll();
    await notice('3', [id]);
    expect(await statuses()).toEqual(['failed blocked', 'skipped blocked', 'skipped blocked']);
  });

  it('goes on at the new id of a chat that moved, with all that waits for it', async () => {
    const id = await person('a');
    for (const text of ['1', '2']) await notice(text, [id]);
    channel.fail('a', new SendError('moved', 'there', { movedTo: 'b' }));
    await sendAll();
    expect(channel.arrived).toEqual(['b: 1 ky', 'b: 2 ky']);
    expect(await database.db.select({ chat: addresses.externalId }).from(addresses)).toEqual([{ chat: 'b' }]);
  });

  it('says nothing twice in a chat that moved to one which is known', async () => {
    const [old, known] = [await person('a'), await person('b')];
    await notice('both', [old, known]);
    await notice('old only', [old]);
    channel.fail('a', new SendError('moved', 'there', { movedTo: 'b' }));
    await sendAll();
    await vi.waitUntil(settled, within);
    expect(channel.arrived.toSorted()).toEqual(['b: both ky', 'b: old only ky']);
  });

  it('sends nothing of its own proposals to those who stopped that, and to staff all the same', async () => {
    const id = await person('a');
    await stopAnswers(as(testContext(database.db), id), id);
    await notice('own', [id]);
    await notice('office', [id], 'staff');
    await sendAll();
    expect(await statuses()).toEqual(['skipped opted_out', 'sent']);
  });

  it('gives up when the deadline comes before the next attempt', async () => {
    const id = await notice('n', [await person('a')]);
    await database.db.update(sends).set({ deadlineAt: sql`now() + interval '500 ms'` });
    channel.fail('a', new SendError('unreachable', 'down'));
    await sendAll();
    expect(await statuses()).toEqual(['failed unreachable']);
    expect(id).toBeGreaterThan(0);
  });

  it('sends again what a sender before it had on the wire, and says that it may be doubled', async () => {
    const people = [await person('a'), await person('b'), await person('c')];
    await notice('n', people);
    const [first] = await stored();
    await database.db
      .update(deliveries)
      .set({ status: 'sending', claimedEpoch: 1, claimedAt: sql`now()`, attempts: 1 })
      .where(sql`id = ${first?.id}`);
    await sendAll();
    expect(channel.arrived.toSorted()).toEqual(['a: n ky', 'b: n ky', 'c: n ky']);
    const rows = await stored();
    expect(rows.map(({ possiblyDoubled }) => possiblyDoubled)).toEqual([true, false, false]);
    expect(rows.map(({ attempts }) => attempts)).toEqual([2, 1, 1]);
  });

  it('leaves to the next holder what was on the wire when the lease was lost', async () => {
    await notice('n', [await person('a')]);
    const slow = anAccount(channel, { ttlMs: 300 });
    await slow.start();
    const release = channel.hold();
    slow.look();
    await vi.waitUntil(() => channel.inFlight === 1, within);
    await database.db.update(leases).set({ holder: 'nobody', epoch: 9, until: sql`now() - interval '1 second'` });
    const other = new ScriptedChannel();
    const next = anAccount(other);
    await next.start();
    next.look();
    await vi.waitUntil(() => other.arrived.length === 1, within);
    await next.quiet();
    release();
    await slow.quiet();
    expect(await stored()).toMatchObject([{ status: 'sent', attempts: 2, possiblyDoubled: true, externalId: '1' }]);
  });

  it('holds the pace, each chat with a gap of its own', async () => {
    for (const chat of 'abcdef') await notice('n', [await person(chat)]);
    const [first] = await database.db.select().from(addresses).limit(1);
    await notice('again', [first?.residentId ?? 0]);
    const times: number[] = [];
    channel.onArrival = () => times.push(performance.now());
    const account = anAccount(channel, { pace: { perSecond: 10, chatGapMs: () => 600 } });
    await account.start();
    await vi.waitUntil(() => channel.arrived.length === 7, within);
    for (const [index, time] of times.entries()) {
      const within1s = times.filter((other) => other >= time && other < time + 1_000).length;
      expect(within1s, `from the message ${index} on`).toBeLessThanOrEqual(10);
    }
    const [one, two] = [channel.arrived.indexOf('a: n ky'), channel.arrived.indexOf('a: again ky')];
    expect((times[two] ?? 0) - (times[one] ?? 0)).toBeGreaterThan(590);
  });
});

describe('settleSends', () => {
  const settle = () => settleSends(testContext(database.db));

  it('empties the contents once nobody waits for them, and not before', async () => {
    const id = await person('a');
    await notice('done', [id]);
    await sendAll();
    await notice('waiting', [id]);
    expect(await settle()).toBe(1);
    const kept = await database.db.select({ contents: sends.contents }).from(sends).orderBy(sends.id);
    expect(kept.map(({ contents }) => contents?.ky.text ?? null)).toEqual([null, 'waiting ky']);
  });

  it('ends what is past its deadline, also where nobody sends for the account', async () => {
    await notice('n', [await person('a'), await person('b')]);
    await database.db.update(sends).set({ deadlineAt: sql`now() - interval '1 second'` });
    await database.db.update(deliveries).set({ status: 'sending', claimedEpoch: 1 }).where(sql`id = 1`);
    expect(await settle()).toBe(1);
    expect(await stored()).toMatchObject([
      { status: 'failed', reason: 'unreachable', possiblyDoubled: true },
      { status: 'failed', reason: 'unreachable', possiblyDoubled: false },
    ]);
  });

  it('leaves what is on the wire to its sender', async () => {
    await notice('n', [await person('a')]);
    await database.db
      .insert(leases)
      .values({ channel: 'telegram', account: '1', holder: 'x', epoch: 1, until: sql`now() + interval '5 seconds'` });
    await database.db.update(sends).set({ deadlineAt: sql`now() - interval '1 second'` });
    await database.db.update(deliveries).set({ status: 'sending', claimedEpoch: 1 });
    expect(await settle()).toBe(0);
    expect(await statuses()).toEqual(['sending']);
  });
});
