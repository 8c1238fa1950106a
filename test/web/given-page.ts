import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchBrowser, watch } from './browser.ts';
import { type GivenWeb, givenWeb } from './given-web.ts';

/** What the tests of a file share: a browser for all of them, a server with its bot for each. */
export interface Stage {
  readonly web: GivenWeb;
  /** What went wrong in the page that was opened last. */
  readonly wrong: readonly string[];
  /** Opens the simulator and waits until its stream stands. Default 1280 by 800 px. */
  openPage(options?: BrowserContextOptions, path?: string): Promise<Page>;
  /** The bot writes to Aigul. */
  say(text: string): Promise<void>;
}

export const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** To be called once in a file, outside of `describe`. */
export function useStage(): Stage {
  let browser: Browser;
  let web: GivenWeb;
  let wrong: string[] = [];
  const contexts: { close(): Promise<void> }[] = [];
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    web = await givenWeb();
    wrong = [];
  });
  afterEach(async () => {
    for (const context of contexts.splice(0)) await context.close();
    await web.close();
  });
  return {
    get web() {
      return web;
    },
    get wrong() {
      return wrong;
    },
    async openPage(options = {}, path = '/simulator') {
      const viewport = { width: 1280, height: 800 };
      const context = await browser.newContext({ viewport, reducedMotion: 'reduce', ...options });
      contexts.push(context);
      context.setDefaultTimeout(60_000);
      const page = await context.newPage();
      wrong = watch(page, web.url);
      await page.goto(web.url + path);
      if (options.javaScriptEnabled !== false) await page.waitForSelector('body.live');
      return page;
    },
    async say(text) {
      await web.channel.send({ channel: 'simulator', account: 'local', id: 'aigul' }, { text });
    },
  };
}

/** The machine may be busy with other tests: generous, and never slower than needed. */
export const eventually = <T>(look: () => T) => expect.poll(look, { interval: 30 });

export const chat = (page: Page, person = 'aigul') => page.locator(`#chat-${person}`);

/** The texts of a chat as they are seen. */
export const bubbles = (page: Page) => chat(page).locator('.bubble').locator('.text:visible').allInnerTexts();

/** Aigul writes a message. */
export async function write(page: Page, text: string): Promise<void> {
  const field = chat(page).getByRole('textbox');
  await field.fill(text);
  await field.press('Enter');
}
