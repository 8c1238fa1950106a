import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { reportAnnouncement } from '../../src/announcements/report.ts';
import { announce, readBulk, writeResidents } from '../support/audience.ts';
import type { BotApi } from '../support/bot-api/bot-api.ts';
import { useRunningBot } from '../support/running-bot.ts';

const FULL = process.env.SOAK === 'full';
const RECIPIENTS = FULL ? 2_000 : 120;
const KILLS = FULL ? 20 : 2;

describe('kill -9 in a broadcast', () => {
  const running = useRunningBot({ latencyMs: 50 });

  it('reaches everybody once, but for those in flight, which it names', { timeout: 1_800_000 }, async () => {
    const { api, bot } = running;
    const second = await running.another();
    const chats = Array.from({ length: RECIPIENTS }, (_, at) => 10_000 + at);
    api.acquaintances(chats);
    const id = await running.asCommand(async ({ db }) => {
      await writeResidents(db, api.bot.id, chats);
      return announce(db, 'Эртең жыйын');
    });
    const processes = [bot, ...(second === null ? [] : [second])];
    for (let kill = 0; kill < KILLS; kill++) {
      await until(() => told(api) >= (RECIPIENTS * (kill + 1)) / (KILLS + 2));
      const victim = processes[kill % processes.length];
      await victim?.kill();
      await victim?.start();
    }
    await until(() => chats.every((chat) => heard(api, chat) > 0));
    await running.asCommand(async ({ db }) => {
      while ((await reportAnnouncement(db, id)).state !== 'done') await delay(100);
    });
    for (const one of processes) expect(await one.stop()).toBe(0);
    const { rows, report } = await running.asCommand(async ({ db }) => ({
      rows: await readBulk(db),
      report: await reportAnnouncement(db, id),
    }));
    expect(rows.map(({ chat }) => Number(chat))).toEqual(chats);
    expect(rows.every(({ status }) => status === 'sent')).toBe(true);
    const twice = chats.filter((chat) => heard(api, chat) > 1);
    const unsure = rows.filter((row) => row.possibly_doubled).map(({ chat }) => Number(chat));
    expect(twice.filter((chat) => !unsure.includes(chat))).toEqual([]);
    expect(Math.max(...chats.map((chat) => heard(api, chat)))).toBeLessThanOrEqual(1 + KILLS);
    // what was in flight is what the pace had put on the wire within an answer's time
    expect(unsure.length).toBeLessThanOrEqual(FULL ? KILLS * 10 : RECIPIENTS / 2);
    expect(report).toMatchObject({
      state: 'done',
      totals: { sent: RECIPIENTS, pending: 0, sending: 0, failed: 0, possiblyDoubled: unsure.length },
    });
    expect(report.sends).toHaveLength(1);
    if (FULL)
      console.log(`${RECIPIENTS} recipients, ${KILLS} kills: ${twice.length} twice, ${unsure.length} possibly doubled`);
  });
});

function heard(api: BotApi, chat: number): number {
  return api.world.chats.get(chat)?.messages().length ?? 0;
}

function told(api: BotApi): number {
  return api.calls.filter(({ method }) => method === 'sendMessage').length;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(5);
}
