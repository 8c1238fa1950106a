import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Inflow } from '../../../src/channels/whatsapp/inflow.ts';
import type { Verb, Verbs } from '../../../src/channels/whatsapp/ipc.ts';
import { StatusFile } from '../../../src/channels/whatsapp/status-file.ts';
import { createLogger } from '../../../src/core/logger.ts';
import { silentLog } from '../../support/log.ts';
import { eventually } from '../eventually.ts';

type ReadBack = Verbs['readBack'];

describe('Inflow', () => {
  let dir: string;
  let status: StatusFile;
  let lines: string[];
  let asked: ReadBack['args'][];
  let inflow: Inflow | undefined;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sunush-inflow-'));
    status = new StatusFile(dir, silentLog);
    lines = [];
    asked = [];
  });
  afterEach(async () => {
    await inflow?.close();
    await rm(dir, { recursive: true, force: true });
  });

  const at = (day: number) => new Date(Date.UTC(2026, 10, day, 12));
  const log = () => createLogger({ level: 'warn', destination: { write: (line) => lines.push(line) } });

  /** Reads back from a page that answers like this. */
  function readBack(stored: Date | null, answer: Partial<ReadBack['result']> = {}): void {
    const supervisor = {
      state: 'ready',
      ask: async (_: Verb, args: unknown) => {
        asked.push(args as ReadBack['args']);
        return { chats: 9, failed: 0, cut: 0, ...answer } as never;
      },
    } as const;
    inflow = new Inflow({ supervisor, status, lastStoredAt: async () => stored, log: log(), againMs: 5 });
    inflow.open(async () => {});
    inflow.readBack();
  }

  it('reads back from before what is known to be stored, of a backup too', async () => {
    status.set({ linkedAt: at(1), readUpTo: at(20) });
    readBack(at(18));
    await eventually(() => asked[0]?.since).toEqual(new Date(at(18).getTime() - 600_000));
  });

  it('reads nothing that the phone of another number said before it was linked', async () => {
    status.set({ linkedAt: at(21), notBefore: at(21), readUpTo: at(20) });
    readBack(at(18));
    await eventually(() => asked[0]?.since).toEqual(at(21));
  });

  it('takes what is unread no older than the link, and than what is remembered of the inbox', async () => {
    status.set({ linkedAt: new Date(Date.now() - 5 * 86_400_000), readUpTo: new Date() });
    readBack(new Date());
    await eventually(() => asked[0]?.unreadSince).toEqual(status.get().linkedAt);
    await inflow?.close();
    status.set({ linkedAt: at(1 - 365) });
    readBack(new Date());
    await eventually(() => asked[1]?.unreadSince.getTime()).toBeGreaterThan(Date.now() - 31 * 86_400_000);
  });

  it('reads chats that failed a few times more, tells how many they are, and goes on', async () => {
    status.set({ linkedAt: at(1), readUpTo: at(1) });
    readBack(at(1), { failed: 2 });
    await eventually(() => asked.length).toBe(5);
    await delay(50);
    await inflow?.close();
    expect(asked).toHaveLength(5);
    expect(status.get().readUpTo?.getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(lines.join('')).toContain('"chats":2');
  });

  it('tells where a chat held more than is read back', async () => {
    status.set({ linkedAt: at(1), readUpTo: at(1) });
    readBack(at(1), { cut: 1 });
    await eventually(() => lines.join('')).toContain('"chats":1');
    expect(asked).toHaveLength(1);
  });
});
