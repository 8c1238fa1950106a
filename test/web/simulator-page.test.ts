import { describe, expect, it } from 'vitest';
import { bubbles, chat, eventually, PIXEL, useStage, write } from './given-page.ts';

const stage = useStage();

describe('the page of the simulator', () => {
  it('shows what a resident writes and what the bot answers, with nothing wrong in the console', async () => {
    const page = await stage.openPage();
    await write(page, 'Мантышта суу жок');
    await eventually(() => bubbles(page)).toHaveLength(2);
    expect((await bubbles(page))[0]).toBe('Мантышта суу жок');
    expect((await bubbles(page))[1]).toContain('Текшерип көрүңүз:');
    await eventually(() => chat(page).locator('.own .tick').getAttribute('title')).toBe('Жеткирилди');
    expect(await chat(page).getByRole('textbox').inputValue()).toBe('');
    expect(stage.wrong).toEqual([]);
  });

  it('sends a line break by Shift+Enter as part of the text', async () => {
    const page = await stage.openPage();
    const field = chat(page).getByRole('textbox');
    await field.fill('бир');
    await field.press('Shift+Enter');
    await field.pressSequentially('эки');
    await field.press('Enter');
    await eventually(() => stage.web.channel.transcript('aigul')[0]?.text).toBe('бир\nэки');
  });

  it('loses and swaps nothing when messages are written faster than they are stored', async () => {
    const page = await stage.openPage();
    let open = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    await stage.web.channel.start((events) => gate.then(() => stage.web.bot.receive(events)));
    const texts = Array.from({ length: 8 }, (_, n) => `саны ${n}`);
    for (const text of texts) await write(page, text);
    open();
    await eventually(() => chat(page).locator('.own .text').allInnerTexts()).toEqual(texts);
  });

  it('brings a button that is tapped by keyboard, leaves it marked and the keyboard on it', async () => {
    const page = await stage.openPage();
    await write(page, 'салам');
    const button = chat(page).getByRole('button', { name: 'Орток' });
    await button.focus();
    await page.keyboard.press('Enter');
    await eventually(() => chat(page).getByRole('button', { name: 'Орток', pressed: true }).count()).toBe(1);
    expect(await page.evaluate('document.activeElement.textContent')).toBe('Орток');
    expect(await chat(page).locator('.options button').count()).toBe(5);
    const picked = stage.web.bot.events.map((event) => stage.web.channel.read(event.payload)?.content).at(-1);
    expect(picked).toEqual({ kind: 'pick', data: 'card:v3' });
  });

  it('shows options as a numbered list where that is chosen, also after a reload', async () => {
    const page = await stage.openPage();
    await write(page, 'салам');
    await chat(page).getByRole('button', { name: 'Орток' }).waitFor();
    await chat(page).getByRole('radio', { name: 'Номерлер' }).check();
    await page.reload();
    await eventually(async () => (await bubbles(page)).at(-1)).toContain('4. Орток\n5. Ак-Талаа');
    expect(await chat(page).locator('.options button:visible').count()).toBe(0);
  });

  it('sends a photo with the words that stand in the field', async () => {
    const page = await stage.openPage();
    await chat(page).getByRole('textbox').fill('түтүк жарылды');
    await chat(page).getByText('Файл тиркөө').locator('..').click();
    const chooser = page.waitForEvent('filechooser');
    await chat(page).getByRole('button', { name: 'Сүрөт' }).click();
    await (await chooser).setFiles({ name: 'суу.png', mimeType: 'image/png', buffer: PIXEL });
    const image = chat(page).locator('img.photo');
    await eventually(() => image.evaluate((each) => 'naturalWidth' in each && each.naturalWidth)).toBe(1);
    expect((await bubbles(page))[0]).toBe('түтүк жарылды');
    expect(await chat(page).getByRole('textbox').inputValue()).toBe('');
    expect(stage.wrong).toEqual([]);
  });

  it('records a voice message between two taps', async () => {
    const page = await stage.openPage({ permissions: ['microphone'] });
    await chat(page).getByRole('button', { name: 'Үн жаздыруу' }).click();
    const stop = chat(page).getByRole('button', { name: 'Жаздырууну токтотуу' });
    await stop.waitFor();
    await stop.click();
    await eventually(() => stage.web.channel.transcript('aigul')[0]?.file?.kind).toBe('voice');
    await chat(page).locator('audio').waitFor();
  });

  it('sends the location of the resident', async () => {
    const page = await stage.openPage();
    await chat(page).locator('summary').click();
    await chat(page).getByRole('button', { name: 'Жайгашкан жери' }).click();
    await eventually(() => chat(page).locator('.place').textContent()).toContain('42.2148, 75.6412');
  });

  it('edits the last own message by the arrow up', async () => {
    const page = await stage.openPage();
    await write(page, 'Суу жог');
    await eventually(() => bubbles(page)).toHaveLength(2);
    const field = chat(page).getByRole('textbox');
    await field.press('ArrowUp');
    expect(await field.inputValue()).toBe('Суу жог');
    await write(page, 'Суу жок');
    await eventually(() => chat(page).locator('.own').first().textContent()).toMatch(/Суу жок\s*оңдолду/);
    expect(stage.web.channel.read(stage.web.bot.events.at(-1)?.payload)).toMatchObject({ edited: true });
  });

  it('keeps a text that could not be stored in the field, and says so', async () => {
    const page = await stage.openPage();
    await stage.web.channel.start(() => Promise.reject(new Error('no database')));
    await write(page, 'Суу жок');
    await eventually(() => page.getByRole('status').textContent()).toBe('Жөнөтүлгөн жок. Кайра аракет кылыңыз.');
    expect(await chat(page).getByRole('textbox').inputValue()).toBe('Суу жок');
  });

  it('says of a file that is too large that it is', async () => {
    const page = await stage.openPage();
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
    const page = await stage.openPage();
    const evil =
      '<img src=x onerror=alert(1)><hx-partial hx-target="body"></hx-partial><head></head><script>1</script>&lt;';
    await write(page, evil);
    await eventually(async () => (await bubbles(page))[0]).toBe(evil);
    expect(await page.title()).toBe('Сунуш: сынап көрүү');
    expect(stage.wrong).toEqual([]);
  });

  it('works without script', async () => {
    const page = await stage.openPage({ javaScriptEnabled: false });
    await chat(page).getByRole('textbox').fill('салам');
    await chat(page).getByRole('button', { name: 'Жөнөтүү' }).click();
    await chat(page).getByRole('button', { name: 'Орток' }).click();
    expect((await bubbles(page)).at(-1)).toBe('Тандалды: card:v3');
  });
});

describe('the stream of the simulator', () => {
  it('catches up after the server was away: nothing lost, nothing doubled, in order', async () => {
    const page = await stage.openPage();
    await stage.say('бир');
    await eventually(() => bubbles(page)).toEqual(['бир']);
    await stage.web.down();
    await stage.say('эки');
    await stage.say('үч');
    await eventually(() => page.getByRole('status').textContent()).toContain('Байланыш үзүлдү');
    await stage.web.up();
    await eventually(() => bubbles(page)).toEqual(['бир', 'эки', 'үч']);
    await stage.say('төрт');
    await eventually(() => bubbles(page)).toEqual(['бир', 'эки', 'үч', 'төрт']);
    expect(await page.getByRole('status').textContent()).toBe('');
  });

  it('brings to a page what happened between its drawing and its connecting', async () => {
    const page = await stage.openPage();
    await stage.say('мурда');
    await page.route('**/simulator/stream*', async (route) => {
      await stage.say('арада');
      await route.continue();
    });
    await page.reload();
    await eventually(() => bubbles(page)).toEqual(['мурда', 'арада']);
  });

  it('shows the same in two pages', async () => {
    const [first, second] = [await stage.openPage(), await stage.openPage()];
    await write(first, 'Суу жок');
    await eventually(async () => (await bubbles(second))[0]).toBe('Суу жок');
  });
});
