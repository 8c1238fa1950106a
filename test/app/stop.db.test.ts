import { describe, expect, it } from 'vitest';
import { useRunningBot } from '../support/running-bot.ts';
import { needs, toldProposals } from '../support/stored.ts';
import { walkProposal } from '../support/walk.ts';

const STOP_WITHIN_MS = 20_000; // no longer than what still waits
const STALL_MS = 60_000;
const RESIDENTS = 3;
const within = { timeout: 60_000 };

describe('a start that is told to stop', { timeout: 180_000 }, () => {
  const running = useRunningBot();

  it('ends in time while Telegram stalls, and the next start loses and doubles nothing', async () => {
    const { api, bot } = running;
    const texts = needs(RESIDENTS);
    let atCard = 0;
    let callsBefore = Number.POSITIVE_INFINITY;
    const stalled = () => api.calls.slice(callsBefore).filter(({ method }) => method === 'sendMessage').length;
    const walks = texts.map((text, at) =>
      walkProposal(api.user(2000 + at), text, async (step) => {
        if (step !== 'card') return;
        atCard++;
        await expect.poll(() => atCard, within).toBe(RESIDENTS);
        if (callsBefore < Number.POSITIVE_INFINITY) return;
        // all tap "send" now; the receipts arrive, but Telegram does not get round to saying so
        callsBefore = api.calls.length;
        api.fails({ method: 'sendMessage', stallMs: STALL_MS, times: RESIDENTS });
        api.fails({ method: 'answerCallbackQuery', stallMs: STALL_MS, times: RESIDENTS });
      }),
    );
    const numbers = Promise.all(walks);
    await expect.poll(stalled, within).toBe(RESIDENTS);
    const startedAt = performance.now();
    expect(await bot.stop()).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(STOP_WITHIN_MS);
    api.heals();
    await bot.start();
    const told = await numbers;
    expect(await bot.stop()).toBe(0);
    expect(await running.stored()).toEqual(toldProposals(texts, told));
  });
});
