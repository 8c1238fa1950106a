import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { countDeliveries } from '../../src/deliveries/count-deliveries.ts';
import type { OutboundContent } from '../../src/messaging/contract.ts';
import { leases } from '../../src/messaging/tables.ts';
import { addresses } from '../../src/residents/tables.ts';
import { givenSend } from '../support/announcements.ts';
import { ApiError } from '../support/bot-api/api-error.ts';
import { type BotApi, startBotApi } from '../support/bot-api/bot-api.ts';
import { testContext, truncateAll, useDatabase } from '../support/database.ts';
import { givenMunicipality } from '../support/given.ts';
import { silentLog } from '../support/log.ts';
import { readNotices, writeNotices } from '../support/notices.ts';

const within = { timeout: 60_000, interval: 20 };

describe('announcements on Telegram', () => {
  const database = useDatabase();
  let api: BotApi;
  let folder: string;
  let app: App;

  beforeEach(async () => {
    await truncateAll(database.db);
    folder = await mkdtemp(join(tmpdir(), 'telegram-bulk-'));
    const limits = { perSecond: 30, paidPerSecond: 300, perChatPerSecond: 1, perGroupPerMinute: 20 };
    api = await startBotApi({ limits, latencyMs: 5 });
  });
  afterEach(async () => {
    await app.stop();
    await api.close();
    await rm(folder, { recursive: true });
  });

  async function start(bulkPerSecond: number): Promise<void> {
    const env = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root, SIMULATOR: 'off', PORT: '0' };
    const bulk = { TELEGRAM_BULK_PER_SECOND: String(bulkPerSecond), DATA_DIR: database.dataDir };
    app = await createApp({
      config: readConfig({ ...env, ...bulk }, false),
      open: database.open,
      clock: systemClock,
      log: silentLog,
    });
    await app.start();
  }

  /** Sends to so many people at chats of their own, and waits until it is over. */
  async function announceTo(count: number, content: Partial<OutboundContent> = {}): Promise<number[]> {
    const ctx = testContext(database.db);
    const municipalityId = (await givenMunicipality(ctx)).id;
    const chats = Array.from({ length: count }, (_, at) => 100 + at);
    api.acquaintances(chats);
    await database.db.execute(sql`
      with people as (
        insert into residents (language, consent_version, consent_at, created_at)
        select 'ky', '1', now(), now() from generate_series(1, ${count}::int) returning id
      )
      insert into addresses (resident_id, channel, account, external_id)
      select id, 'telegram', ${String(api.bot.id)}, (99 + row_number() over (order by id))::text from people`);
    const id = await givenSend(database.db, { municipalityId, text: 'Жыйын', content });
    const totals = async () => (await countDeliveries(database.db, [id])).get(id)?.totals;
    await expect.poll(async () => (await totals())?.sent, { interval: 100 }).toBe(count);
    return chats.map((chat) => api.world.chats.get(chat)?.messages().length ?? 0);
  }

  it.each([
    [30, 100],
    [300, 900],
  ])('go out at %i a second with no call refused', async (perSecond, count) => {
    await start(perSecond);
    expect((await announceTo(count)).every((copies) => copies === 1)).toBe(true);
    expect(api.refusedCount).toBe(0);
    const times = api.admittedMs;
    expect(((times.length - 1) * 1_000) / ((times.at(-1) ?? 0) - (times[0] ?? 0))).toBeGreaterThan(perSecond * 0.1);
    const sends = api.calls.filter(({ method }) => method === 'sendMessage');
    expect(sends.every(({ payload }) => (payload.allow_paid_broadcast === true) === perSecond > 30)).toBe(true);
  });

  it('with several files carry each of them to Telegram once', async () => {
    const file = async (name: string) => {
      await writeFile(join(folder, name), name);
      return { path: join(folder, name), name, mime: 'application/pdf' };
    };
    await start(30);
    const copies = await announceTo(12, { file: await file('план.pdf'), moreFiles: [await file('карта.pdf')] });
    expect(copies.every((count) => count === 2)).toBe(true);
    expect(api.calls.filter(({ uploads }) => uploads > 0)).toHaveLength(2);
    expect(api.refusedCount).toBe(0);
  });
});

describe('notices on Telegram', () => {
  const database = useDatabase();
  let api: BotApi;
  let app: App;

  beforeEach(async () => {
    await truncateAll(database.db);
    api = await startBotApi({ limits: { perSecond: 30, perChatPerSecond: 1 } });
    const env = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root, SIMULATOR: 'off', PORT: '0' };
    const config = readConfig({ ...env, DATA_DIR: database.dataDir }, false);
    app = await createApp({ config, open: database.open, clock: systemClock, log: silentLog });
    await app.start();
  });
  afterEach(async () => {
    await app.stop();
    await api.close();
  });

  const write = (chats: readonly number[]) => writeNotices(database.db, api.bot.id, chats);
  const settled = async () =>
    (await readNotices(database.db)).every(({ status }) => status !== 'pending' && status !== 'sending');
  const told = () => api.calls.filter(({ method }) => method === 'sendMessage');
  const copies = (chat: number) => api.world.chats.get(chat)?.messages().length ?? 0;

  it('go out to each chat once, at the pace that Telegram allows', async () => {
    const chats = Array.from({ length: 40 }, (_, at) => 100 + at);
    api.acquaintances(chats);
    await write(chats);
    await expect.poll(settled, within).toBe(true);
    expect(told().length, 'hardly a call is refused').toBeLessThanOrEqual(chats.length + 3);
    expect(chats.map(copies).every((count) => count === 1)).toBe(true);
  });

  it('come to their end whatever goes wrong with a call', async () => {
    const chats = { fine: 1, blocked: 2, gone: 3, slow: 4, broken: 5, cut: 6, lost: 7, garbled: 8, moved: 9 };
    const people = api.acquaintances(Object.values(chats));
    for (const person of people) {
      if (person.id === chats.blocked) person.chat.closed = 'blocked';
      if (person.id === chats.gone) person.chat.closed = 'deactivated';
      if (person.id === chats.moved) person.chat.closed = { movedTo: -1009 };
    }
    api.group(-1009, 'Мантыш');
    const method = 'sendMessage';
    const throttled = new ApiError(429, 'Too Many Requests: retry after 1', { retry_after: 1 });
    api.fails({ method, chatId: chats.slow, error: throttled });
    api.fails({ method, chatId: chats.broken, error: new ApiError(500, 'Internal Server Error') });
    api.fails({ method, chatId: chats.cut, cut: 'before' });
    api.fails({ method, chatId: chats.lost, cut: 'after' });
    api.fails({ method, chatId: chats.garbled, garbage: '<html>' });
    await write(Object.values(chats));
    await expect.poll(settled, within).toBe(true);
    const rows = await readNotices(database.db);
    expect(rows.map(({ chat, status, possiblyDoubled }) => [chat, status, possiblyDoubled, copies(chat)])).toEqual([
      [chats.fine, 'sent', false, 1],
      [chats.blocked, 'failed', false, 0],
      [chats.gone, 'failed', false, 0],
      [chats.slow, 'sent', false, 1],
      [chats.broken, 'sent', true, 1],
      [chats.cut, 'sent', true, 1],
      [chats.lost, 'sent', true, 2],
      [chats.garbled, 'sent', true, 1],
      [-1009, 'sent', false, 1],
    ]);
  });

  it('wait together when Telegram throttles the whole bot', async () => {
    const chats = Array.from({ length: 12 }, (_, at) => 100 + at);
    api.acquaintances(chats);
    const error = new ApiError(429, 'Too Many Requests: retry after 2', { retry_after: 2 });
    api.fails({ method: 'sendMessage', error, times: 3 });
    await write(chats);
    await expect.poll(settled, within).toBe(true);
    expect(chats.map(copies).every((count) => count === 1)).toBe(true);
    const [lease] = await database.db.select().from(leases);
    expect(lease?.pausedUntil).not.toBeNull();
    const times = told().map(({ atMs }) => atMs);
    const gaps = times.slice(1).map((time, at) => time - (times[at] ?? time));
    expect(Math.max(...gaps)).toBeGreaterThan(1_500);
  });

  it('reach a person again who blocked the bot and came back', async () => {
    const [person] = api.acquaintances([7]);
    await write([7]);
    await person?.hears('Сунушуңуз');
    person?.blocks();
    await expect.poll(() => app.runner.idle().then(() => unreachable()), within).toEqual(['blocked']);
    // the news that the block is over got lost; the person writes
    if (person) person.chat.closed = null;
    person?.sends('Салам');
    await expect.poll(unreachable, within).toEqual([null]);
  });

  async function unreachable() {
    return (await database.db.select({ reason: addresses.unreachableReason }).from(addresses)).map((row) => row.reason);
  }
});
