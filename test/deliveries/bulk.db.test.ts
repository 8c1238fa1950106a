import { sql } from 'drizzle-orm';
import { describe, expect, it, vi } from 'vitest';
import { claimBulk, type DuePlace } from '../../src/deliveries/claim.ts';
import { releaseDeliveries } from '../../src/deliveries/complete.ts';
import { countDeliveries } from '../../src/deliveries/count-deliveries.ts';
import { readDeliveryFigures } from '../../src/deliveries/figures.ts';
import { listRecentClaims } from '../../src/deliveries/look.ts';
import { settleSends } from '../../src/deliveries/settle-sends.ts';
import { cancelPending, pauseSend, resumeSend } from '../../src/deliveries/steer-send.ts';
import { deliveries, sends } from '../../src/deliveries/tables.ts';
import { SendError } from '../../src/messaging/contract.ts';
import { markUnreachable } from '../../src/residents/change-address.ts';
import { stopAnnouncements } from '../../src/residents/stop-notices.ts';
import { databaseKind, testContext } from '../support/database.ts';
import { as } from '../support/given.ts';
import { countLockWaiters } from '../support/lock-waiters.ts';
import { useDeliveries } from './stage.ts';

const stage = useDeliveries();
const within = { timeout: 60_000, interval: 10 };
const slowly = { perSecond: 20, chatGapMs: () => 0 };
const none = { minMs: 0, maxMs: 0 };
const oneByOne = { perSecond: 100, chatGapMs: () => 0, gap: { bulk: none, other: none } };
const people = async (chats: string) => {
  for (const chat of chats) await stage.person(chat);
  return [...chats];
};
const inTx = <T>(work: Parameters<typeof stage.database.db.transaction<T>>[0]) => stage.database.db.transaction(work);
const counts = async (id: number) => (await countDeliveries(stage.database.db, [id])).get(id);

describe('DeliverySource', () => {
  it('sends an announcement to everyone once, in their language, also to groups', async () => {
    await stage.person('a', 'ky');
    await stage.person('b', 'ru');
    await stage.group('-5');
    const id = await stage.announcement('hearing', ['a', 'b', '-5']);
    await stage.sendAll();
    expect(stage.channel.arrived.toSorted()).toEqual(['-5: hearing ky', 'a: hearing ky', 'b: hearing ru']);
    expect(await counts(id)).toMatchObject({ totals: { sent: 3, pending: 0, possiblyDoubled: 0 }, reasons: {} });
  });

  it('sends everything personal before an announcement, at one pace together', async () => {
    const chats = await people('abcdefghijklmnopqrstuvwxy');
    await stage.announcement('bulk', chats);
    const id = await stage.person('z');
    const times: number[] = [];
    stage.channel.onArrival = () => times.push(performance.now());
    const account = stage.account(stage.channel, { pace: slowly });
    await account.start();
    await vi.waitUntil(() => stage.channel.arrived.length >= 2, within);
    for (const text of ['1', '2', '3']) await stage.notice(text, [id]);
    const before = stage.channel.arrived.length;
    account.look();
    await vi.waitUntil(() => stage.channel.arrived.length === 28, { timeout: 60_000, interval: 100 });
    const places = ['z: 1 ky', 'z: 2 ky', 'z: 3 ky'].map((line) => stage.channel.arrived.indexOf(line));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places[2]).toBeLessThan(before + 10);
    expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeGreaterThan(27 * 40);
  });

  it('lets one send pass another that is backed off or paused', async () => {
    await people('a');
    const first = await stage.announcement('first', ['a']);
    await stage.announcement('second', ['a']);
    stage.channel.fail('a', new SendError('throttled', 'slow', { retryAfterMs: 10_000 }));
    await stage.account().start();
    await vi.waitUntil(async () => (await counts(first))?.totals.pending === 1, within);
    await stage.announcement('third', ['a']);
    await inTx((tx) => pauseSend(tx, first));
    await vi.waitUntil(() => stage.channel.arrived.length === 2, within);
    expect(stage.channel.arrived.toSorted()).toEqual(['a: second ky', 'a: third ky']);
  });

  it('has never two of them on the wire to one chat', async () => {
    await people('a');
    await stage.announcement('1', ['a']);
    await stage.announcement('2', ['a']);
    const account = stage.account();
    await account.start();
    const release = stage.channel.hold();
    account.look();
    await vi.waitUntil(() => stage.channel.inFlight === 1, within);
    account.look();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await stage.statuses()).toEqual(['sending', 'pending']);
    release();
    await vi.waitUntil(stage.settled, within);
    expect(stage.channel.arrived).toEqual(['a: 1 ky', 'a: 2 ky']);
  });

  it('skips those who stop announcements or cannot be reached, up to the last moment', async () => {
    const ids = [await stage.person('a'), await stage.person('b'), await stage.person('c')] as const;
    const id = await stage.announcement('n', ['a', 'b', 'c']);
    await stopAnnouncements(as(testContext(stage.database.db), ids[0]), ids[0]);
    await markUnreachable(testContext(stage.database.db), { channel: 'telegram', account: '1', id: 'b' }, 'blocked');
    await stage.sendAll();
    expect(await stage.statuses()).toEqual(['skipped opted_out', 'skipped blocked', 'sent']);
    expect(await counts(id)).toMatchObject({
      totals: { pending: 0, sending: 0, sent: 1, failed: 0, skipped: 2, canceled: 0, possiblyDoubled: 0 },
      reasons: { opted_out: 1, blocked: 1 },
    });
    expect((await stage.stored()).map(({ attempts, settledAt }) => [attempts, settledAt !== null])).toEqual([
      [0, true],
      [0, true],
      [1, true],
    ]);
  });

  it('is through thousands who are skipped at once, and sends no more together than it may', async () => {
    await people('abc');
    const db = stage.database.db;
    await db.execute(sql`
      with gone as (
        insert into residents (language, created_at, announcements_stopped_at)
        select 'ky', now(), now() from generate_series(1, 3000) returning id
      )
      insert into addresses (resident_id, channel, account, external_id)
      select id, 'telegram', '1', 'gone-' || id from gone`);
    const id = await stage.announcement('n', []);
    await db.execute(sql`
      insert into deliveries (send_id, address_id, channel, account, language, bulk, status)
      select ${id}, id, channel, account, 'ky', true, 'pending' from addresses order by id desc`);
    const startedAt = performance.now();
    await stage.account(stage.channel, { pace: { ...oneByOne, perSecond: 20 } }).start();
    await vi.waitUntil(stage.settled, within);
    expect(performance.now() - startedAt).toBeLessThan(60_000); // one at each turn would take 150 s
    expect((await counts(id))?.totals).toMatchObject({ skipped: 3_000, sent: 3 });
    expect(stage.channel.mostInFlight).toBe(1);
  });

  it('tells what would come too late from what was tried', async () => {
    await people('ab');
    await stage.announcement('n', ['a', 'b'], { deadlineMs: -1 });
    await stage.database.db.update(deliveries).set({ attempts: 2 }).where(sql`id = (select min(id) from deliveries)`);
    await stage.sendAll();
    expect(await stage.statuses()).toEqual(['failed unreachable', 'skipped stale']);
    expect(stage.channel.arrived).toEqual([]);
  });

  it('counts each piece for its caps, also after a restart', async () => {
    const pace = { perSecond: 100, chatGapMs: () => 0, caps: { perHour: 4, perDay: 9 } };
    await stage.announcement('n', await people('abcde'));
    for (let start = 0; start < 2; start++) {
      const account = stage.account(stage.channel, { pace, pieces: () => 2 });
      await account.start();
      await vi.waitUntil(() => stage.channel.arrived.length >= 2, within);
      account.look();
      await account.quiet();
      await account.stop();
      expect(stage.channel.arrived).toHaveLength(2);
    }
  });

  it('obeys its caps also after a restart', async () => {
    const pace = { perSecond: 100, chatGapMs: () => 0, caps: { perHour: 2, perDay: 9 } };
    await people('abcde');
    const id = await stage.announcement('n', ['a', 'b', 'c', 'd', 'e']);
    const first = stage.account(stage.channel, { pace });
    await first.start();
    await vi.waitUntil(async () => (await counts(id))?.totals.sent === 2, within);
    await first.stop();
    const second = stage.account(stage.channel, { pace });
    await second.start();
    second.look();
    await second.quiet();
    expect(stage.channel.arrived).toHaveLength(2);
    await stage.database.db.execute(sql`
      update deliveries set claimed_at = now() - interval '61 minutes' where status = 'sent'`);
    await second.stop();
    await stage.account(stage.channel, { pace }).start();
    await vi.waitUntil(async () => (await counts(id))?.totals.sent === 4, within);
  });
});

describe('listRecentClaims', () => {
  it('counts once what nobody knows any more', async () => {
    await stage.notice('n', [await stage.person('a')]);
    await stage.sendAll();
    const claims = () => listRecentClaims(stage.database.db, { channel: 'telegram', account: '1' }, () => 3);
    expect(await claims()).toHaveLength(3);
    await stage.database.db.update(sends).set({ contents: null });
    expect(await claims()).toHaveLength(1);
  });
});

describe('claimBulk', () => {
  const claim = async (from: DuePlace | null) => {
    const args = { epoch: 1, limit: 1, scan: 1, pausedChats: [], from };
    const { claimed, began } = await claimBulk(stage.database.db, { channel: 'telegram', account: '1' }, args);
    return { chats: claimed.map(({ to }) => to.id), began };
  };

  it('goes on where the last claim began, and finds what came back before it from the beginning', async () => {
    await stage.announcement('n', await people('abc'));
    const first = await claim(null);
    const second = await claim(first.began);
    expect([first.chats, second.chats]).toEqual([['a'], ['b']]);
    await stage.database.db.update(deliveries).set({ status: 'pending' }).where(sql`status = 'sending'`);
    expect((await claim(second.began)).chats).toEqual(['b']);
    expect((await claim(second.began)).chats).toEqual(['c']);
    expect((await claim(null)).chats).toEqual(['a']);
    expect(await claim(null)).toEqual({ chats: [], began: null });
  });
});

describe('errors in a row', () => {
  const unreachable = () => new SendError('unreachable', 'refused');
  const rare = { errors: 100, last: 100 };

  it.each(['rejected', 'unreachable'] as const)('are told once: %s', async (reason) => {
    const chats = await people('abcdefgh');
    const id = await stage.announcement('n', chats);
    for (const chat of chats) stage.channel.fail(chat, new SendError(reason, 'no'));
    const told: unknown[] = [];
    const onManyErrors = async (...about: unknown[]) => void told.push(about);
    await stage.sendAll(stage.account(stage.channel, { onManyErrors, errors: { inARow: 5, among: rare } }));
    expect(told).toEqual([[id, reason]]);
  });

  it('are neither those of people who blocked us nor those between which one arrives', async () => {
    const chats = await people('abcdefgh');
    await stage.announcement('n', chats);
    for (const chat of 'abcd') stage.channel.fail(chat, new SendError('blocked', 'no'));
    for (const chat of 'eg') stage.channel.fail(chat, new SendError('rejected', 'no'));
    const told: unknown[] = [];
    const onManyErrors = async (...about: unknown[]) => void told.push(about);
    await stage.sendAll(
      stage.account(stage.channel, { onManyErrors, errors: { inARow: 2, among: rare }, pace: oneByOne }),
    );
    await vi.waitUntil(stage.settled, within);
    expect(told).toEqual([]);
  });

  it('are told too where others arrive between them, and most fail', async () => {
    const chats = await people('abcdefghij');
    const id = await stage.announcement('n', chats);
    for (const chat of 'bcefhi') stage.channel.fail(chat, new SendError('rejected', 'no'));
    const told: unknown[] = [];
    const onManyErrors = async (...about: unknown[]) => void told.push(about);
    const errors = { inARow: 3, among: { errors: 4, last: 6 } };
    await stage.account(stage.channel, { onManyErrors, errors, pace: oneByOne }).start();
    await vi.waitUntil(stage.settled, within);
    expect(told).toEqual([[id, 'rejected']]);
  });

  it('are not those of one chat that cannot be reached, however often it is tried', async () => {
    const chats = await people('abc');
    const id = await stage.announcement('n', chats);
    stage.channel.fail('b', ...Array.from({ length: 4 }, unreachable));
    const told: unknown[] = [];
    const onManyErrors = async (...about: unknown[]) => void told.push(about);
    const errors = { inARow: 3, among: { errors: 3, last: 6 } };
    const account = stage.account(stage.channel, { onManyErrors, errors });
    await account.start();
    await vi.waitUntil(async () => {
      await stage.database.db.execute(sql`update deliveries set next_attempt_at = now() where status = 'pending'`);
      account.look();
      return stage.settled();
    }, within);
    expect((await counts(id))?.totals).toMatchObject({ sent: 3 });
    expect(told).toEqual([]);
  });

  it('of a network that is down touch few people', async () => {
    const chats = Array.from({ length: 60 }, (_, at) => `p${at}`);
    for (const chat of chats) {
      await stage.person(chat);
      stage.channel.fail(chat, unreachable(), unreachable(), unreachable(), unreachable());
    }
    await stage.announcement('n', chats);
    const account = stage.account(stage.channel, { pace: { perSecond: 500, chatGapMs: () => 0 } });
    await account.start();
    const tried = () => stage.database.db.$count(deliveries, sql`attempts > 0`);
    await vi.waitUntil(async () => (await tried()) >= 5, within);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    expect(await tried()).toBeLessThan(15);
  });
});

describe('pauseSend', () => {
  it('lets nothing more go out until the send is resumed, whatever came back to it meanwhile', async () => {
    const chats = await people('abcde');
    const id = await stage.announcement('n', chats);
    const account = stage.account(stage.channel, { pace: slowly });
    await account.start();
    stage.channel.fail('a', new SendError('unreachable', 'cut', { mayHaveArrived: true }));
    const release = stage.channel.hold();
    await vi.waitUntil(() => stage.channel.inFlight > 0, within);
    await inTx((tx) => pauseSend(tx, id));
    release();
    await account.quiet();
    account.look();
    await account.quiet();
    const before = stage.channel.arrived.length;
    expect(before).toBeLessThan(5);
    const aside = () => stage.database.db.$count(deliveries, sql`status = 'pending' and next_attempt_at = 'infinity'`);
    await vi.waitUntil(async () => (await aside()) === 5 - before, within);
    expect((await counts(id))?.totals).toMatchObject({ pending: 5 - before, sent: before });
    expect((await readDeliveryFigures(stage.database.db)).deliveriesDueSeconds).toBe(0);
    await inTx((tx) => resumeSend(tx, id));
    await vi.waitUntil(stage.settled, within);
    expect(stage.channel.arrived.toSorted()).toEqual(chats.map((chat) => `${chat}: n ky`));
  });

  it('holds what was claimed and not tried', async () => {
    const id = await stage.announcement('n', await people('ab'));
    const of = { channel: 'telegram', account: '1' } as const;
    const args = { epoch: 1, limit: 9, scan: 9, pausedChats: [], from: null };
    const { claimed } = await claimBulk(stage.database.db, of, args);
    await inTx((tx) => pauseSend(tx, id));
    await releaseDeliveries(stage.database.db, claimed);
    const aside = sql`status = 'pending' and next_attempt_at = 'infinity' and attempts = 0`;
    expect(await stage.database.db.$count(deliveries, aside)).toBe(2);
  });

  it('holds what a sender before left on the wire', async () => {
    await people('a');
    const id = await stage.announcement('n', ['a']);
    await stage.database.db.update(deliveries).set({ status: 'sending', claimedEpoch: 1, attempts: 1 });
    await inTx((tx) => pauseSend(tx, id));
    await stage.sendAll();
    expect(stage.channel.arrived).toEqual([]);
    expect(await stage.database.db.$count(deliveries, sql`next_attempt_at = 'infinity' and possibly_doubled`)).toBe(1);
    await inTx((tx) => resumeSend(tx, id));
    await vi.waitUntil(stage.settled, within);
    expect((await counts(id))?.totals).toMatchObject({ sent: 1, possiblyDoubled: 1 });
  });
});

/** The embedded database has one session. */
describe.runIf(databaseKind() === 'postgres')('resumeSend', () => {
  it('leaves nothing aside that the sender comes upon meanwhile', async () => {
    const id = await stage.announcement('n', await people('ab'));
    await inTx((tx) => pauseSend(tx, id));
    let claim = null as Promise<unknown> | null;
    await inTx(async (tx) => {
      await resumeSend(tx, id);
      const of = { channel: 'telegram', account: '1' } as const;
      claim = claimBulk(stage.database.db, of, { epoch: 1, limit: 9, scan: 9, pausedChats: [], from: null });
      await expect.poll(() => countLockWaiters(stage.database.db)).toBeGreaterThan(0);
    });
    expect(await claim).toMatchObject({ claimed: [], passed: 2 });
    await stage.sendAll();
    expect(await stage.statuses()).toEqual(['sent', 'sent']);
  });
});

describe('cancelPending', () => {
  it('takes back what waits, and says how many', async () => {
    const id = await stage.announcement('n', await people('abc'));
    await inTx((tx) => pauseSend(tx, id));
    expect(await inTx((tx) => cancelPending(tx, id))).toBe(3);
    expect(await inTx((tx) => cancelPending(tx, id))).toBe(0);
    await stage.sendAll();
    expect(await stage.statuses()).toEqual(['canceled', 'canceled', 'canceled']);
  });

  it('lets what is on the wire arrive or fail, and tries nothing again', async () => {
    const id = await stage.announcement('n', await people('ab'));
    const account = stage.account();
    await account.start();
    stage.channel.fail('b', new SendError('unreachable', 'cut'));
    const release = stage.channel.hold();
    account.look();
    await vi.waitUntil(() => stage.channel.inFlight === 2, within);
    expect(await inTx((tx) => cancelPending(tx, id))).toBe(0);
    release();
    await vi.waitUntil(stage.settled, within);
    expect(await stage.statuses()).toEqual(['sent', 'failed unreachable']);
  });
});

describe('countDeliveries', () => {
  it('counts nothing of a send without deliveries, and only what was asked for', async () => {
    await people('a');
    const [one, other] = [await stage.announcement('1', []), await stage.announcement('2', ['a'])];
    const counted = await countDeliveries(stage.database.db, [one]);
    expect([...counted.keys()]).toEqual([one]);
    expect(Object.values(counted.get(one)?.totals ?? {}).every((count) => count === 0)).toBe(true);
    expect((await counts(other))?.totals.pending).toBe(1);
    expect(await countDeliveries(stage.database.db, [])).toEqual(new Map());
  });

  it('counts as possibly doubled what is sent or on the wire', async () => {
    const id = await stage.announcement('n', await people('abcd'));
    await stage.database.db.execute(sql`
      update deliveries set possibly_doubled = true,
        status = (array['sent', 'sending', 'failed', 'pending'])[1 + id - (select min(id) from deliveries)]`);
    expect((await counts(id))?.totals).toEqual({
      pending: 1,
      sending: 1,
      sent: 1,
      failed: 1,
      skipped: 0,
      canceled: 0,
      possiblyDoubled: 2,
    });
  });
});

describe('settleSends', () => {
  const settle = () => settleSends(testContext(stage.database.db));

  it('skips of an announcement what was not tried before its deadline, and keeps what it said', async () => {
    const id = await stage.announcement('n', await people('abc'), { deadlineMs: -1 });
    await inTx((tx) => pauseSend(tx, id));
    await stage.database.db.execute(sql`
      update deliveries set attempts = 1, claimed_epoch = 1,
        status = case when id = (select min(id) from deliveries) then 'sending' else 'pending' end
      where id < (select max(id) from deliveries)`);
    expect(await settle()).toBe(0);
    expect(await stage.stored()).toMatchObject([
      { status: 'failed', reason: 'unreachable', possiblyDoubled: true },
      { status: 'failed', reason: 'unreachable', possiblyDoubled: false },
      { status: 'skipped', reason: 'stale', possiblyDoubled: false },
    ]);
    const [send] = await stage.database.db.select().from(sends);
    expect(send?.contents?.ky.text).toBe('n ky');
  });
});
