import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { useDatabase } from '../support/database.ts';
import { silentLog } from '../support/log.ts';
import { storedProposals } from '../support/stored.ts';
import { launchBrowser, watch } from '../web/browser.ts';

/** Who writes in which language, what they tap, and what they read at last. */
const TALKS = [
  {
    language: 'ky',
    person: 'aigul',
    size: { width: 360, height: 740 },
    says: 'Мантышта таза суу жок, үч күндөн бери',
    taps: ['Кыргызча', 'Макулмун', 'Жөнөтүү', 'Аял', '29–54'],
    ends: 'Рахмат!',
  },
  {
    language: 'ru',
    person: 'timur',
    size: { width: 1280, height: 800 },
    says: 'В Ортоке нет света на улице, темно',
    taps: ['Русский', 'Согласен', 'Отправить', 'Не хочу говорить', '14–28'],
    ends: 'Спасибо!',
  },
  {
    language: 'en',
    person: 'emma',
    size: { width: 1280, height: 800 },
    says: 'Repair the bridge in Ak-Talaa, please',
    taps: ['English', 'I agree', 'Send', 'Woman', '55 and over'],
    ends: 'Thank you!',
  },
] as const;

describe('the simulator with the bot behind it', () => {
  const database = useDatabase();
  let browser: Browser;
  let app: App;
  let url = '';

  beforeAll(async () => {
    browser = await launchBrowser();
    const config = readConfig({ DATA_DIR: database.dataDir, PORT: '0' }, false);
    app = await createApp({ config, open: database.open, clock: systemClock, log: silentLog });
    url = (await app.start()).url ?? '';
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
  });
  afterAll(async () => {
    await app.stop();
    await browser.close();
  });

  it.each(TALKS)(
    'takes a proposal in $language',
    { timeout: 300_000 },
    async ({ language, person, size, says, taps, ends }) => {
      const context = await browser.newContext({ viewport: size, reducedMotion: 'reduce' });
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      const wrong = watch(page, url);
      await page.goto(`${url}/simulator?lang=${language}&with=${person}`);
      await page.waitForSelector('body.live');
      const chat = page.locator(`#chat-${person}`);
      await chat.locator('input[type=radio]').first().check();
      await chat.getByRole('textbox').fill(says);
      await chat.getByRole('textbox').press('Enter');
      for (const label of taps) await lastButton(chat, label).click();
      await chat.getByText(ends, { exact: true }).waitFor();
      expect((await storedProposals(database.db)).at(-1)?.text).toBe(says);
      expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
      expect(wrong).toEqual([]);
    },
  );
});

/** The button of the question that is open: of the same label there may be older ones above. */
function lastButton(chat: Locator, label: string): Locator {
  return chat.getByRole('button', { name: label, exact: true, pressed: false }).last();
}
