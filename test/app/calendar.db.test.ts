import { afterEach, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { ensureDefaultCatalogue } from '../../src/places/load-catalogue.ts';
import { loadPlaces } from '../../src/places/places.ts';
import { type BotApi, startBotApi } from '../support/bot-api/bot-api.ts';
import { testContext, useDatabase } from '../support/database.ts';
import { givenStaff } from '../support/given.ts';
import { silentLog } from '../support/log.ts';
import { TestClock } from '../support/talk.ts';

describe('the calendar of Kara-Suu', () => {
  const database = useDatabase();
  let api: BotApi;
  const apps: App[] = [];
  afterEach(async () => {
    for (const app of apps) await app.stop();
    await api.close();
  });

  /** A process that begins, on the morning of the clock. */
  async function starts(clock: TestClock): Promise<void> {
    const env = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root, SIMULATOR: 'off', PORT: '0' };
    const config = readConfig({ ...env, DATA_DIR: database.dataDir }, false);
    const app = await createApp({ config, open: database.open, clock, log: silentLog });
    apps.push(app);
    await app.start();
  }

  it('reminds an officer at the start of what is in season, and never twice', async () => {
    api = await startBotApi();
    const clock = new TestClock('2026-11-22T10:00:00+06:00');
    const ctx = testContext(database.db, { clock });
    await ensureDefaultCatalogue(ctx);
    const municipality = (await loadPlaces(database.db)).municipalityByCode('KS');
    const [officer] = api.acquaintances([501]);
    if (municipality === null || officer === undefined) throw new Error('nobody there');
    const address = { channel: 'telegram', account: String(api.bot.id), id: '501' } as const;
    await givenStaff(ctx, municipality, 'officer', address);
    await starts(clock);
    const { text, buttons } = await officer.hears('Эске салабыз');
    expect(text).toBe(
      [
        'Эске салабыз. Ноябрь–декабрь айларында Биргелешкен аракеттер планынын долбоору жыйында талкууланат. Жыйынды белгилеп, тургундарга кабарлаңыз.',
        'Акыркы күнү: 2026-жылдын 31-декабры',
      ].join('\n'),
    );
    expect(buttons.flat()).toEqual([{ text: 'Кулактандыруу даярдоо', data: 'go:announce:cal.jap_gathering' }]);
    await starts(clock);
    clock.pass(50 * 24 * 60 * 60 * 1000);
    await starts(clock);
    await officer.hears('бюджеттин аткарылышы');
    expect(officer.received().filter((one) => one.text.includes('Эске салабыз'))).toHaveLength(2);
  });
});
