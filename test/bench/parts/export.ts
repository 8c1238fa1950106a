import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pace } from '../pace.ts';
import { heading, table } from '../print.ts';
import { runCommand } from '../program.ts';
import { seedProposals } from '../seed.ts';
import { openServer, type Server, withSql } from '../server.ts';

const FORMATS = ['csv', 'xlsx', 'json'] as const;
const SMALL = 1_000;

/**
 * `proposals export` of few and of many: the memory is not to grow with them. Beside it stands what the database itself
 * takes to give the same rows to one reader by `COPY`, which is as fast as they can be had.
 */
export async function exports({ rounds }: Pace): Promise<void> {
  const server = await openServer();
  const dataDir = mkdtempSync(join(tmpdir(), 'sunush-bench-'));
  try {
    heading(`export through the command line, ${server.about}`);
    const lines = [['proposals', 'format', 's', 'rows/s', 'peak MB', 'file MB']];
    for (const count of rounds > 1 ? [SMALL, 100_000, 1_000_000] : [SMALL, 100_000]) {
      lines.push(...(await measure(server, { dataDir, count })));
    }
    table(lines);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    await server.stop();
  }
}

async function measure(server: Server, { dataDir, count }: { dataDir: string; count: number }): Promise<string[][]> {
  const databaseUrl = await server.createDatabase();
  const env = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir };
  await runCommand(['staff', 'list'], env);
  await seedProposals(databaseUrl, count);
  const line = (format: string, ms: number, cells: string[]) => {
    const perSecond = Math.round((count * 1000) / ms).toLocaleString('en-US');
    return [String(count), format, (ms / 1000).toFixed(1), perSecond, ...cells];
  };
  const lines: string[][] = [];
  for (const format of FORMATS) {
    const out = join(dataDir, `proposals.${format}`);
    const { ms, peakMb } = await runCommand(['proposals', 'export', '--format', format, '--out', out], env);
    lines.push(line(format, ms, [peakMb.toFixed(0), (statSync(out).size / 1e6).toFixed(1)]));
    rmSync(out);
  }
  const copied = await copy(databaseUrl);
  lines.push(line('COPY', copied.ms, ['-', (copied.bytes / 1e6).toFixed(1)]));
  await server.dropDatabase(databaseUrl);
  return lines;
}

/** The columns of an export in one statement, read and thrown away. */
function copy(databaseUrl: string): Promise<{ ms: number; bytes: number }> {
  return withSql(databaseUrl, async (sql) => {
    const startedAt = performance.now();
    const stream = await sql`
      copy (
        select p.number, p.submitted_at, p.channel, p.village_id, p.sector_id, p.text, p.status, p.supporter_count,
          r.sex, r.age_band, p.language, (select count(*) from proposal_attachments a where a.proposal_id = p.id),
          p.answer, m.number, p.source
        from proposals p left join residents r on r.id = p.resident_id left join proposals m on m.id = p.merged_into_id
        order by p.id
      ) to stdout with (format csv)`.readable();
    let bytes = 0;
    for await (const chunk of stream) bytes += (chunk as Buffer).length;
    return { ms: performance.now() - startedAt, bytes };
  });
}
