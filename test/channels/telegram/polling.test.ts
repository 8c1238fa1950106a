import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { poll } from '../../../src/channels/telegram/polling.ts';
import { ApiError, tooManyRequests } from '../../support/bot-api/api-error.ts';
import { eventually } from '../eventually.ts';
import { type TelegramStage, telegramStage } from './stage.ts';

describe(poll.name, () => {
  let stage: TelegramStage;
  beforeEach(async () => {
    stage = await telegramStage();
  });
  afterEach(() => stage.close());

  const state = () => stage.channel.state;
  const receiving = () => eventually(state).toBe('receiving');

  /** Another program with the same token. */
  async function pollsElsewhere(): Promise<void> {
    await fetch(`${stage.api.root}/bot${stage.api.token}/getUpdates?timeout=0`).then((response) =>
      response.arrayBuffer(),
    );
  }

  /** The other one may come between two of our polls, and be noticed only when it comes again. */
  async function inConflict(): Promise<void> {
    await eventually(async () => {
      await pollsElsewhere();
      return state();
    }).toBe('conflict');
  }

  it('confirms a batch only after it is stored', async () => {
    let stored = () => {};
    const storing = new Promise<void>((resolve) => {
      stored = resolve;
    });
    const seen: string[] = [];
    await stage.channel.start(async (events) => {
      seen.push(...events.map((event) => event.eventId));
      await storing;
    });
    stage.api.user(1).sends('Суу жок');
    await eventually(() => seen.length).toBe(1);
    expect(stage.api.updates.pendingCount).toBe(1);
    stored();
    await eventually(() => stage.api.updates.pendingCount).toBe(0);
    expect(seen).toHaveLength(1);
  });

  it('leaves a batch with Telegram when the program dies before storing it', async () => {
    await stage.channel.start(() => new Promise(() => {}));
    stage.api.user(1).sends('Суу жок');
    await eventually(() => stage.api.updates.handedOut.size).toBe(1);
    const next = await telegramStage({ apiRoot: stage.api.root });
    try {
      await next.start();
      await eventually(next.texts).toEqual(['Суу жок']);
    } finally {
      await next.close();
      // The first one is stuck for ever in its batch, as a dead process is.
      await stage.api.close();
      stage = await telegramStage();
    }
  });

  it('says once that a batch could not be stored, and when it works again', async () => {
    let broken = true;
    const stored: string[] = [];
    await stage.channel.start(async (events) => {
      if (broken) throw new Error('the database is away');
      stored.push(...events.map((event) => event.eventId));
    });
    stage.api.user(1).sends('бир');
    stage.api.user(1).sends('эки');
    await eventually(() => stage.api.updates.handedOut.get(1000) ?? 0).toBeGreaterThan(2);
    expect(stage.troubles).toEqual(['not-stored']);
    broken = false;
    await eventually(() => stored).toEqual(['1000', '1001']);
    await receiving();
    expect(stage.logged.filter((line) => line.includes('could not be stored'))).toHaveLength(1);
  });

  it('goes past updates that hold nothing for us', async () => {
    await stage.start();
    stage.api.updates.push({ update_id: 1500, channel_post: { message_id: 1, chat: { id: -5, type: 'channel' } } }, -5);
    await eventually(() => stage.api.updates.pendingCount).toBe(0);
    expect(stage.inbox).toEqual([]);
  });

  it('hands over more than one batch of messages in their order', async () => {
    const texts = Array.from({ length: 250 }, (_, index) => `${index}`);
    for (const text of texts) stage.api.user(1).sends(text);
    await stage.start();
    await eventually(stage.texts).toEqual(texts);
  });

  it('says a wrong token in one sentence and asks no more', async () => {
    const wrong = await telegramStage({ apiRoot: stage.api.root, token: `999999999:${'B'.repeat(35)}` });
    try {
      await wrong.start();
      await eventually(() => wrong.channel.state).toBe('wrong-token');
      for (let call = 0; call < 20; call += 1) await pollsElsewhere();
      expect(stage.api.strangerCount).toBe(1);
      await wrong.channel.stop();
      expect(wrong.troubles).toEqual(['wrong-token']);
      expect(wrong.logged).toHaveLength(1);
      expect(wrong.logged[0]).toContain('check TELEGRAM_BOT_TOKEN');
      expect(wrong.logged[0]).not.toContain('BBBB');
    } finally {
      await wrong.close();
    }
  });

  it('says a foreign poller in one sentence and goes on after it', async () => {
    await stage.start();
    await receiving();
    await eventually(() => stage.api.updates.polled).toBe(true);
    await inConflict();
    stage.api.user(1).sends('Суу жок');
    await eventually(stage.texts).toEqual(['Суу жок']);
    expect(stage.troubles).toEqual(['conflict']);
    expect(stage.logged.some((line) => line.includes('receives again'))).toBe(true);
  });

  it('says a foreign poller that takes turns with it only once', async () => {
    await stage.start();
    await receiving();
    for (let turn = 0; turn < 3; turn += 1) {
      await eventually(() => stage.api.updates.polled).toBe(true);
      await inConflict();
      stage.api.user(1).sends(`${turn}`);
      await receiving();
    }
    expect(stage.troubles).toEqual(['conflict']);
    expect(stage.logged.filter((line) => line.includes('Another program'))).toHaveLength(1);
  });

  it('takes away a webhook that somebody set, and keeps what waited for it', async () => {
    stage.api.updates.setWebhook({ url: 'https://example.invalid/hook' });
    stage.api.user(1).sends('Суу жок');
    await stage.start();
    await eventually(stage.texts).toEqual(['Суу жок']);
    stage.api.updates.setWebhook({ url: 'https://example.invalid/hook' });
    stage.api.user(1).sends('Жол');
    await eventually(stage.texts).toEqual(['Суу жок', 'Жол']);
  });

  it.each([
    ['an error of the server', { error: new ApiError(502, 'Bad Gateway') }],
    ['an answer that is not JSON', { garbage: '<html>502</html>' }],
    ['a cut connection', { cut: 'before' as const }],
    ['an answer cut off', { cut: 'after' as const }],
  ])('goes on after %s', async (_, fault) => {
    await stage.start();
    await receiving();
    stage.api.fails({ method: 'getUpdates', times: 3, ...fault });
    await pollsElsewhere().catch(() => {});
    stage.api.user(1).sends('Суу жок');
    await eventually(stage.texts).toContain('Суу жок');
    expect(new Set(stage.inbox.map((event) => event.eventId)).size).toBe(1);
  });

  it('waits as long as Telegram says', async () => {
    stage.api.fails({ method: 'getUpdates', error: tooManyRequests(1) });
    stage.api.user(1).sends('Суу жок');
    const startedAt = performance.now();
    await stage.start();
    await eventually(state).toBe('throttled');
    await eventually(stage.texts).toEqual(['Суу жок']);
    expect(performance.now() - startedAt).toBeGreaterThan(950);
  });

  it('begins when the server comes back, with no word to the caller of start', async () => {
    stage.api.fails({ times: 4, cut: 'before' });
    await stage.start();
    await eventually(state).toBe('unreachable');
    await receiving();
    expect(stage.troubles).toEqual(['unreachable']);
  });

  it('stops at once in the middle of a long poll and loses nothing', async () => {
    await stage.start();
    await receiving();
    await eventually(() => stage.api.updates.polled).toBe(true);
    const startedAt = performance.now();
    await stage.channel.stop();
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    stage.api.user(1).sends('Суу жок');
    await stage.start();
    await eventually(stage.texts).toEqual(['Суу жок']);
  });

  it('waits for the batch that is being stored before it has stopped', async () => {
    const order: string[] = [];
    let stored = () => {};
    await stage.channel.start(async () => {
      await new Promise<void>((resolve) => {
        stored = resolve;
        order.push('storing');
      });
      order.push('stored');
    });
    stage.api.user(1).sends('Суу жок');
    await eventually(() => order).toEqual(['storing']);
    const stopped = stage.channel.stop().then(() => order.push('stopped'));
    stored();
    await stopped;
    expect(order).toEqual(['storing', 'stored', 'stopped']);
  });

  it('stops the clock on a button at once, also when that fails', async () => {
    const person = stage.api.user(1);
    person.sends('салам');
    await stage.start();
    await eventually(() => stage.inbox.length).toBe(1);
    const click = person.tapsData('a:b:c', 1);
    await eventually(() => stage.api.world.openClicks.has(click)).toBe(false);
    stage.api.fails({ method: 'answerCallbackQuery', error: new ApiError(400, 'Bad Request: query is too old') });
    person.tapsData('a:b:d', 1);
    await eventually(() => stage.inbox.length).toBe(3);
    expect(stage.troubles).toEqual([]);
  });
});
