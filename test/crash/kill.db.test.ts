import { setTimeout as delay } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { useRunningBot } from '../support/running-bot.ts';
import { needs, numbersUpTo, toldProposals } from '../support/stored.ts';
import { steps, walkProposal } from '../support/walk.ts';

const RESIDENTS = 30;
const KILLS = process.env.SOAK === 'full' ? 5 : 2;

describe('kill -9', () => {
  const running = useRunningBot();

  it('in the middle of thirty conversations loses and doubles nothing', { timeout: 900_000 }, async () => {
    const { api, bot } = running;
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
    expect(await bot.stop()).toBe(0);
    expect([...numbers].sort()).toEqual(numbersUpTo(RESIDENTS));
    expect(await running.stored()).toEqual(toldProposals(texts, numbers));
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

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await delay(5);
}
