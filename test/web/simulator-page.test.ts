import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, watch } from './browser.ts';
import { type GivenWeb, givenWeb } from './given-web.ts';

const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const aigul = { channel: 'simulator', account: 'local', id: 'aigul' } as const;

let browser: Browser;
let web: GivenWeb;
let wrong: string[];
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

async function openPage(options: BrowserContextOptions = {}, path = '/simulator') {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    reducedMotion: 'reduce',
    ...options,
  });
  contexts.push(context);
  context.setDefaultTimeout(8000);
  const page = await context.newPage();
  wrong = watch(page, web.url);
  await page.goto(web.url + path);
  if (options.javaScriptEnabled !== false) await page.waitForSelector('body.live');
  return page;
}

/** The machine may be busy with other tests: generous, and never slower than needed. */
const eventually = <T>(look: () => T) => expect.poll(look, { timeout: 12_000, interval: 30 });
const chat = (page: Page, person = 'aigul') => page.locator(`#chat-${person}`);
const bubbles = (page: Page, person = 'aigul') =>
  chat(page, person).locator('.bubble').locator('.text:visible').allInnerTexts();
async function write(page: Page, text: string, person = 'aigul') {
  const field = chat(page, person).getByRole('textbox');
  await field.fill(text);
  await field.press('Enter');
}
const say = (text: string) => web.channel.send(aigul, { text });

describe('the page of the simulator', () => {
  it('shows what a resident writes and what the bot answers, with nothing wrong in the console', async () => {
    const page = await openPage();
    await write(page, 'Мантышта суу жок');
    await eventually(() => bubbles(page)).toHaveLength(2);
    expect((await bubbles(page))[0]).toBe('Мантышта суу жок');
    expect((await bubbles(page))[1]).toContain('Текшерип көрүңүз:');
    await eventually(() => chat(page).locator('.own .tick').getAttribute('title')).toBe('Жеткирилди');
    expect(await chat(page).getByRole('textbox').inputValue()).toBe('');
    expect(wrong).toEqual([]);
  });

  it('sends a line break by Shift+Enter as part of the text', async () => {
    const page = await openPage();
    const field = chat(page).getByRole('textbox');
    await field.fill('бир');
    await field.press('Shift+Enter');
    await field.pressSequentially('эки');
    await field.press('Enter');
    await eventually(() => web.channel.transcript('aigul')[0]?.text).toBe('бир\nэки');
  });

  it('loses and swaps nothing when messages are written faster than they are stored', async () => {
    const page = await openPage();
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    await web.channel.start((events) => gate.then(() => web.bot.receive(events)));
    const texts = Array.from({ length: 8 }, (_, n) => `саны ${n}`);
    for (const text of texts) await write(page, text);
    open();
    await eventually(() => chat(page).locator('.own .text').allInnerTexts()).toEqual(texts);
  });

  it('brings a button that is tapped by keyboard, leaves it marked and the keyboard on it', async () => {
    const page = await openPage();
    await write(page, 'салам');
    const button = chat(page).getByRole('button', { name: 'Орток' });
    await button.focus();
    await page.keyboard.press('Enter');
    await eventually(() => chat(page).getByRole('button', { name: 'Орток', pressed: true }).count()).toBe(1);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Орток');
    expect(await chat(page).locator('.options button').count()).toBe(5);
    const picked = web.bot.events.map((event) => web.channel.read(event.payload)?.content).at(-1);
    expect(picked).toEqual({ kind: 'pick', data: 'card:v3' });
  });

  it('shows options as a numbered list where that is chosen, also after a reload', async () => {
    const page = await openPage();
    await write(page, 'салам');
    await chat(page).getByRole('button', { name: 'Орток' }).waitFor();
    await chat(page).getByRole('radio', { name: 'Номерлер' }).check();
    await page.reload();
    await eventually(async () => (await bubbles(page)).at(-1)).toContain('4. Орток\n5. Ак-Талаа');
    expect(await chat(page).locator('.options button:visible').count()).toBe(0);
  });

  it('sends a photo with the words that stand in the field', async () => {
    const page = await openPage();
    await chat(page).getByRole('textbox').fill('түтүк жарылды');
    await chat(page).getByText('Файл тиркөө').locator('..').click();
    const chooser = page.waitForEvent('filechooser');
    await chat(page).getByRole('button', { name: 'Сүрөт' }).click();
    await (await chooser).setFiles({ name: 'суу.png', mimeType: 'image/png', buffer: PIXEL });
    const image = chat(page).locator('img.photo');
    await eventually(() => image.evaluate((each) => 'naturalWidth' in each && each.naturalWidth)).toBe(1);
    expect((await bubbles(page))[0]).toBe('түтүк жарылды');
    expect(await chat(page).getByRole('textbox').inputValue()).toBe('');
    expect(wrong).toEqual([]);
  });

  it('records a voice message between two taps', async () => {
    const page = await openPage({ permissions: ['microphone'] });
    await chat(page).getByRole('button', { name: 'Үн жаздыруу' }).click();
    const stop = chat(page).getByRole('button', { name: 'Жаздырууну токтотуу' });
    await stop.waitFor();
    await stop.click();
    await eventually(() => web.channel.transcript('aigul')[0]?.file?.kind).toBe('voice');
    await chat(page).locator('audio').waitFor();
  });

  it('sends the location of the resident', async () => {
    const page = await openPage();
    await chat(page).locator('summary').click();
    await chat(page).getByRole('button', { name: 'Жайгашкан жери' }).click();
    await eventually(() => chat(page).locator('.place').textContent()).toContain('42.2148, 75.6412');
  });

  it('edits the last own message by the arrow up', async () => {
    const page = await openPage();
    await write(page, 'Суу жог');
    await eventually(() => bubbles(page)).toHaveLength(2);
    const field = chat(page).getByRole('textbox');
    await field.press('ArrowUp');
    expect(await field.inputValue()).toBe('Суу жог');
    await write(page, 'Суу жок');
    await eventually(() => chat(page).locator('.own').first().textContent()).toMatch(/Суу жок\s*оңдолду/);
    expect(web.channel.read(web.bot.events.at(-1)?.payload)).toMatchObject({ edited: true });
  });

  it('keeps a text that could not be stored in the field, and says so', async () => {
    const page = await openPage();
    await web.channel.start(() => Promise.reject(new Error('no database')));
    await write(page, 'Суу жок');
    await eventually(() => page.getByRole('status').textContent()).toBe('Жөнөтүлгөн жок. Кайра аракет кылыңыз.');
    expect(await chat(page).getByRole('textbox').inputValue()).toBe('Суу жок');
  });

  it('says of a file that is too large that it is', async () => {
    const page = await openPage();
    // Made in the page: handing 33 MB to the browser takes longer than sending them.
    await page.evaluate(`{
      const files = new DataTransfer();
      files.items.add(new File([new Uint8Array(33 * 1024 * 1024)], 'x.png', { type: 'image/png' }));
      const input = document.querySelector('#photo-aigul');
      input.files = files.files;
      input.dispatchEvent(new Event('change', { bubbles: true }));
    }`);
    await eventually(() => page.getByRole('status').textContent()).toBe('Файл өтө чоң.');
  });

  it('shows what anybody writes letter by letter', async () => {
    const page = await openPage();
    const evil =
      '<img src=x onerror=alert(1)><hx-partial hx-target="body"></hx-partial><head></head><script>1</script>&lt;';
    await write(page, evil);
    await eventually(async () => (await bubbles(page))[0]).toBe(evil);
    expect(await page.title()).toBe('Сунуш: сынап көрүү');
    expect(wrong).toEqual([]);
  });

  it('works without script', async () => {
    const page = await openPage({ javaScriptEnabled: false });
    await chat(page).getByRole('textbox').fill('салам');
    await chat(page).getByRole('button', { name: 'Жөнөтүү' }).click();
    await chat(page).getByRole('button', { name: 'Орток' }).click();
    expect((await bubbles(page)).at(-1)).toBe('Тандалды: card:v3');
  });
});

describe('the stream of the simulator', () => {
  it('catches up after the server was away: nothing lost, nothing doubled, in order', async () => {
    const page = await openPage();
    await say('бир');
    await eventually(() => bubbles(page)).toEqual(['бир']);
    await web.down();
    await say('эки');
    await say('үч');
    await eventually(() => page.getByRole('status').textContent()).toContain('Байланыш үзүлдү');
    await web.up();
    await eventually(() => bubbles(page)).toEqual(['бир', 'эки', 'үч']);
    await say('төрт');
    await eventually(() => bubbles(page)).toEqual(['бир', 'эки', 'үч', 'төрт']);
    expect(await page.getByRole('status').textContent()).toBe('');
  });

  it('brings to a page what happened between its drawing and its connecting', async () => {
    const page = await openPage();
    await say('мурда');
    await page.route('**/simulator/stream*', async (route) => {
      await say('арада');
      await route.continue();
    });
    await page.reload();
    await eventually(() => bubbles(page)).toEqual(['мурда', 'арада']);
  });

  it('shows the same in two pages', async () => {
    const [first, second] = [await openPage(), await openPage()];
    await write(first, 'Суу жок');
    await eventually(async () => (await bubbles(second))[0]).toBe('Суу жок');
  });
});

describe('the shape of the simulator', () => {
  const seen = (page: Page) => page.locator('.chat:visible').evaluateAll((each) => each.map(({ id }) => id));

  it('has three phones side by side at 1280 px, and brings another one in place of one', async () => {
    const page = await openPage();
    expect(await seen(page)).toEqual(['chat-aigul', 'chat-bakyt', 'chat-gulnara']);
    await page.getByRole('link', { name: 'Тимур' }).click();
    expect(await seen(page)).toHaveLength(3);
    expect(await seen(page)).toContain('chat-timur');
    expect(await chat(page, 'timur').locator('textarea:focus').count()).toBe(1);
  });

  it('has one phone at 360 px, counts what is unread in the others and fits the width', async () => {
    const page = await openPage({ viewport: { width: 360, height: 740 } });
    expect(await seen(page)).toEqual(['chat-aigul']);
    await web.channel.send({ ...aigul, id: 'emma' }, { text: 'Hello' });
    await eventually(() => page.locator('[data-open=emma] .unread').textContent()).toBe('1');
    await page.getByRole('link', { name: 'Эмма' }).click();
    expect(await seen(page)).toEqual(['chat-emma']);
    expect(await page.locator('[data-open=emma] .unread:visible').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });

  it('keeps the last message in view when it comes and when the screen gets smaller, and the place where one reads', async () => {
    for (let n = 1; n <= 30; n += 1) await say(`саны ${n}`);
    const page = await openPage();
    const inView = (text: string) =>
      chat(page)
        .getByText(text, { exact: true })
        .last()
        .evaluate((each) => {
          const [own, box] = [each.getBoundingClientRect(), each.closest('.scroll')?.getBoundingClientRect()];
          return box !== undefined && own.top >= box.top && own.bottom <= box.bottom;
        });
    await eventually(() => inView('саны 30')).toBe(true);
    await say('саны 31');
    await eventually(() => inView('саны 31')).toBe(true);
    await page.setViewportSize({ width: 360, height: 400 });
    await eventually(() => inView('саны 31')).toBe(true);
    await chat(page).getByText('саны 5', { exact: true }).scrollIntoViewIfNeeded();
    await say('саны 32');
    await chat(page).getByText('саны 32', { exact: true }).waitFor();
    expect(await inView('саны 5')).toBe(true);
    await write(page, 'салам');
    await eventually(() => inView('Ак-Талаа')).toBe(true);
  });

  it.each([
    ['ky', 'Сунуш: сынап көрүү', 'Жөнөтүү'],
    ['ru', 'Сунуш: попробовать', 'Отправить'],
    ['en', 'Sunush: try it', 'Send'],
  ])('speaks %s once that is chosen', async (lang, title, send) => {
    const page = await openPage({}, '/simulator?lang=ru');
    await page.locator(`.languages [lang=${lang}]`).click();
    await page.goto(`${web.url}/simulator`);
    expect(await page.title()).toBe(title);
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
    await chat(page).getByRole('textbox').fill('x');
    expect(await chat(page).getByRole('button', { name: send }).count()).toBe(1);
  });

  it('is walked by Tab from the chats to the field and its buttons', async () => {
    const page = await openPage();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Чатка өтүү');
    await chat(page).getByRole('textbox').focus();
    await page.keyboard.type('x');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('title')).toBe('Жөнөтүү');
  });

  const sizes = [360, 1280].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })));
  it.each(sizes)('breaks no rule of axe at $width px in $scheme', async ({ width, scheme }) => {
    const page = await openPage({ viewport: { width, height: 800 }, colorScheme: scheme });
    await write(page, 'салам');
    await chat(page).getByRole('button', { name: 'Мантыш' }).click();
    const name = 'суу.png';
    await chat(page).locator('#photo-aigul').setInputFiles({ name, mimeType: 'image/png', buffer: PIXEL });
    await chat(page).locator('#voice-aigul').setInputFiles({ name: 'x.ogg', mimeType: 'audio/ogg', buffer: PIXEL });
    await chat(page).locator('summary').click();
    await eventually(() => chat(page).locator('.bubble').count()).toBe(8);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});
