import { describe, expect, it, onTestFinished } from 'vitest';
import { startWhatsAppWeb } from '../../support/whatsapp-web/web.ts';
import { profileFolder, startClient } from './real-client.ts';

const FULL = process.env.SOAK === 'full';

describe.runIf(FULL)('the library in trouble that takes its time', () => {
  it('asks again for what cannot be read, and gives it up after 15 s', { timeout: 300_000 }, async () => {
    const web = await startWhatsAppWeb();
    onTestFinished(() => web.close());
    const bot = startClient(web, await profileFolder());
    await web.phone.scanQr();
    await bot.says('ready');
    const person = web.phone.person('996555000001');
    const asked = person.sendsCiphertextFirst('Салам', { decrypts: 'asked' });
    const lost = person.sendsCiphertextFirst('Суу', { decrypts: 'never' });
    expect((await bot.message(asked)).body).toBe('Салам');
    await bot.message(lost, 'message_ciphertext_failed');
    expect(bot.heard(lost)).toBe(false);
  });

  it('a page that hangs for ever ends a call by the limit of the protocol, and the browser can be ended', async () => {
    const web = await startWhatsAppWeb();
    onTestFinished(() => web.close());
    const bot = startClient(web, await profileFolder());
    await web.phone.scanQr();
    await bot.says('ready');
    await web.trouble.hang();
    await expect(bot.client.getState()).rejects.toThrow('protocolTimeout');
    await bot.client.destroy();
    expect(web.browsers()).toEqual([]);
  });

  it('two thousand messages come in order and are answered', { timeout: 300_000 }, async () => {
    const web = await startWhatsAppWeb();
    onTestFinished(() => web.close());
    const bot = startClient(web, await profileFolder());
    await web.phone.scanQr();
    await bot.says('ready');
    const heard: string[] = [];
    const answers: Promise<unknown>[] = [];
    bot.client.on('message', (message) => {
      heard.push(message.body);
      if (Number(message.body) % 20 === 0) answers.push(message.reply('ооба'));
    });
    const person = web.phone.person('996555000001');
    for (let at = 0; at < 2000; at++) person.writes(`${at}`);
    await expect.poll(() => web.sent.all.length).toBe(100);
    await Promise.all(answers);
    expect(heard).toEqual(Array.from({ length: 2000 }, (_, at) => `${at}`));
  });
});
