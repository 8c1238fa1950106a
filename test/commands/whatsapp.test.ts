import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StatusFile } from '../../src/channels/whatsapp/status-file.ts';
import { silentLog } from '../support/log.ts';
import { runHere } from '../support/run-here.ts';

describe('sunush whatsapp status', () => {
  let dataDir: string;
  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'sunush-status-'));
    await mkdir(join(dataDir, 'whatsapp'));
  });
  afterEach(() => rm(dataDir, { recursive: true, force: true }));

  const status = (...args: string[]) =>
    runHere(['whatsapp', 'status', ...args], { DATA_DIR: dataDir, WHATSAPP_ENABLED: 'true' });
  const file = () => new StatusFile(join(dataDir, 'whatsapp'), silentLog);

  it('says that nothing was ever linked', async () => {
    const { code, out } = await status();
    expect(code).toBe(0);
    expect(out).toContain('state: stopped');
    expect(out).toContain('none linked yet');
  });

  it('shows the code while there is one', async () => {
    file().set({ state: 'qr', qr: '2@abc,def' });
    const { out } = await status();
    expect(out).toContain('state: qr since');
    expect(out).toContain('█');
  });

  it('tells programs of restarts, and of what came and went last', async () => {
    const at = new Date('2026-03-01T10:00:00Z');
    file().set({ state: 'ready', number: '996700000000', lastInboundAt: at, restartedAt: [new Date(), at] });
    expect(JSON.parse((await status('--json')).out)).toMatchObject({
      running: true,
      state: 'ready',
      number: '996700000000',
      lastInboundAt: at.toISOString(),
      lastAckAt: null,
      restartsLastHour: 1,
    });
  });

  it('does not believe the file of a process that has ended', async () => {
    const left = file();
    left.set({ state: 'ready', pid: 2 ** 22 - 7 });
    expect(JSON.parse((await status('--json')).out)).toMatchObject({ running: false, state: 'stopped' });
  });
});
