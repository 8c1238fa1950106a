import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needs } from '../../support/stored.ts';
import { workbook } from '../../support/workbook.ts';
import { heading, table } from '../print.ts';
import { runCommand } from '../program.ts';
import { seedProposals } from '../seed.ts';
import { openServer } from '../server.ts';

const COUNT = 10_000;

/** `import` of 10,000 rows in one transaction, into an empty database and beside 100,000 proposals; then once more. */
export async function imports(): Promise<void> {
  const server = await openServer();
  const dataDir = mkdtempSync(join(tmpdir(), 'sunush-bench-'));
  try {
    heading(`import of ${COUNT} rows through the command line, ${server.about}`);
    const rows = [['text', 'village', 'date', 'sex', 'age_band'], ...needs(COUNT).map(row)];
    const files = { csv: join(dataDir, 'rows.csv'), xlsx: join(dataDir, 'rows.xlsx') };
    writeFileSync(files.csv, rows.map((cells) => cells.join(';')).join('\n'));
    writeFileSync(files.xlsx, workbook(rows));
    const lines = [['proposals before', 'file', 's', 'the same again, s', 'peak MB']];
    for (const before of [0, 100_000]) {
      for (const [kind, path] of Object.entries(files)) {
        const databaseUrl = await server.createDatabase();
        const env = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir };
        await runCommand(['staff', 'list'], env); // brings the catalogue too
        await seedProposals(databaseUrl, before);
        const first = await runCommand(['import', path], env);
        const again = await runCommand(['import', path], env);
        const seconds = [first, again].map(({ ms }) => (ms / 1000).toFixed(1));
        lines.push([String(before), kind, ...seconds, first.peakMb.toFixed(0)]);
        await server.dropDatabase(databaseUrl);
      }
    }
    table(lines);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    await server.stop();
  }
}

function row(text: string, at: number): string[] {
  const day = `${String(1 + (at % 28)).padStart(2, '0')}.0${1 + (at % 9)}.2025`;
  return [text.replaceAll(';', ','), 'Мантыш', day, at % 2 === 0 ? 'аял' : 'эркек', at % 3 === 0 ? '' : '34'];
}
