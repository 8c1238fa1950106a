import { sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { settleSends } from '../../src/deliveries/settle-sends.ts';
import { deliveries, sends } from '../../src/deliveries/tables.ts';
import { SendError } from '../../src/messaging/contract.ts';
import { leases, replies } from '../../src/messaging/tables.ts';
import { forgetResident } from '../../src/privacy/forget-resident.ts';
import { stopAnswers } from '../../src/residents/stop-notices.ts';
import { addresses } from '../../src/residents/tables.ts';
import { testContext } from '../support/database.ts';
import { as } from '../support/given.ts';
import { ScriptedChannel } from '../support/scripted-channel.ts';
import { useDeliveries } from './stage.ts';

const stage = useDeliveries();
const within = { timeout: 60_000, interval: 10 };

describe('DeliverySource', () => {
  it('sends a notice to each person once, in their language', async () => {
    const people = [await stage.person('a', 'ky'), await stage.person('b', 'ru'), await stage.person('c', 'en')];
    await stage.notice('planned', [...people, ...people]);
    await stage.sendAll();
    expect(stage.channel.arrived.toSorted()).toEqual(['a: planned ky', 'b: planned ru', 'c: planned en']);
    for (const row of await stage.stored())
      expect(row).toMatchObject({
        status: 'sent',
        attempts: 1,
        possiblyDoubled: false,
        externalId: expect.any(String),
      });
  });

  it('finds what was written without a word to it', async () => {
    await stage.account().start();
    await stage.notice('planned', [await stage.person('a')]);
    await vi.waitUntil(() => stage.channel.arrived.length === 1, within);
  });

  it('keeps the order of a chat, also when a send fails for a while', async () => {
    const id = await stage.person('a');
    for (const text of ['1', '2', '3']) await stage.notice(text, [id]);
    stage.channel.fail('a', new SendError('unreachable', 'refused'));
    await stage.sendAll();
    await vi.waitUntil(stage.settled, within);
    expect(stage.channel.arrived).toEqual(['a: 1 ky', 'a: 2 ky', 'a: 3 ky']);
    expect((await stage.stored()).map(({ attempts }) => attempts)).toEqual([2, 1, 1]);
  });

  it('lets replies overtake', async () => {
    const account = stage.account();
    await account.start();
    const release = stage.channel.hold();
    for (const chat of 'abcdefgh') await stage.notice('n', [await stage.person(chat)]);
    account.look();
    await vi.waitUntil(() => stage.channel.inFlight === 4, within);
    const values = { channel: 'telegram', account: '1', chatId: 'z', content: { text: 'reply' } } as const;
    const [row] = await stage.database.db.insert(replies).values(values).returning({ id: replies.id });
    account.add([{ id: row?.id ?? 0, to: { channel: 'telegram', account: '1', id: 'z' }, content: values.content }]);
    await vi.waitUntil(() => stage.channel.inFlight === 5, within);
    release();
    await account.quiet();
    expect(stage.channel.arrived.indexOf('z: reply')).toBe(4);
    expect(stage.channel.arrived).toHaveLength(9);
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
    await stage.notice('n', [await stage.person('a')]);
    stage.channel.fail('a', error);
    await stage.sendAll();
    await vi.waitUntil(stage.settled, within);
    expect(await stage.statuses()).toEqual(expected);
    expect((await stage.stored())[0]?.possiblyDoubled).toBe(doubled);
  });

  it('waits where the account is set up wrongly', async () => {
    await stage.notice('n', [await stage.person('a')]);
    stage.channel.fail('a', new SendError('misconfigured', 'token'));
    await stage.sendAll();
    expect(await stage.statuses()).toEqual(['pending']);
    expect(await stage.database.db.$count(leases, sql`paused_until > now() + interval '30 seconds'`)).toBe(1);
  });

  it('waits as long as the platform says, and the chat with it', async () => {
    const id = await stage.person('a');
    stage.channel.fail('a', new SendError('throttled', 'slow', { retryAfterMs: 3_600_000 }));
    await stage.notice('1', [id]);
    await stage.notice('2', [id]);
    await stage.sendAll();
    expect(stage.channel.arrived).toEqual([]);
    expect(
      await stage.database.db.$count(deliveries, sql`status = 'pending' and next_attempt_at > now() + '3500 s'`),
    ).toBe(1);
    expect((await stage.stored()).map(({ attempts }) => attempts)).toEqual([1, 0]);
  });

  it('skips what waits for a person who blocked us, and what is written to them later', async () => {
    const id = await stage.person('a');
    stage.channel.fail('a', new SendError('blocked', 'no'));
    for (const text of ['1', '2']) await stage.notice(text, [id]);
    await stage.sendAll();
    await stage.notice('3', [id]);
    expect(await stage.statuses()).toEqual(['failed blocked', 'skipped blocked', 'skipped blocked']);
  });

  it('goes on at the new id of a chat that moved, with all that waits for it', async () => {
    const id = await stage.person('a');
    for (const text of ['1', '2']) await stage.notice(text, [id]);
    stage.channel.fail('a', new SendError('moved', 'there', { movedTo: 'b' }));
    await stage.sendAll();
    expect(stage.channel.arrived).toEqual(['b: 1 ky', 'b: 2 ky']);
    expect(await stage.database.db.select({ chat: addresses.externalId }).from(addresses)).toEqual([{ chat: 'b' }]);
  });

  it('says nothing twice in a chat that moved to one which is known', async () => {
    const [old, known] = [await stage.person('a'), await stage.person('b')];
    await stage.notice('both', [old, known]);
    await stage.notice('old only', [old]);
    stage.channel.fail('a', new SendError('moved', 'there', { movedTo: 'b' }));
    await stage.sendAll();
    await vi.waitUntil(stage.settled, within);
    expect(stage.channel.arrived.toSorted()).toEqual(['b: both ky', 'b: old only ky']);
  });

  it('sends nothing of its own proposals to those who stopped that, and to staff all the same', async () => {
    const id = await stage.person('a');
    await stopAnswers(as(testContext(stage.database.db), id), id);
    await stage.notice('own', [id]);
    await stage.notice('office', [id], 'staff');
    await stage.sendAll();
    expect(await stage.statuses()).toEqual(['skipped opted_out', 'sent']);
  });

  it('gives up when the deadline comes before the next attempt', async () => {
    await stage.notice('n', [await stage.person('a')]);
    await stage.database.db.update(sends).set({ deadlineAt: sql`now() + interval '10 minutes'` });
    stage.channel.fail('a', new SendError('unreachable', 'down', { retryAfterMs: 3_600_000 }));
    await stage.sendAll();
    expect(await stage.statuses()).toEqual(['failed unreachable']);
  });

  it('sends again what a sender before it had on the wire, and says that it may be doubled', async () => {
    const people = [await stage.person('a'), await stage.person('b'), await stage.person('c')];
    await stage.notice('n', people);
    const [first] = await stage.stored();
    await stage.database.db
      .update(deliveries)
      .set({ status: 'sending', claimedEpoch: 1, claimedAt: sql`now()`, attempts: 1 })
      .where(sql`id = ${first?.id}`);
    await stage.sendAll();
    expect(stage.channel.arrived.toSorted()).toEqual(['a: n ky', 'b: n ky', 'c: n ky']);
    const rows = await stage.stored();
    expect(rows.map(({ possiblyDoubled }) => possiblyDoubled)).toEqual([true, false, false]);
    expect(rows.map(({ attempts }) => attempts)).toEqual([2, 1, 1]);
  });

  it('leaves to the next holder what was on the wire when the lease was lost', async () => {
    await stage.notice('n', [await stage.person('a')]);
    const slow = stage.account(stage.channel);
    await slow.start();
    const release = stage.channel.hold();
    slow.look();
    await vi.waitUntil(() => stage.channel.inFlight === 1, within);
    await stage.database.db.update(leases).set({ holder: 'nobody', epoch: 9, until: sql`now() - interval '1 second'` });
    const other = new ScriptedChannel();
    const next = stage.account(other);
    await next.start();
    next.look();
    await vi.waitUntil(() => other.arrived.length === 1, within);
    await next.quiet();
    release();
    await slow.quiet();
    expect(await stage.stored()).toMatchObject([
      { status: 'sent', attempts: 2, possiblyDoubled: true, externalId: '1' },
    ]);
  });

  it('holds the pace, each chat with a gap of its own', async () => {
    for (const chat of 'abcdef') await stage.notice('n', [await stage.person(chat)]);
    const [first] = await stage.database.db.select().from(addresses).limit(1);
    await stage.notice('again', [first?.residentId ?? 0]);
    const times: number[] = [];
    stage.channel.onArrival = () => times.push(performance.now());
    const account = stage.account(stage.channel, { pace: { perSecond: 5, chatGapMs: () => 600 } });
    await account.start();
    await vi.waitUntil(() => stage.channel.arrived.length === 7, within);
    for (const [index, time] of times.entries()) {
      const within1s = times.filter((other) => other >= time && other < time + 1_000).length;
      expect(within1s, `from the message ${index} on`).toBeLessThanOrEqual(5);
    }
    const [one, two] = [stage.channel.arrived.indexOf('a: n ky'), stage.channel.arrived.indexOf('a: again ky')];
    expect((times[two] ?? 0) - (times[one] ?? 0)).toBeGreaterThan(590);
  });
});

describe('settleSends', () => {
  const settle = () => settleSends(testContext(stage.database.db));

  it('empties the contents once nobody waits for them, and not before', async () => {
    const id = await stage.person('a');
    await stage.notice('done', [id]);
    await stage.sendAll();
    await stage.notice('waiting', [id]);
    expect(await settle()).toBe(1);
    const kept = await stage.database.db.select({ contents: sends.contents }).from(sends).orderBy(sends.id);
    expect(kept.map(({ contents }) => contents?.ky.text ?? null)).toEqual([null, 'waiting ky']);
  });

  it('keeps the options of a notice without its words for another week', async () => {
    const options = [{ data: 'go:inbox:1', label: 'Ачуу' }];
    await stage.notice('private', [await stage.person('a')], 'own', options);
    await stage.sendAll();
    const contents = async () => (await stage.database.db.select().from(sends))[0]?.contents ?? null;
    expect([await settle(), await settle()]).toEqual([1, 0]);
    expect(await contents()).toEqual({
      ky: { text: '', options },
      ru: { text: '', options },
      en: { text: '', options },
    });
    await stage.database.db.update(sends).set({ deadlineAt: sql`now() - interval '8 days'` });
    expect(await settle()).toBe(1);
    expect(await contents()).toBeNull();
  });

  it('ends what is past its deadline, also where nobody sends for the account', async () => {
    await stage.notice('n', [await stage.person('a'), await stage.person('b')]);
    await stage.database.db.update(sends).set({ deadlineAt: sql`now() - interval '1 second'` });
    await stage.database.db.update(deliveries).set({ status: 'sending', claimedEpoch: 1 }).where(sql`id = 1`);
    expect(await settle()).toBe(1);
    expect(await stage.stored()).toMatchObject([
      { status: 'failed', reason: 'unreachable', possiblyDoubled: true },
      { status: 'failed', reason: 'unreachable', possiblyDoubled: false },
    ]);
  });

  it('leaves what is on the wire to its sender', async () => {
    await stage.notice('n', [await stage.person('a')]);
    await stage.database.db
      .insert(leases)
      .values({ channel: 'telegram', account: '1', holder: 'x', epoch: 1, until: sql`now() + interval '1 hour'` });
    await stage.database.db.update(sends).set({ deadlineAt: sql`now() - interval '1 second'` });
    await stage.database.db.update(deliveries).set({ status: 'sending', claimedEpoch: 1 });
    expect(await settle()).toBe(0);
    expect(await stage.statuses()).toEqual(['sending']);
  });
});

describe('eraseDeliveries', () => {
  const contents = async () => {
    const rows = await stage.database.db.select({ contents: sends.contents }).from(sends).orderBy(sends.id);
    return rows.map((row) => row.contents?.ky.text ?? null);
  };

  it('cancels what waits for a person who is erased, and keeps what others wait for', async () => {
    const [gone, other] = [await stage.person('a'), await stage.person('b')];
    await stage.notice('private', [gone]);
    await stage.notice('both', [gone, other]);
    await forgetResident(as(testContext(stage.database.db), gone), gone);
    expect(await stage.statuses()).toEqual(['canceled', 'canceled', 'pending']);
    expect(await contents()).toEqual([null, 'both ky']);
    await stage.sendAll();
    expect(stage.channel.arrived).toEqual(['b: both ky']);
    expect((await stage.stored()).map(({ addressId, settledAt }) => [addressId !== null, settledAt !== null])).toEqual([
      [false, true],
      [false, true],
      [true, true],
    ]);
  });

  it('counts what had gone out, without a way back to the person', async () => {
    const id = await stage.person('a');
    await stage.notice('n', [id]);
    await stage.sendAll();
    await forgetResident(as(testContext(stage.database.db), id), id);
    expect(await stage.stored()).toMatchObject([{ status: 'sent', addressId: null, externalId: null }]);
  });

  it('lets a send that is on the wire come to its end', async () => {
    const id = await stage.person('a');
    await stage.notice('n', [id]);
    const account = stage.account();
    await account.start();
    const release = stage.channel.hold();
    account.look();
    await vi.waitUntil(() => stage.channel.inFlight === 1, within);
    await forgetResident(as(testContext(stage.database.db), id), id);
    release();
    await account.quiet();
    expect(await stage.stored()).toMatchObject([{ status: 'sent', addressId: null, externalId: null }]);
  });
});
