import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reportAnnouncement } from '../../src/announcements/report.ts';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { loadPlaces } from '../../src/places/places.ts';
import { addresses } from '../../src/residents/tables.ts';
import { announce, readBulk, writeResidents } from '../support/audience.ts';
import { ApiError } from '../support/bot-api/api-error.ts';
import { type BotApi, startBotApi } from '../support/bot-api/bot-api.ts';
import { testContext, truncateAll, useDatabase } from '../support/database.ts';
import { givenStaff } from '../support/given.ts';
import { silentLog } from '../support/log.ts';

const RECIPIENTS = 200;
const [GROUP, MOVED] = [-77, -10_077];
const within = { timeout: 240_000, interval: 50 };

describe('an announcement on a bad day of Telegram', () => {
  const database = useDatabase();
  let api: BotApi;
  let app: App;
  beforeEach(async () => {
    await truncateAll(database.db);
    api = await startBotApi();
    const telegram = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root, TELEGRAM_BULK_PER_SECOND: '200' };
    const config = readConfig({ ...telegram, DATA_DIR: database.dataDir, SIMULATOR: 'off', PORT: '0' }, false);
    app = await createApp({ config, open: database.open, clock: systemClock, log: silentLog });
    await app.start();
  });
  afterEach(async () => {
    await app.stop();
    await api.close();
  });

  it('brings every delivery to an end, with a reason where it did not arrive', { timeout: 300_000 }, async () => {
    const chats = Array.from({ length: RECIPIENTS }, (_, at) => 10_000 + at);
    const people = api.acquaintances(chats);
    const every = (n: number, rest: number) => chats.filter((_, at) => at % n === rest);
    const [broken, cut, lost, blocked] = [every(10, 0), every(20, 1), every(20, 11), every(20, 2)];
    const method = 'sendMessage';
    for (const chatId of broken) api.fails({ method, chatId, error: new ApiError(500, 'Internal Server Error') });
    for (const chatId of cut) api.fails({ method, chatId, cut: 'before' });
    for (const chatId of lost) api.fails({ method, chatId, cut: 'after' });
    for (const person of people) if (blocked.includes(person.id)) person.chat.closed = 'blocked';
    const storm = new ApiError(429, 'Too Many Requests: retry after 1', { retry_after: 1 });
    api.fails({ method, error: storm, times: 5, afterCalls: 60 });
    api.group(GROUP, 'Орток').closed = { movedTo: MOVED };
    api.group(MOVED, 'Орток');
    await writeResidents(database.db, api.bot.id, chats);
    await link('ortok', GROUP);
    const id = await announce(database.db, 'Эртең жыйын', { groups: [`telegram:${GROUP}`] });
    await expect.poll(async () => (await reportAnnouncement(database.db, id)).state, within).toBe('done');
    const rows = await readBulk(database.db);
    const failed = rows.filter(({ status }) => status !== 'sent');
    expect(failed.map(({ chat }) => Number(chat))).toEqual(blocked);
    expect(new Set(failed.map(({ status, reason }) => `${status} ${reason}`))).toEqual(new Set(['failed blocked']));
    expect(rows.filter(({ status }) => status === 'sent')).toHaveLength(RECIPIENTS + 1 - blocked.length);
    expect(api.world.chats.get(MOVED)?.messages()).toHaveLength(1);
    const twice = chats.filter((chat) => (api.world.chats.get(chat)?.messages().length ?? 0) > 1);
    expect(twice).toEqual(lost);
    const unsure = rows.filter((row) => row.possibly_doubled).map(({ chat }) => Number(chat));
    expect(twice.filter((chat) => !unsure.includes(chat))).toEqual([]);
    expect(unsure.every((chat) => [...broken, ...cut, ...lost].includes(chat))).toBe(true);
    const { totals, sends } = await reportAnnouncement(database.db, id);
    expect(totals).toMatchObject({ pending: 0, sending: 0, failed: blocked.length, possiblyDoubled: unsure.length });
    expect(sends[0]?.reasons).toEqual({ blocked: blocked.length });
    const marked = await database.db.$count(addresses, sql`unreachable_reason = 'blocked'`);
    expect(marked).toBe(blocked.length);
  });

  it('tells the office of a linked group that takes nothing, and goes to its people', {
    timeout: 300_000,
  }, async () => {
    const [officer, resident] = api.acquaintances([10_000, 10_001]);
    const places = await loadPlaces(database.db);
    const ctx = testContext(database.db, { clock: systemClock });
    await givenStaff(ctx, places.municipalityByCode('KS') ?? { id: 0 }, 'officer', {
      ...{ channel: 'telegram', account: String(api.bot.id), id: '10000' },
    });
    await writeResidents(database.db, api.bot.id, [10_001]);
    const { id: villageId = '' } = places.municipalityByCode('KS')?.villages[0] ?? {};
    await link(villageId, GROUP);
    api.group(GROUP, 'Орток').closed = 'kicked';
    await announce(database.db, 'Эртең жыйын', { groups: [`telegram:${GROUP}`] });
    await expect.poll(() => resident?.chat.messages().length, within).toBe(1);
    const told = () => officer?.chat.messages().filter(({ text }) => text.includes('Орток'));
    await expect.poll(told, within).toHaveLength(1);
  });

  async function link(villageId: string, chat: number): Promise<void> {
    const village = (await loadPlaces(database.db)).village(villageId);
    await database.db.insert(addresses).values({
      ...{ channel: 'telegram', account: String(api.bot.id), externalId: String(chat) },
      ...{ groupVillageId: village?.id ?? '', groupTitle: 'Орток', linkedBy: 'operator:test', linkedAt: new Date() },
    });
  }
});
