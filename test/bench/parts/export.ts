import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { heading, table } from '../print.ts';
import { runCommand } from '../program.ts';
import { seedProposals } from '../seed.ts';
import { openServer } from '../server.ts';

/** `proposals export` of few and of many: the memory is not to grow with them. */
export async function exports(): Promise<void> {
  const server = await openServer();
  const dataDir = mkdtempSync(join(tmpdir(), 'sunush-bench-'));
  try {
    heading(`export through the command line, ${server.about}`);
    const lines = [['proposals', 'format', 's', 'peak MB', 'file MB']];
    for (const count of [1_000, 20_000, 100_000]) {
      const databaseUrl = await server.createDatabase();
      const env = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir };
      await runCommand(['migrate'], env);
      await seedProposals(databaseUrl, count);
      for (const format of ['csv', 'json']) {
        const out = join(dataDir, `proposals.${format}`);
        const { ms, peakMb } = await runCommand(['proposals', 'export', '--format', format, '--out', out], env);
        const cells = [(ms / 1000).toFixed(1), peakMb.toFixed(0), (statSync(out).size / 1e6).toFixed(1)];
        lines.push([String(count), format, ...cells]);
        rmSync(out);
      }
      await server.dropDatabase(databaseUrl);
    }
    table(lines);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    await server.stop();
  }
}
