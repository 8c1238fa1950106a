import { setTimeout as delay } from 'node:timers/promises';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAnnouncement } from '../../src/announcements/create-announcement.ts';
import { callOffHearing, moveHearing } from '../../src/announcements/move-hearing.ts';
import { releaseAnnouncement } from '../../src/announcements/release-announcement.ts';
import { reportAnnouncement } from '../../src/announcements/report.ts';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { type Clock, systemClock } from '../../src/core/clock.ts';
import type { Context } from '../../src/core/context.ts';
import { LOCALES } from '../../src/core/texts.ts';
import { createHearing } from '../../src/hearings/create-hearing.ts';
import { loadPlaces } from '../../src/places/places.ts';
import { residents } from '../../src/residents/tables.ts';
import { type BotApi, startBotApi } from '../support/bot-api/bot-api.ts';
import { testContext, useDatabase } from '../support/database.ts';
import { givenResident } from '../support/given.ts';
import { silentLog } from '../support/log.ts';
import { TestClock } from '../support/talk.ts';

/** In full the minutes pass as they do; else the program is told that they have passed. */
const REAL = process.env.SOAK === 'full';
const MINUTE_MS = 60_000;
/** How each message begins, in ky, ru and en. */
const SAID = [
  [/^КООМДУК УГУУ$/, /^(Бүгүн|Эртең)/, /^Көңүл буруңуз/, /^(Бүгүн|Эртең)/, /күнкү коомдук угуу болбойт/],
  [/^ОБЩЕСТВЕННЫЕ СЛУШАНИЯ$/, /^(Сегодня|Завтра)/, /^Внимание/, /^(Сегодня|Завтра)/, /^Слушания .* не состоятся/],
  [/^PUBLIC HEARING$/, /^The hearing (starts|is)/, /^Please note/, /^The hearing (starts|is)/, /will not take place/],
] as const;
const within = { timeout: 60_000, interval: 50 };

describe('a hearing three minutes ahead', () => {
  const database = useDatabase();
  let api: BotApi;
  let app: App;
  let clock: Clock;
  let operator: Context;

  const start = async () => {
    const telegram = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root };
    const config = readConfig({ ...telegram, DATA_DIR: database.dataDir, SIMULATOR: 'off', PORT: '0' }, false);
    app = await createApp({ config, open: database.open, clock, log: silentLog });
    await app.start();
  };
  beforeEach(async () => {
    clock = REAL ? systemClock : new TestClock('2027-04-20T10:00:00+06:00');
    api = await startBotApi();
    operator = testContext(database.db, { clock, actor: { type: 'operator', name: 'root' } });
    await start();
  });
  afterEach(async () => {
    await app.stop();
    await api.close();
  });

  /** Until so many minutes after `begin`. */
  const until = async (begin: Date, minutes: number) => {
    const ms = begin.getTime() + minutes * MINUTE_MS - clock.now().getTime();
    if (clock instanceof TestClock) clock.pass(ms);
    else await delay(Math.max(0, ms));
  };
  const heard = (chat: number) => (api.world.chats.get(chat)?.messages() ?? []).map(({ text }) => text);
  const firstLines = (chat: number) => heard(chat).map((text) => text.split('\n')[0]);

  it('is announced, recalled, moved and called off in two villages and three languages, each once', {
    timeout: 12 * MINUTE_MS,
  }, async () => {
    const begin = clock.now();
    const chats = await people(['mantysh', 'ortok', 'ak-talaa']);
    const invited = chats.slice(0, 6);
    const hearing = await plan(new Date(begin.getTime() + 3 * MINUTE_MS));
    const id = await announced(hearing.id, ['mantysh', 'ortok'], ['now', '2m', '1m']);
    const all = async (count: number) => {
      await expect.poll(() => invited.map((chat) => heard(chat).length), within).toEqual(invited.map(() => count));
    };
    await all(1);
    await until(begin, 1);
    await all(2);
    await moveHearing(operator, {
      hearingId: hearing.id,
      changes: { startsAt: new Date(begin.getTime() + 6 * MINUTE_MS) },
    });
    await all(3);
    await until(begin, 4);
    await all(4);
    await callOffHearing(operator, { hearingId: hearing.id, reason: 'Жол жабык' });
    await all(5);
    await until(begin, 7);
    await expect.poll(async () => (await reportAnnouncement(database.db, id)).state, within).toBe('done');
    await delay(2_500); // the sweeper looks every second
    for (const [at, expected] of SAID.entries()) {
      expect(firstLines(invited[at] ?? 0)).toEqual(expected.map((beginning) => expect.stringMatching(beginning)));
    }
    expect(invited.map((chat) => heard(chat).length)).toEqual(invited.map(() => 5));
    expect(chats.slice(6).flatMap(heard)).toEqual([]);
    const { state, totals, sends } = await reportAnnouncement(database.db, id);
    expect({ state, sent: totals.sent, pending: totals.pending }).toEqual({ state: 'done', sent: 30, pending: 0 });
    expect(sends.map((send) => `${send.rung} ${send.state}`)).toEqual([
      ...['now done', '2m done', 'moved done', '1m canceled', '2m done', 'canceled done', '1m canceled'],
    ]);
  });

  it('sends nothing late where the program was started after it', { timeout: 6 * MINUTE_MS }, async () => {
    const begin = clock.now();
    const chats = await people(['kara-moinok']);
    await app.stop();
    const hearing = await plan(new Date(begin.getTime() + 3 * MINUTE_MS));
    const id = await announced(hearing.id, ['kara-moinok'], ['now', '2m', '1m']);
    await until(begin, 3);
    await start();
    await expect.poll(async () => (await reportAnnouncement(database.db, id)).state, within).toBe('done');
    const { sends } = await reportAnnouncement(database.db, id);
    expect(sends.map(({ rung, state }) => `${rung} ${state}`)).toEqual(['now stale', '2m stale', '1m stale']);
    expect(chats.flatMap(heard)).toEqual([]);
  });

  let last = 20_000;
  /** Three of each village, one in each language. */
  async function people(villages: readonly string[]): Promise<number[]> {
    const chats: number[] = [];
    for (const villageId of villages) {
      for (const language of LOCALES) {
        last += 1;
        const address = { channel: 'telegram', account: String(api.bot.id), id: String(last) } as const;
        const { id } = await givenResident(operator, { address, villageId });
        await database.db.update(residents).set({ language }).where(eq(residents.id, id));
        chats.push(last);
      }
    }
    api.acquaintances(chats);
    return chats;
  }

  async function plan(startsAt: Date) {
    const municipalityId = (await loadPlaces(database.db)).municipalityByCode('KS')?.id ?? 0;
    return createHearing(operator, {
      ...{ municipalityId, kind: 'budget_draft', startsAt, villageId: 'mantysh', building: 'Клуб' },
      topic: { ky: 'Бюджет', ru: 'Бюджет', en: 'Budget' },
    });
  }

  async function announced(hearingId: number, villages: string[], ladder: string[]): Promise<number> {
    const municipalityId = (await loadPlaces(database.db)).municipalityByCode('KS')?.id ?? 0;
    const input = { municipalityId, kind: 'hearing' as const, hearingId, audience: { villages }, ladder };
    const { id } = await createAnnouncement(operator, input);
    await releaseAnnouncement(operator, { announcementId: id, mediaDir: '/none' });
    return id;
  }
});
