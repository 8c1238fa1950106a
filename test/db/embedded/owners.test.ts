import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../src/db/open.ts';
import { spawnScript } from '../../support/child.ts';
import { silentLog } from '../../support/log.ts';

const childFile = new URL('../child.ts', import.meta.url);
const ROUNDS = process.env.SOAK === 'full' ? 25 : 2;
const OPEN_WITHIN_MS = 300_000;

describe('openDatabase, on one folder by many processes', { timeout: OPEN_WITHIN_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunush-owners-'));
  const dataDir = join(folder, `${'long-'.repeat(30)}`.slice(0, 150 - folder.length - 1));
  const env = { DATA_DIR: dataDir, DATABASE_URL: undefined };
  beforeAll(async () => {
    const open = await openDatabase({ dataDir, role: 'command', log: silentLog });
    await open.close();
  }, OPEN_WITHIN_MS);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('works in a folder whose path is 150 bytes long', () => {
    expect(Buffer.byteLength(dataDir)).toBe(150);
    expect(readdirSync(dataDir).sort()).toEqual(['db', 'run']);
  });

  it('lets one of four starters own the folder after its owner was killed', { timeout: ROUNDS * 150_000 }, async () => {
    let owner = spawnScript(childFile, ['start'], env);
    await owner.line('open');
    for (let round = 0; round < ROUNDS; round += 1) {
      owner.kill('SIGKILL');
      const starters = Array.from({ length: 4 }, () => spawnScript(childFile, ['start'], env));
      const outcomes = await Promise.all(
        starters.map((starter) => Promise.any([starter.line('open'), starter.line('already-running')])),
      );
      expect(outcomes.map((line) => line.split(':')[0]).sort()).toEqual([
        'already-running',
        'already-running',
        'already-running',
        'open',
      ]);
      owner = starters[outcomes.indexOf('open')] ?? owner;
    }
    owner.tell('end');
    expect(await owner.exited).toBe(0);
  });

  it('lets commands in while the program runs, and ends them when it is killed', async () => {
    const owner = spawnScript(childFile, ['start'], env);
    await owner.line('open');
    const guests = [spawnScript(childFile, ['command'], env), spawnScript(childFile, ['command'], env)] as const;
    await Promise.all(guests.map((guest) => guest.line('open')));
    guests[0].tell('end');
    await guests[0].line('answers 1');
    expect(await guests[0].exited).toBe(0);
    owner.kill('SIGKILL');
    expect(await guests[1].exited).toBe(1);
    expect(guests[1].output()).toMatch(/The connection to the database was lost|process that served .* ended/);
  });

  it('keeps a command that owns the folder until its guests have gone, and a starter waits that long', async () => {
    const owner = spawnScript(childFile, ['command'], env);
    await owner.line('open');
    const guest = spawnScript(childFile, ['command'], env);
    await guest.line('open');
    const starter = spawnScript(childFile, ['start'], env);
    await starter.line('waiting');
    owner.tell('end');
    await owner.line('answers');
    guest.tell('end');
    await guest.line('answers 1');
    expect(await Promise.all([guest.exited, owner.exited])).toEqual([0, 0]);
    await starter.line('open');
    starter.tell('end');
    expect(await starter.exited).toBe(0);
  });
});

describe('openDatabase, in a folder that it cannot use', () => {
  it('says so in one sentence and leaves the folder alone', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sunush-unusable-'));
    try {
      writeFileSync(join(folder, 'file'), 'a file');
      mkdirSync(join(folder, 'run-is-a-file'));
      writeFileSync(join(folder, 'run-is-a-file', 'run'), '');
      const open = (dataDir: string) => openDatabase({ dataDir, role: 'start', log: silentLog });
      await expect(open(join(folder, 'file', 'data'))).rejects.toMatchObject({
        code: 'data-dir',
        message: expect.stringMatching(/^The data folder .* cannot be used: a part of its path is a file\.$/),
      });
      await expect(open(join(folder, 'run-is-a-file'))).rejects.toMatchObject({ code: 'data-dir' });
      expect(readdirSync(folder, { recursive: true }).sort()).toEqual(['file', 'run-is-a-file', 'run-is-a-file/run']);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
