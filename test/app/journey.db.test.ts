import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { sql } from 'drizzle-orm';
import type EmulatorModule from 'telegram-test-api';
import { afterEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { ApiError } from '../support/bot-api/api-error.ts';
import { type BotApi, startBotApi } from '../support/bot-api/bot-api.ts';
import { truncateAll, useDatabase } from '../support/database.ts';
import { silentLog } from '../support/log.ts';
import { freePort } from '../support/postgres.ts';

// The package is CommonJS whose types say otherwise.
const TelegramServer: typeof EmulatorModule.default = createRequire(import.meta.url)('telegram-test-api');

const SECRET = 'a-secret-of-the-webhook';
const PNG = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');
const OGG = Buffer.from(`4f676753${'00'.repeat(40)}`, 'hex');

describe('a resident on Telegram', () => {
  const database = useDatabase();
  let app: App | undefined;
  let api: BotApi | undefined;

  afterEach(async () => {
    await app?.stop();
    await api?.close();
    app = undefined;
    api = undefined;
    await truncateAll(database.db);
  });

  async function start(env: NodeJS.ProcessEnv): Promise<void> {
    const config = readConfig({ DATA_DIR: database.dataDir, SIMULATOR: 'off', PORT: '0', ...env }, false);
    app = await createApp({ config, open: database.open, clock: systemClock, log: silentLog });
    await app.start();
  }

  async function startWith(mode: 'polling' | 'webhook'): Promise<BotApi> {
    api = await startBotApi({ redeliverMs: 50 });
    const telegram = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root };
    if (mode === 'polling') await start(telegram);
    else {
      const port = await freePort();
      const webhook = { TELEGRAM_WEBHOOK_URL: `http://127.0.0.1:${port}`, TELEGRAM_WEBHOOK_SECRET: SECRET };
      await start({ ...telegram, ...webhook, PORT: String(port) });
    }
    return api;
  }

  it.each(['polling', 'webhook'] as const)('goes all the way by %s', { timeout: 300_000 }, async (mode) => {
    const telegram = await startWith(mode);
    const aigul = telegram.user(501, { first_name: 'Айгүл', language_code: 'ru' });
    aigul.sends('/start mantysh');
    await aigul.hears('Тилди тандаңыз');
    aigul.taps('Кыргызча');
    await aigul.hears(/Кара-Суу айыл аймагынын сунуш боту/);

    // an album of two, the words on the first
    const albumId = 'album-1';
    aigul.sendsPhoto(PNG, { caption: 'Мектептин чатыры тамчылайт <b>абдан</b> & начар', albumId });
    aigul.sendsPhoto(PNG, { albumId });
    await aigul.hears('Макулсузбу?');
    aigul.taps('Макулмун');
    const card = await aigul.hears(/Айыл: Мантыш[\s\S]*Багыты: Мектеп/);
    expect(card.text).toContain('«Мектептин чатыры тамчылайт <b>абдан</b> & начар»');
    expect(card.text).toContain('Сүрөт, файл: 2');
    aigul.taps('Багытты өзгөртүү');
    const sectors = await aigul.hears('Багытын тандаңыз');
    expect(sectors.buttons.flat().length).toBeLessThanOrEqual(10);
    aigul.taps('2/3 »');
    await aigul.hears('Багытын тандаңыз');
    aigul.taps('3/3 »');
    await aigul.hears('Багытын тандаңыз');
    aigul.taps('Башка');
    await aigul.hears('Багыты: Башка');
    aigul.sends('мектеп');
    await aigul.hears('Багыты: Мектеп');
    aigul.sendsVoice(OGG);
    await aigul.hears('Сүрөт, файл: 3');
    aigul.taps('Жөнөтүү');
    await aigul.hears('Номери: KS-');
    await aigul.hears('Сиз:');
    aigul.taps('Аял');
    await aigul.hears('Жашыңыз канчада?');
    aigul.taps('29–54');
    await aigul.hears('Рахмат!');

    // a registered resident: two messages, and nothing is asked again
    const said = aigul.sends('Ортокто көчө жарыгы жок, караңгы');
    await aigul.hears(/Айыл: Орток[\s\S]*Багыты: Көчө жарыгы/);
    aigul.taps('Жөнөтүү');
    await aigul.hears(/Номери: KS-\d+-0002/);
    aigul.edits(said, 'Ортокто көчө жарыгы жок, түнкүсүн караңгы');
    await aigul.hears(/Текст оңдолду|оңдол/);

    await filesStored(3);
    const rows = await database.db.execute(
      sql`select number, text, first_text, (select count(*)::int from proposal_attachments a where a.proposal_id = p.id) as files from proposals p order by id`,
    );
    expect(rows).toMatchObject([
      { text: 'Мектептин чатыры тамчылайт <b>абдан</b> & начар', files: 3 },
      { text: 'Ортокто көчө жарыгы жок, түнкүсүн караңгы', first_text: 'Ортокто көчө жарыгы жок, караңгы' },
    ]);
  });

  it('hears everything in the end from a Telegram that stalls, refuses and forgets to answer', {
    timeout: 300_000,
  }, async () => {
    const telegram = await startWith('polling');
    const bakyt = telegram.user(502);
    const retry = new ApiError(429, 'Too Many Requests: retry after 1', { retry_after: 1 });
    telegram.fails({ method: 'sendMessage', error: retry });
    bakyt.sends('салам');
    await bakyt.hears('Тилди тандаңыз');
    telegram.fails({ method: 'sendMessage', error: new ApiError(502, 'Bad Gateway'), times: 2 });
    bakyt.taps('Кыргызча');
    await bakyt.hears('Кара-Суу');
    telegram.fails({ method: 'getUpdates', cut: 'before', times: 2 });
    telegram.fails({ method: 'sendMessage', cut: 'before' });
    bakyt.sends('Мантышта таза суу жок');
    await bakyt.hears('Макулсузбу?');
    bakyt.blocks();
    await delay(50);
    bakyt.unblocks();
    bakyt.taps('Макулмун');
    await bakyt.hears('Жөнөтөлүбү?');
  });

  it('is told of a file that is not what it seems', { timeout: 300_000 }, async () => {
    const telegram = await startWith('polling');
    const emma = telegram.user(503);
    emma.sends('салам');
    await emma.hears('Тилди тандаңыз');
    emma.taps('Кыргызча');
    await emma.hears('Кара-Суу');
    emma.sendsPhoto(Buffer.from('<script>alert(1)</script>'), { caption: 'Мантышта көпүрө бузулду' });
    await emma.hears('Макулсузбу?');
    await emma.hears('Файлыңызды ача албадык');
  });

  it('is understood through an emulator that somebody else wrote', { timeout: 300_000 }, async () => {
    const server = new TelegramServer({ port: await freePort(), host: '127.0.0.1', storage: 'RAM', storeTimeout: 60 });
    await server.start();
    try {
      const token = `987654321:${'B'.repeat(35)}`;
      const client = server.getClient(token, { timeout: 60_000 });
      await start({ TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: server.config.apiURL });
      const said = async (): Promise<
        { text: string; buttons: { text: string; callback_data: string }[]; id: number }[]
      > => {
        const { result } = await client.getUpdates();
        return result.map(({ message, messageId }: EmulatedUpdate) => ({
          text: message.text,
          buttons: (message.reply_markup?.inline_keyboard ?? []).flat(),
          id: messageId,
        }));
      };
      const tap = async (label: string, shown: Awaited<ReturnType<typeof said>>) => {
        const from = shown.find(({ buttons }) => buttons.some(({ text }) => text === label));
        const data = from?.buttons.find(({ text }) => text === label)?.callback_data ?? '';
        await client.sendCallback(client.makeCallbackQuery(data, { message: { message_id: from?.id ?? 0 } }));
      };
      await client.sendMessage(client.makeMessage('Мантышта таза суу жок'));
      await tap('Кыргызча', await said());
      await tap('Макулмун', await said());
      const card = await said();
      expect(card.at(-1)?.text).toContain('Багыты: Таза суу');
      await tap('Жөнөтүү', card);
      expect((await said()).map(({ text }) => text).join('\n')).toContain('Номери: KS-');
    } finally {
      await app?.stop();
      app = undefined;
      await server.stop();
    }
  });

  async function filesStored(count: number): Promise<void> {
    for (let patience = 1_200; patience > 0; patience--) {
      const [row] = await database.db.execute<{ n: number }>(
        sql`select count(*)::int as n from media where status = 'stored'`,
      );
      if (row?.n === count) {
        const files = readdirSync(join(database.dataDir, 'media'), { recursive: true });
        expect(files.filter((name) => /\.(png|ogg|ogx|oga)$/.test(String(name)))).toHaveLength(count);
        return;
      }
      await delay(100);
    }
    throw new Error('the files were not fetched in time');
  }
});

interface EmulatedUpdate {
  readonly messageId: number;
  readonly message: {
    readonly text: string;
    readonly reply_markup?: { readonly inline_keyboard: { text: string; callback_data: string }[][] };
  };
}
