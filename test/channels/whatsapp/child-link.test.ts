import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChildLink } from '../../../src/channels/whatsapp/child-link.ts';

// An error that nobody takes ends the program, and this run of the tests with it.
describe('ChildLink', () => {
  let dir: string;
  const node = process.execPath;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sunush-child-'));
  });
  afterEach(async () => {
    process.execPath = node;
    await rm(dir, { recursive: true, force: true });
  });

  function begun() {
    const options = {
      chromium: '/bin/false',
      pairPhone: null,
      noSandbox: true,
      callMs: 1_000,
      protocolTimeoutMs: 1_000,
    };
    return new ChildLink({ profileDir: join(dir, 'session-bot'), ...options }, () => {});
  }

  it('rejects all that is asked at once of a process that has just died', async () => {
    const link = begun();
    process.kill(link.pid ?? 0, 'SIGKILL');
    const until = performance.now() + 200; // the system has closed the pipe, and nobody here has heard of it
    while (performance.now() < until);
    const asked = await Promise.allSettled(Array.from({ length: 5 }, () => link.ask('connection', null, 5_000)));
    expect(asked.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
    await link.ended;
  });

  it('ends where the process cannot be started', async () => {
    process.execPath = '/nonexistent/node';
    const link = begun();
    await link.ended;
    await expect(link.ask('connection', null, 5_000)).rejects.toMatchObject({ reason: 'unreachable' });
    await link.kill();
  });
});
