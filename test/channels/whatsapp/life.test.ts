import { readdir, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../eventually.ts';
import { chatOf, type WhatsAppStage, whatsAppStage } from './stage.ts';

// What whatsapp-web.js does in trouble was seen running; each of these would stop a bot that believes its events.
describe('a WhatsApp link in trouble', { timeout: 300_000 }, () => {
  let here: WhatsAppStage;
  beforeEach(async () => {
    here = await whatsAppStage({ answerMs: 30_000, rescueMs: 1_000, readyMs: 60_000 });
  });
  afterEach(() => here.close());

  const aida = () => here.web.phone.person('996555000001', { name: 'Аида' });
  const state = () => here.channel.status.state;

  /** Messages go both ways. */
  async function works(word: string): Promise<void> {
    await here.ready();
    aida().writes(word);
    await eventually(() => here.texts()).toContain(word);
    await here.channel.send(chatOf('996555000001'), { text: `Жооп: ${word}` });
    await eventually(() => here.web.sent.all.map(({ text }) => text)).toContain(`Жооп: ${word}`);
  }

  async function restarted(): Promise<void> {
    await eventually(() => here.channel.status.restartedAt.length).toBeGreaterThan(0);
  }

  it('links by a QR code, and needs none after a restart', async () => {
    await here.link();
    await works('биринчи');
    await here.channel.close();
    expect(state()).toBe('stopped');
    await here.open();
    await works('экинчи');
    expect(here.channel.status.qr).toBeNull();
  });

  it('keeps the folder of the link to the owner alone', async () => {
    await here.link();
    const modes = await Promise.all(
      ['whatsapp', 'whatsapp/session-bot', 'whatsapp/status.json'].map(
        async (path) => (await stat(join(here.dataDir, path))).mode & 0o777,
      ),
    );
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  it('is ready although the library never says so', async () => {
    await here.link();
    await here.channel.close();
    await here.web.trouble.set({ syncs: 'too early' });
    await here.open();
    await works('салам');
    expect(here.channel.status.restartedAt).toEqual([]);
  });

  it('begins anew when it is connected and nothing follows', async () => {
    await here.channel.close();
    await here.open({ readyMs: 15_000 });
    await here.web.trouble.set({ syncs: 'never' });
    await eventually(state).toBe('qr');
    await here.web.phone.scanQr();
    await restarted();
    await here.web.trouble.set({ syncs: 'normally' });
    await works('салам');
  });

  it('says so while the connection is away, and goes on when it is back', async () => {
    await here.link();
    await here.web.trouble.linkDown();
    await eventually(state).toBe('degraded');
    expect(here.channel.linked).toBe(false);
    await here.web.trouble.linkUp();
    await works('салам');
    expect(here.channel.status.restartedAt).toEqual([]);
  });

  it('begins anew when the page is loaded again while WhatsApp cannot be reached', async () => {
    await here.link();
    await here.web.trouble.reloadUnreachable();
    await restarted();
    await here.web.trouble.set({ answers: 'page' });
    await works('салам');
  });

  it('hears and speaks again when the page is loaded again and nobody says so', async () => {
    await here.link();
    await here.web.trouble.set({ syncs: 'too early', scriptMs: 1_000 });
    await here.web.trouble.reload();
    await eventually(state).toBe('degraded');
    await eventually(state).toBe('syncing');
    await works('салам');
    expect(here.channel.status.restartedAt).toEqual([]);
  });

  it('leaves a phone that has read the code as long as its messages take', async () => {
    await here.channel.close();
    await here.open({ qrMs: 20_000 });
    await here.web.trouble.set({ syncDelayMs: 26_000 });
    await eventually(state).toBe('qr');
    await here.web.phone.scanQr();
    await works('салам');
    expect(here.channel.status.restartedAt).toEqual([]);
  });

  it('is started anew for its memory no sooner than after a while, and not amid a send', {
    timeout: 300_000,
  }, async () => {
    await here.channel.close();
    const openedAtMs = Date.now();
    await here.open({ mostBytes: 1, calmMs: 8_000, firstPauseMs: 120_000 });
    await here.link();
    aida().writes('салам');
    await eventually(() => here.texts()).toContain('салам');
    await here.web.trouble.set({ uploadMs: 3_000 });
    const path = join(here.dataDir, 'a.jpg');
    await writeFile(path, 'a picture');
    const file = { path, name: 'a.jpg', mime: 'image/jpeg' };
    // one after the other, until one is on its way when the time has come
    while (here.channel.linked && here.channel.status.restartedAt.length === 0)
      await here.channel.send(chatOf('996555000001'), { text: 'Сүрөт', file });
    await restarted();
    const [restartedAt] = here.channel.status.restartedAt;
    expect((restartedAt?.getTime() ?? 0) - openedAtMs).toBeGreaterThanOrEqual(8_000);
    await here.ready(); // a first pause would be longer than is waited for
  });

  it('begins anew when the browser is killed', async () => {
    await here.link();
    here.web.trouble.killBrowser();
    await restarted();
    await works('салам');
  });

  it('begins anew when the page hangs, and leaves no browser behind', async () => {
    await here.channel.close();
    await here.open({ answerMs: 5_000 });
    await here.link();
    await here.web.trouble.hang();
    await restarted();
    await works('салам');
    expect(here.web.browsers()).toHaveLength(1);
  });

  it('waits for WhatsApp to answer at a start', async () => {
    await here.web.trouble.set({ answers: 'nothing' });
    await here.channel.close();
    await here.open();
    await restarted();
    await here.web.trouble.set({ answers: 'page' });
    await here.link();
    await works('салам');
  });

  it('shows a new QR code when the old one is not renewed', async () => {
    await here.channel.close();
    await here.open({ qrMs: 12_000 });
    await eventually(state).toBe('qr');
    await here.web.trouble.qrGoesStale();
    await restarted();
    await here.link();
  });

  it('is linked again after it was unlinked on the phone, also over a further restart', async () => {
    await here.link();
    const profile = join(here.dataDir, 'whatsapp/session-bot');
    await writeFile(join(profile, 'of the old link'), '');
    await here.web.phone.unlink();
    await eventually(state).toBe('qr');
    expect(await readdir(profile)).not.toContain('of the old link');
    await here.link();
    await works('биринчи');
    await here.channel.close();
    await here.open();
    await works('экинчи');
    expect(here.channel.status.qr).toBeNull();
  });

  it('takes the session back when it was opened elsewhere', async () => {
    await here.link();
    await here.web.trouble.conflict();
    await eventually(state).toBe('degraded');
    await works('салам');
  });

  it('stays off when WhatsApp refuses the number', async () => {
    await here.link();
    await here.web.trouble.block();
    await eventually(state).toBe('blocked');
    await eventually(() => here.web.browsers()).toEqual([]);
    expect(here.channel.status.restartedAt).toEqual([]);
  });

  it('takes away what a browser on another machine has left in the profile', async () => {
    await here.link();
    await here.channel.close();
    const lock = join(here.dataDir, 'whatsapp/session-bot/SingletonLock');
    await symlink('another-machine-4711', lock);
    await here.open();
    await works('салам');
    expect(await readlink(lock).catch(() => 'none')).not.toBe('another-machine-4711');
  });

  it('says what to do where there is no browser, and goes on once there is one', async () => {
    await here.channel.close();
    await here.open({}, { chromium: join(here.dataDir, 'none') });
    await eventually(() => here.channel.status).toMatchObject({
      state: 'failed',
      trouble: expect.stringContaining('WHATSAPP_CHROMIUM_PATH'),
    });
    await symlink(here.web.launcher, join(here.dataDir, 'none'));
    await here.link();
  });

  it('links by a code that is typed on the phone, and renews it', async () => {
    await here.channel.close();
    const codes: string[] = [];
    await here.open({ pairingMs: 15_000 }, { pairPhone: '996700000000', onCode: ({ value }) => codes.push(value) });
    await eventually(() => codes.length).toBe(1);
    expect(here.channel.status).toMatchObject({ state: 'pairing', pairingCode: codes[0], qr: null });
    await restarted();
    await eventually(() => codes.length).toBe(2);
    await here.web.phone.enterPairingCode(codes[1] ?? '');
    await works('салам');
    expect(here.channel.status.pairingCode).toBeNull();
  });

  it('is asked to wait for nobody where a code was not used', async () => {
    await here.channel.close();
    await here.open({ qrMs: 12_000, firstPauseMs: 120_000 });
    await restarted();
    await here.link();
  });

  it('ends its browser with itself', async () => {
    await here.link();
    await here.channel.close();
    await eventually(() => here.web.browsers()).toEqual([]);
    expect(await readdir(join(here.dataDir, 'whatsapp/session-bot'))).not.toContain('SingletonLock');
  });
});
