import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { createAnnouncement } from '../../src/announcements/create-announcement.ts';
import { releaseAnnouncement } from '../../src/announcements/release-announcement.ts';
import { reportAnnouncement } from '../../src/announcements/report.ts';
import { systemClock } from '../../src/core/clock.ts';
import type { Database } from '../../src/core/context.ts';
import { createHearing } from '../../src/hearings/create-hearing.ts';
import { loadPlaces } from '../../src/places/places.ts';
import { announce, readBulk, writeResidents } from '../support/audience.ts';
import type { BotApi } from '../support/bot-api/bot-api.ts';
import { BotProcess } from '../support/bot-process.ts';
import { databaseKind, testContext } from '../support/database.ts';
import { useRunningBot } from '../support/running-bot.ts';

const RECIPIENTS = 150;
const HOUR_MS = 3_600_000;
const clockOff = fileURLToPath(new URL('../support/clock-ahead.mjs', import.meta.url));

/** The embedded database has one process. */
describe.runIf(databaseKind() === 'postgres')('two processes', () => {
  const running = useRunningBot({ latencyMs: 20 });
  const chats = Array.from({ length: RECIPIENTS }, (_, at) => 10_000 + at);

  it('of which one is stopped beyond its lease and wakes up send everything once', { timeout: 300_000 }, async () => {
    const { api, bot } = running;
    await running.another();
    api.acquaintances(chats);
    const id = await running.asCommand(async ({ db }) => {
      await writeResidents(db, api.bot.id, chats);
      return announce(db, 'Эртең жыйын');
    });
    await until(() => told(api) >= 30);
    process.kill(bot.pid, 'SIGSTOP');
    await running.asCommand(async ({ db }) => {
      while ((await reportAnnouncement(db, id)).state !== 'done') await delay(50);
    });
    const before = told(api);
    process.kill(bot.pid, 'SIGCONT');
    await delay(2_000);
    expect(told(api)).toBe(before);
    const rows = await running.asCommand(({ db }) => readBulk(db));
    const unsure = rows.filter((row) => row.possibly_doubled).map(({ chat }) => Number(chat));
    expect(chats.filter((chat) => heard(api, chat) > 1 && !unsure.includes(chat))).toEqual([]);
    expect(rows.map(({ status }) => status)).toEqual(chats.map(() => 'sent'));
  });

  it.each([
    ['ahead', HOUR_MS],
    ['behind', -HOUR_MS],
  ])(
    'of which one has its clock an hour %s take no lease early and send no reminder at a wrong time',
    { timeout: 300_000 },
    async (_, offMs) => {
      const { api, bot } = running;
      const env = { NODE_OPTIONS: `--import=${clockOff}`, CLOCK_OFF_MS: String(offMs) };
      const off = new BotProcess({ ...running.env, ...env });
      api.acquaintances(chats);
      const id = await running.asCommand(async ({ db }) => {
        await writeResidents(db, api.bot.id, chats);
        return hearingAt(db, new Date(Date.now() + 1.5 * HOUR_MS), ['now', '1h']);
      });
      await off.start();
      try {
        await until(() => chats.every((chat) => heard(api, chat) > 0));
        await delay(8_000); // longer than a lease
        const [lease] = await running.asCommand(({ sql }) => sql`select epoch::int from leases`);
        expect(lease?.epoch).toBe(1);
        const { sends } = await running.asCommand(({ db }) => reportAnnouncement(db, id));
        expect(sends.map(({ rung, state }) => `${rung} ${state}`)).toEqual(['now done', '1h planned']);
        expect(bot.pid).toBeGreaterThan(0);
      } finally {
        await off.kill();
      }
    },
  );
});

async function hearingAt(db: Database, startsAt: Date, ladder: string[]): Promise<number> {
  const ctx = testContext(db, { actor: { type: 'operator', name: 'test' }, clock: systemClock });
  const municipality = (await loadPlaces(db)).municipalityByCode('KS');
  if (municipality === null) throw new Error('Kara-Suu is not there');
  const [village] = municipality.villages;
  const hearing = await createHearing(ctx, {
    municipalityId: municipality.id,
    kind: 'jap',
    topic: { ky: 'План' },
    startsAt,
    villageId: village?.id ?? '',
    building: 'Клуб',
  });
  const { id } = await createAnnouncement(ctx, {
    municipalityId: municipality.id,
    kind: 'hearing',
    hearingId: hearing.id,
    ladder: [...ladder],
  });
  await releaseAnnouncement(ctx, { announcementId: id, mediaDir: '/none' });
  return id;
}

function heard(api: BotApi, chat: number): number {
  return api.world.chats.get(chat)?.messages().length ?? 0;
}

function told(api: BotApi): number {
  return api.calls.filter(({ method }) => method === 'sendMessage').length;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(5);
}
