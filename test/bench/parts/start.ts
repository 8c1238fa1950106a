import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BotProcess } from '../../support/bot-process.ts';
import { memoryOf } from '../machine.ts';
import type { Pace } from '../pace.ts';
import { heading, spread, table } from '../print.ts';
import { openServer } from '../server.ts';

const REST_MS = 3000;

/** From the command to `started`, on an empty database and again; what it takes then while nobody writes. */
export async function start({ rounds }: Pace): Promise<void> {
  const server = await openServer();
  try {
    heading(`start, and memory at rest, ${server.about}`);
    const lines = [['', 'first start s', 'restart s', 'at rest MB', 'peak MB']];
    const embedded = async (work: (env: NodeJS.ProcessEnv) => Promise<void>) => work({ DATABASE_URL: undefined });
    const postgres = async (work: (env: NodeJS.ProcessEnv) => Promise<void>) => {
      const databaseUrl = await server.createDatabase();
      await work({ DATABASE_URL: databaseUrl });
      await server.dropDatabase(databaseUrl);
    };
    lines.push(['embedded database', ...(await measure(embedded, rounds))]);
    lines.push(['PostgreSQL (the program alone)', ...(await measure(postgres, rounds))]);
    table(lines);
  } finally {
    await server.stop();
  }
}

async function measure(
  on: (work: (env: NodeJS.ProcessEnv) => Promise<void>) => Promise<void>,
  rounds: number,
): Promise<string[]> {
  const first: number[] = [];
  const again: number[] = [];
  const rest: number[] = [];
  const peak: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const dataDir = mkdtempSync(join(tmpdir(), 'sunush-bench-'));
    await on(async (env) => {
      first.push((await startOnce({ ...env, DATA_DIR: dataDir })).seconds);
      const { seconds, nowMb, peakMb } = await startOnce({ ...env, DATA_DIR: dataDir });
      again.push(seconds);
      rest.push(nowMb);
      peak.push(peakMb);
    });
    rmSync(dataDir, { recursive: true, force: true });
  }
  return [spread(first, 1), spread(again, 1), spread(rest), spread(peak)];
}

async function startOnce(env: NodeJS.ProcessEnv) {
  const bot = new BotProcess(env);
  const startedAt = performance.now();
  try {
    await bot.start();
    const seconds = (performance.now() - startedAt) / 1000;
    await pause(REST_MS);
    const memory = memoryOf(bot.pid);
    return { seconds, nowMb: memory?.nowMb ?? Number.NaN, peakMb: memory?.peakMb ?? Number.NaN };
  } finally {
    await bot.stop();
  }
}
