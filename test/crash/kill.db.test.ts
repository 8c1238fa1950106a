import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { BotApi } from '../support/bot-api/bot-api.ts';
import { readNotices, writeNotices } from '../support/notices.ts';
import { useRunningBot } from '../support/running-bot.ts';
import { needs, numbersUpTo, toldProposals } from '../support/stored.ts';
import { steps, walkProposal } from '../support/walk.ts';

const RESIDENTS = 30;
const KILLS = process.env.SOAK === 'full' ? 5 : 2;
/** At 27 a second they go out while the program is killed. */
const NOTICES = process.env.SOAK === 'full' ? 600 : 90;
/** Chats whose answer is under way when the program is killed. */
const SLOW = 5;

describe('kill -9', () => {
  const running = useRunningBot();

  it('in the middle of thirty conversations loses and doubles nothing, and says which notices may be doubled', {
    timeout: 900_000,
  }, async () => {
    const { api, bot } = running;
    const second = await running.another();
    const chats = Array.from({ length: NOTICES }, (_, at) => 2000 + at);
    const noticed = api.acquaintances(chats);
    const slow = chats.slice(0, SLOW);
    for (const chatId of slow) api.fails({ method: 'sendMessage', chatId, stallMs: 300_000 });
    await running.asCommand(({ db }) => writeNotices(db, api.bot.id, chats));
    await until(() => heard(api, slow).every((count) => count === 1));
    const texts = needs(RESIDENTS);
    let answered = 0;
    const walks = texts.map((text, at) =>
      walkProposal(api.user(1000 + at), text, async () => {
        answered++;
        await delay((at * 37) % 200); // people do not answer in step
      }),
    );
    const done = Promise.all(walks);
    const answers = RESIDENTS * steps.length;
    for (let kill = 1; kill <= KILLS; kill++) {
      await Promise.race([until(() => answered >= (answers * kill) / (KILLS + 1)), done]);
      await bot.kill();
      await bot.start();
    }
    const numbers = await done;
    await until(() => heard(api, chats).every((count) => count > 0));
    await running.asCommand(async ({ db }) => {
      while ((await readNotices(db)).some(({ status }) => status !== 'sent')) await delay(50);
    });
    await second?.stop();
    expect(await bot.stop()).toBe(0);
    expect([...numbers].sort()).toEqual(numbersUpTo(RESIDENTS));
    expect(await running.stored()).toEqual(toldProposals(texts, numbers));
    const rows = await running.asCommand(({ db }) => readNotices(db));
    expect(rows.map(({ chat }) => chat)).toEqual(chats);
    for (const { chat, possiblyDoubled } of rows) {
      const count = heard(api, [chat])[0] ?? 0;
      expect(count, `chat ${chat}, possibly doubled: ${possiblyDoubled}`).toBeLessThanOrEqual(possiblyDoubled ? 2 : 1);
    }
    expect(rows.filter(({ chat }) => slow.includes(chat)).every(({ possiblyDoubled }) => possiblyDoubled)).toBe(true);
    expect(noticed).toHaveLength(NOTICES);
  });

  it('at every question lets a resident go on where they were', { timeout: 600_000 }, async () => {
    const { api, bot } = running;
    const text = 'Ортокто клубдун чатыры тамчылайт';
    const number = await walkProposal(api.user(77), text, async () => {
      await bot.kill();
      await bot.start();
    });
    await bot.stop();
    expect(await running.stored()).toEqual([{ number, text }]);
  });
});

/** How many messages each of these chats has. */
function heard(api: BotApi, chats: readonly number[]): number[] {
  return chats.map((chat) => api.world.chats.get(chat)?.messages().length ?? 0);
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(5);
}
