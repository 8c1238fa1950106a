import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createWhatsAppChannel, type WhatsAppChannel } from '../../../src/channels/whatsapp/channel.ts';
import { silentLog } from '../../support/log.ts';
import { eventually } from '../eventually.ts';

// Telegram and the rest run in the same process: whatever WhatsApp lacks, it must go on.
describe('a WhatsApp channel that cannot start', () => {
  let dataDir: string;
  let channel: WhatsAppChannel | undefined;
  const node = process.execPath;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sunush-whatsapp-'));
  });
  afterEach(async () => {
    process.execPath = node;
    await channel?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(): Promise<WhatsAppChannel> {
    channel = createWhatsAppChannel({
      dataDir,
      chromium: '/bin/false',
      timeZone: 'Asia/Bishkek',
      log: silentLog,
      lastStoredAt: async () => null,
      listUnread: async () => [],
      timing: { firstPauseMs: 50, longestPauseMs: 50 },
    });
    await channel.start(async () => {});
    return channel;
  }

  const file = () => join(dataDir, 'whatsapp/status.json');

  it('says what is wrong with its folder', async () => {
    await writeFile(join(dataDir, 'whatsapp'), 'a file');
    const { status } = await start();
    expect(status.state).not.toBe('ready');
    await eventually(() => channel?.status).toMatchObject({
      state: 'failed',
      trouble: expect.stringContaining(join(dataDir, 'whatsapp')),
    });
  });

  it('says that no process can be started', async () => {
    process.execPath = '';
    await start();
    await eventually(() => channel?.status.state).toBe('failed');
  });

  it('is not linked before it has looked, though it was when it was killed', async () => {
    await start();
    await channel?.close();
    const status = JSON.parse(await readFile(file(), 'utf8'));
    await writeFile(file(), JSON.stringify({ ...status, state: 'ready' }));
    expect((await start()).linked).toBe(false);
  });
});
