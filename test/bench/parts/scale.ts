import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pace } from '../pace.ts';
import { heading, table } from '../print.ts';
import { runCommand } from '../program.ts';
import { RUN_COLUMNS, type Run, runBot, runCells } from '../run.ts';
import { seedProposals } from '../seed.ts';
import { openServer, type Server } from '../server.ts';
import { sunush } from '../subjects.ts';

const COUNTS = [1_000, 1_000_000];
const RESIDENTS = 50;

/** The cost of a message with few and with many stored proposals, by turns: it is not to grow. */
export async function scale({ rounds, ...times }: Pace): Promise<void> {
  const server = await openServer();
  try {
    const databases = new Map<number, string>();
    for (const count of COUNTS) databases.set(count, await prepare(server, count));
    heading(`scale, ${RESIDENTS} residents at a time, ${server.about}, ${rounds} x ${times.forMs / 1000} s by turns`);
    const runs = new Map<number, Run[]>(COUNTS.map((count) => [count, []]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [count, template] of databases) {
        // a copy each time: the load's updates count from one again, and would be known already
        const databaseUrl = await server.createDatabase(template);
        runs.get(count)?.push(await runBot(sunush, databaseUrl, server, { residents: RESIDENTS, ...times }));
        await server.dropDatabase(databaseUrl);
      }
    }
    table([['proposals', ...RUN_COLUMNS], ...[...runs].map(([count, of]) => [String(count), ...runCells(of)])]);
    for (const databaseUrl of databases.values()) await server.dropDatabase(databaseUrl);
  } finally {
    await server.stop();
  }
}

async function prepare(server: Server, count: number): Promise<string> {
  const databaseUrl = await server.createDatabase();
  const dataDir = mkdtempSync(join(tmpdir(), 'sunush-bench-'));
  await runCommand(['staff', 'list'], { DATABASE_URL: databaseUrl, DATA_DIR: dataDir });
  rmSync(dataDir, { recursive: true, force: true });
  const startedAt = performance.now();
  await seedProposals(databaseUrl, count);
  console.log(`${count} proposals stored in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  return databaseUrl;
}
