import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { startWhatsAppWeb, type WhatsAppWeb } from '../../support/whatsapp-web/web.ts';
import { profileFolder, type RealClient, startClient } from './real-client.ts';

let web: WhatsAppWeb;
let profile: string;

beforeEach(async () => {
  web = await startWhatsAppWeb();
  profile = await profileFolder(onTestFinished);
  onTestFinished(() => web.close());
});

/** The library linked by QR and ready. */
async function linked(more: object = {}): Promise<RealClient> {
  const bot = startClient(web, profile, more);
  await web.phone.scanQr();
  await bot.says('ready');
  return bot;
}

describe('linking', () => {
  it('takes the QR the library gave out, and no older one', async () => {
    const bot = startClient(web, profile);
    await bot.says('qr');
    const old = bot.qr();
    web.phone.renewQr();
    await bot.says('qr', 2);
    await expect(web.phone.scanQr(old)).rejects.toThrow('this QR is not shown any more');
    await web.phone.scanQr(bot.qr());
    await bot.says('ready');
    expect(bot.client.info).toMatchObject({ pushname: 'Сунуш', wid: { _serialized: '996700000000@c.us' } });
    expect(await bot.client.getState()).toBe('CONNECTED');
    expect(web.complaints).toEqual([]);
  });

  it('takes a pairing code', async () => {
    const bot = startClient(web, profile, { pairWithPhoneNumber: { phoneNumber: '996700000000' } });
    await bot.says('code');
    expect(bot.code()).toMatch(/^[A-Z0-9]{8}$/);
    await web.phone.enterPairingCode(bot.code());
    await bot.says('ready');
    expect(bot.said).not.toContain('qr');
  });

  it('lasts over restarts; what came meanwhile is history, what was sent is still there', async () => {
    const first = await linked();
    const person = web.phone.person('996555000001', { name: 'Аида' });
    const before = await first.message(person.writes('биринчи', { at: new Date(Date.now() - 9000) }));
    const answer = await before.reply('жооп');
    await web.sent.next();
    await first.client.destroy();
    expect(web.browsers()).toEqual([]);
    web.acks.read(answer.id._serialized);
    const away = person.writes('экинчи', { at: new Date(Date.now() + 9000) });

    const second = startClient(web, profile);
    await second.says('ready');
    expect(second.said).not.toContain('qr');
    const [chat] = await second.client.getChats();
    expect(chat).toMatchObject({ unreadCount: 1, lastMessage: { body: 'экинчи' } });
    const messages = await chat?.fetchMessages({ limit: 50 });
    expect(messages?.map(({ body, ack }) => [body, ack])).toEqual([
      ['биринчи', 1],
      ['жооп', 3],
      ['экинчи', 1],
    ]);
    expect(messages?.at(-1)?.id._serialized).toBe(away);
    const own = await chat?.fetchMessages({ limit: 20, fromMe: true });
    expect(own?.map(({ body }) => body)).toEqual(['жооп']);
    expect((await second.client.getMessageById(answer.id._serialized)).ack).toBe(3);
    const now = await second.message(person.writes('үчүнчү', { at: new Date(Date.now() + 10_000) }));
    expect(now.body).toBe('үчүнчү');
    await second.client.destroy();

    await web.trouble.set({ whileAway: 'live' });
    const missed = person.writes('төртүнчү', { at: new Date(Date.now() + 11_000) });
    const third = startClient(web, profile);
    expect((await third.message(missed)).body).toBe('төртүнчү');
  });

  it('ends from the phone: LOGOUT, the profile is emptied, a new QR', async () => {
    const bot = await linked();
    await web.phone.unlink();
    await bot.says('disconnected LOGOUT');
    await bot.says('qr', 2);
    expect(web.phone.online).toBe(false);
    await web.phone.scanQr(bot.qr());
    await bot.says('ready', 2);
  });

  it('ended while no browser ran, the next one shows a QR', async () => {
    const first = await linked();
    await first.client.destroy();
    await web.phone.unlink();
    const second = startClient(web, profile);
    await second.says('qr');
    expect(second.said).toEqual(['qr']);
  });

  it('ends from the library', async () => {
    const bot = await linked();
    await bot.client.logout();
    const next = startClient(web, profile);
    await next.says('qr');
  });
});

describe('trouble', () => {
  it('a cut line holds messages back in both directions, and lets them go', async () => {
    const bot = await linked();
    const person = web.phone.person('996555000001');
    await bot.message(person.writes('Салам'));
    await web.trouble.linkDown();
    await bot.says('change_state TIMEOUT');
    const answer = await bot.client.sendMessage(person.id, 'жооп');
    const held = person.writes('угуп жатасызбы');
    expect(answer.ack).toBe(0);
    await web.trouble.set({}); // done after all that was told before, here and by the page
    await bot.client.getState();
    expect(bot.heard(held)).toBe(false);
    expect(web.sent.all).toEqual([]);
    expect(bot.acks(answer.id._serialized)).toEqual([]);
    await web.trouble.linkUp();
    await bot.says('change_state CONNECTED');
    await bot.says('ready', 2);
    expect((await web.sent.next()).text).toBe('жооп');
    await bot.message(held);
    expect(bot.said.some((what) => what.startsWith('disconnected'))).toBe(false);
  });

  it('a page that is loaded anew goes on without QR', async () => {
    const bot = await linked();
    await web.trouble.reload();
    await bot.says('ready', 2);
    const message = await bot.message(web.phone.person('996555000001').writes('Салам'));
    expect(message.body).toBe('Салам');
    expect(bot.said).not.toContain('disconnected LOGOUT');
  });

  it('a session that is there too early never gets ready, until the page is told to look again', async () => {
    const first = await linked();
    await first.client.destroy();
    await web.trouble.set({ syncs: 'too early' });
    const bot = startClient(web, profile);
    await expect.poll(() => web.phone.online).toBe(true);
    await expect.poll(() => bot.client.getState().catch(() => null)).toBe('CONNECTED');
    await expect.poll(() => lookAgain(bot).catch(() => false)).toBe(true);
    await bot.says('ready');
    await bot.message(web.phone.person('996555000001').writes('Салам'));
  });

  it('a stale QR is not renewed by the library', async () => {
    const bot = startClient(web, profile);
    await bot.says('qr');
    await web.trouble.qrGoesStale();
    await expect.poll(() => bot.client.getState()).toBe('UNPAIRED_IDLE');
    expect(bot.said).toEqual(['qr']);
  });

  it('opened elsewhere: taken back where so wished', async () => {
    const bot = await linked({ takeoverOnConflict: true, takeoverTimeoutMs: 50 });
    await web.trouble.conflict();
    await bot.says('change_state CONFLICT');
    await bot.says('change_state CONNECTED');
  });

  it('a blocked account ends the browser', async () => {
    const bot = await linked();
    await web.trouble.block();
    await bot.says('disconnected TOS_BLOCK');
    await expect.poll(() => web.browsers()).toEqual([]);
  });

  it.each(['busy', 'nothing'] as const)(
    'a service that answers %s at the start fails it and leaves the browser',
    async (answers) => {
      await web.trouble.set({ answers });
      const bot = startClient(web, profile, { authTimeoutMs: 500 });
      const failed = () => bot.said.find((what) => what.startsWith('failed'));
      await expect.poll(failed).toBeDefined();
      expect(web.browsers()).toHaveLength(1);
      expect(failed()).toContain(answers === 'busy' ? 'auth timeout' : 'ERR_');
    },
  );

  it('a page that hangs answers nothing; a browser that was killed tells nobody but its own', async () => {
    const bot = await linked();
    await web.trouble.hang(3_000);
    const asked = Date.now();
    await bot.client.getState();
    expect(Date.now() - asked).toBeGreaterThan(200);
    const gone = new Promise((resolve) => bot.client.pupBrowser?.once('disconnected', resolve));
    web.trouble.killBrowser();
    await gone;
    expect(bot.said).toEqual(['qr', 'authenticated', 'ready']);
    const next = startClient(web, profile);
    await next.says('ready');
    expect(next.said).not.toContain('qr');
  });
});

/** What brings a client on that missed the moment. */
function lookAgain(bot: RealClient): Promise<boolean> {
  return bot.client.pupPage?.evaluate('window.onAppStateHasSyncedEvent?.() !== undefined') as Promise<boolean>;
}
