import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiError } from '../support/bot-api/api-error.ts';
import { type BotApi, startBotApi } from '../support/bot-api/bot-api.ts';
import { BotProcess } from '../support/bot-process.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { walkProposal } from '../support/walk.ts';

const WRONG_TOKEN = `987654321:${'x'.repeat(35)}`;
const PHONES = ['+996700112233', '996700112234', '0700 11-22-35'];
const WARNING = 40; // pino

describe('the log of a start', { timeout: 300_000 }, () => {
  let api: BotApi;
  let database: FreshDatabase;
  let bot: BotProcess;

  beforeEach(async () => {
    api = await startBotApi();
    database = await freshDatabase();
  });
  afterEach(async () => {
    await bot.kill();
    await api.close();
    await database.drop();
  });

  async function start(env: NodeJS.ProcessEnv): Promise<void> {
    bot = new BotProcess({ ...database.env, TELEGRAM_API_ROOT: api.root, ...env });
    await bot.start();
  }

  function warnings(): string[] {
    const lines: { level: number; msg: string }[] = bot.errors
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line));
    return lines.filter(({ level }) => level >= WARNING).map(({ msg }) => msg);
  }

  it('says in one sentence that Telegram refuses the token, and the rest runs on', async () => {
    await start({ TELEGRAM_BOT_TOKEN: WRONG_TOKEN });
    await expect.poll(warnings).not.toEqual([]);
    expect(await (await fetch(`${bot.url}/healthz`)).json()).toEqual({ status: 'ok' });
    const ready = await fetch(`${bot.url}/readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({ channels: { telegram: { state: 'wrong-token' } } });
    expect((await fetch(`${bot.url}/simulator`)).status).toBe(404);
    expect(await bot.stop()).toBe(0);
    expect(warnings()).toEqual([expect.stringMatching(/^Telegram refuses the token: check TELEGRAM_BOT_TOKEN\./)]);
    expect(bot.errors).not.toContain('x'.repeat(35));
  });

  it('tells no token, no phone number and nothing that a resident said, whatever goes wrong', async () => {
    await start({ TELEGRAM_BOT_TOKEN: api.token, LOG_LEVEL: 'trace' });
    const text = `Мантышта көпүрө бузулган, чалыңыз: ${PHONES.join(', ')}`;
    const aigul = api.user(501, { first_name: 'Айгүлкан' });
    await walkProposal(aigul, text, async (step) => {
      if (step === 'consent') api.fails({ method: 'sendMessage', cut: 'before' });
      if (step === 'card')
        api.fails({ method: 'sendMessage', error: new ApiError(502, `Bad Gateway of ${api.token}`) });
      if (step === 'sex') api.fails({ method: 'getUpdates', garbage: `<h1>${api.token}</h1>` });
    });
    aigul.sendsContact(PHONES[0] ?? '', 501);
    aigul.sendsContact(PHONES[1] ?? '', 502);
    await aigul.hears(/[\s\S]/);
    api.fails({ method: 'sendMessage', error: new ApiError(400, `Bad Request: ${PHONES[0]} of ${api.token}`) });
    aigul.sends('менин сунуштарым');
    await expect.poll(warnings).toContain('a reply was given up');
    expect(await bot.stop()).toBe(0);
    for (const secret of [api.token, ...PHONES, 'көпүрө бузулган', 'Айгүлкан']) {
      expect.soft(bot.errors).not.toContain(secret);
    }
  });
});
