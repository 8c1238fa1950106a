import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { chat, eventually, PIXEL, useStage, write } from './given-page.ts';

const stage = useStage();

describe('the shape of the simulator', () => {
  const seen = (page: Page) => page.locator('.chat:visible').evaluateAll((each) => each.map(({ id }) => id));

  it('has three phones side by side at 1280 px, and brings another one in place of one', async () => {
    const page = await stage.openPage();
    expect(await seen(page)).toEqual(['chat-aigul', 'chat-bakyt', 'chat-gulnara']);
    await page.getByRole('link', { name: 'Тимур' }).click();
    expect(await seen(page)).toHaveLength(3);
    expect(await seen(page)).toContain('chat-timur');
    expect(await chat(page, 'timur').locator('textarea:focus').count()).toBe(1);
  });

  it('has one phone at 360 px, counts what is unread in the others and fits the width', async () => {
    const page = await stage.openPage({ viewport: { width: 360, height: 740 } });
    expect(await seen(page)).toEqual(['chat-aigul']);
    await stage.web.channel.send({ channel: 'simulator', account: 'local', id: 'emma' }, { text: 'Hello' });
    await eventually(() => page.locator('[data-open=emma] .unread').textContent()).toBe('1');
    await page.getByRole('link', { name: 'Эмма' }).click();
    expect(await seen(page)).toEqual(['chat-emma']);
    expect(await page.locator('[data-open=emma] .unread:visible').count()).toBe(0);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
  });

  it('keeps the last message in view when it comes and when the screen gets smaller, and the place where one reads', async () => {
    for (let n = 1; n <= 30; n += 1) await stage.say(`саны ${n}`);
    const page = await stage.openPage();
    const inView = (text: string) =>
      chat(page)
        .getByText(text, { exact: true })
        .last()
        .evaluate((each) => {
          const [own, box] = [each.getBoundingClientRect(), each.closest('.scroll')?.getBoundingClientRect()];
          return box !== undefined && own.top >= box.top && own.bottom <= box.bottom;
        });
    await eventually(() => inView('саны 30')).toBe(true);
    await stage.say('саны 31');
    await eventually(() => inView('саны 31')).toBe(true);
    await page.setViewportSize({ width: 360, height: 400 });
    await eventually(() => inView('саны 31')).toBe(true);
    await chat(page).getByText('саны 5', { exact: true }).scrollIntoViewIfNeeded();
    await stage.say('саны 32');
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
    const page = await stage.openPage({}, '/simulator?lang=ru');
    await page.locator(`.languages [lang=${lang}]`).click();
    await page.goto(`${stage.web.url}/simulator`);
    expect(await page.title()).toBe(title);
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
    await chat(page).getByRole('textbox').fill('x');
    expect(await chat(page).getByRole('button', { name: send }).count()).toBe(1);
  });

  it('is walked by Tab from the chats to the field and its buttons', async () => {
    const page = await stage.openPage();
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').textContent()).toBe('Чатка өтүү');
    await chat(page).getByRole('textbox').focus();
    await page.keyboard.type('x');
    await page.keyboard.press('Tab');
    expect(await page.locator(':focus').getAttribute('title')).toBe('Жөнөтүү');
  });

  const sizes = [360, 1280].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ width, scheme })));
  it.each(sizes)('breaks no rule of axe at $width px in $scheme', async ({ width, scheme }) => {
    const page = await stage.openPage({ viewport: { width, height: 800 }, colorScheme: scheme });
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
