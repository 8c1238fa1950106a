import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { type App, createApp } from '../../../src/app.ts';
import { createSimulatorChannel, type SimulatorChannel } from '../../../src/channels/simulator/channel.ts';
import { readConfig } from '../../../src/config.ts';
import { systemClock } from '../../../src/core/clock.ts';
import { type OpenDatabase, openDatabase } from '../../../src/db/open.ts';
import { inviteStaff } from '../../../src/staff/invite-staff.ts';
import { silentLog } from '../../support/log.ts';
import { FULL, type Pace } from '../pace.ts';
import { heading, percentile, table } from '../print.ts';
import { runCommand } from '../program.ts';
import { seedProposals, seedSupports } from '../seed.ts';
import { openServer, type Server, withSql } from '../server.ts';

const TIMES = 200;
const COUNTED_WITHIN_MS = 300_000;
/** What an officer writes: the report, one of its tables, the first card of the queue, the next ones. */
const WORDS = [
  ['/stats', '/stats'],
  ['/stats, by village', 'Айылдар боюнча'],
  ['/inbox', '/inbox'],
  ['/inbox, next', 'Кийинки'],
] as const;

/** How long an officer waits for `/stats` and `/inbox` beside many proposals, from the message to its answer. */
export async function office(pace: Pace): Promise<void> {
  const server = await openServer();
  try {
    heading(`office, ${server.about}, one officer, ${TIMES} times each`);
    const lines = [['proposals', 'what', 'p50 ms', 'p95 ms', 'max ms']];
    for (const count of pace === FULL ? [100_000, 1_000_000] : [100_000]) lines.push(...(await measure(server, count)));
    table(lines);
  } finally {
    await server.stop();
  }
}

async function measure(server: Server, count: number): Promise<string[][]> {
  const databaseUrl = await server.createDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'sunush-bench-'));
  // brings the catalogue too
  await runCommand(['staff', 'list'], { DATABASE_URL: databaseUrl, DATA_DIR: dataDir });
  await seedProposals(databaseUrl, count);
  await seedSupports(databaseUrl);
  const open = await openDatabase({ databaseUrl, dataDir, role: 'start', log: silentLog });
  const channel = createSimulatorChannel({ dir: join(dataDir, 'simulator'), clock: systemClock });
  const config = readConfig({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir, LOG_LEVEL: 'silent' }, false);
  const app = await createApp({
    config,
    open,
    clock: systemClock,
    log: silentLog,
    channels: [channel],
    messagesPerMinute: 1e6,
  });
  try {
    await app.start();
    const startedAt = performance.now();
    await counted(databaseUrl);
    console.log(`${count}: counted within ${((performance.now() - startedAt) / 1000).toFixed(1)} s of the start`);
    const officer = await joined(open, app, channel);
    const lines: string[][] = [];
    for (const [what, words] of WORDS) {
      const took: number[] = [];
      for (let time = 0; time < TIMES; time += 1) took.push(await officer(words));
      const cells = [percentile(took, 0.5), percentile(took, 0.95), Math.max(...took)];
      lines.push([String(count), what, ...cells.map((ms) => ms.toFixed(0))]);
    }
    return lines;
  } finally {
    await app.stop();
    await open.close();
    await server.dropDatabase(databaseUrl);
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** Resolves once the sweeper has kept a report. @throws {Error} when it takes too long */
async function counted(databaseUrl: string): Promise<void> {
  await withSql(databaseUrl, async (sql) => {
    for (let waitedMs = 0; waitedMs < COUNTED_WITHIN_MS; waitedMs += 100) {
      const [row] = await sql`select 1 from statistics_reports`;
      if (row !== undefined) return;
      await setTimeout(100);
    }
    throw new Error(`no report was kept within ${COUNTED_WITHIN_MS / 1000} s`);
  });
}

/** An officer who has joined: says something, and resolves to the milliseconds until it is answered. */
async function joined(
  { db }: OpenDatabase,
  app: App,
  channel: SimulatorChannel,
): Promise<(text: string) => Promise<number>> {
  const says = async (text: string) => {
    const startedAt = performance.now();
    await channel.say('officer', { kind: 'text', text });
    await app.runner.idle();
    for (const account of app.accounts) await account.quiet();
    const ms = performance.now() - startedAt;
    if (channel.transcript('officer').at(-1)?.from !== 'bot') throw new Error(`'${text}' was not answered`);
    return ms;
  };
  const operator = { db, clock: systemClock, log: silentLog, actor: { type: 'operator', name: 'bench' } } as const;
  const [municipality] = (await app.places.read(db)).municipalities;
  const { code } = await inviteStaff(operator, {
    municipalityId: municipality?.id ?? 0,
    role: 'officer',
    name: 'Айнура',
  });
  await says(`/staff ${code}`);
  await says('Кыргызча');
  return says;
}
