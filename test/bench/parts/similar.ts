import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { systemClock } from '../../../src/core/clock.ts';
import { type OpenDatabase, openDatabase } from '../../../src/db/open.ts';
import { ensureDefaultCatalogue } from '../../../src/places/load-catalogue.ts';
import { foldProposal } from '../../../src/proposals/fold.ts';
import { findSimilar } from '../../../src/proposals/similar.ts';
import { silentLog } from '../../support/log.ts';
import { readNeeds } from '../../support/needs.ts';
import type { Pace } from '../pace.ts';
import { heading, percentile, table } from '../print.ts';
import { openServer } from '../server.ts';

const ROWS = 100_000;
const BATCH = 2_000;
/** Asked for; all are of it, or as many of each of the others. */
const VILLAGES = ['mantysh', 'kyzyl-dobo', 'kara-moinok', 'ortok', 'ak-talaa'] as const;
const [VILLAGE] = VILLAGES;
/** What people add to a need, so that no two rows are the same. */
const PLACES = [
  'жогорку көчөдө',
  'төмөнкү көчөдө',
  'мектептин жанында',
  'клубдун артында',
  'на нашей улице',
  'у реки',
  '',
];

/** How long the look-up of similar proposals takes among a hundred thousand of five villages, and of one alone. */
export async function similar({ rounds }: Pace): Promise<void> {
  const server = await openServer();
  const dataDir = mkdtempSync(join(tmpdir(), 'sunush-bench-'));
  try {
    heading(`similar: one of ${ROWS} proposals, ${server.about}`);
    const lines = [['', 'look-ups', 'found', 'p50 ms', 'p95 ms', 'max ms', 'seed s']];
    for (const villages of [VILLAGES, [VILLAGE]]) {
      const of = `of ${villages.length} village(s)`;
      const databaseUrl = await server.createDatabase();
      lines.push(await measure(`PostgreSQL, ${of}`, await open(dataDir, databaseUrl), { rounds, villages }));
      const folder = mkdtempSync(join(dataDir, 'embedded-'));
      lines.push(await measure(`embedded, ${of}`, await open(folder), { rounds, villages }));
    }
    table(lines);
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    await server.stop();
  }
}

function open(dataDir: string, databaseUrl?: string): Promise<OpenDatabase> {
  return openDatabase({ databaseUrl, dataDir, role: 'start', log: silentLog });
}

async function measure(
  name: string,
  opened: OpenDatabase,
  { rounds, villages }: { rounds: number; villages: readonly string[] },
): Promise<string[]> {
  const { db } = opened;
  const ctx = { db, clock: systemClock, log: silentLog, actor: { type: 'system', job: 'bench' } } as const;
  try {
    const startedAt = performance.now();
    await ensureDefaultCatalogue(ctx, { timeZone: 'Asia/Bishkek' });
    for (let from = 0; from < ROWS; from += BATCH) await insert(opened, from, villages);
    await db.execute(sql`analyze proposals`);
    const seedS = (performance.now() - startedAt) / 1000;
    const asked = readNeeds('needs.tsv')
      .slice(0, rounds > 1 ? undefined : 60)
      .map(({ text }) => `${text} бизге да керек`);
    const took: number[] = [];
    let found = 0;
    for (let round = 0; round <= rounds; round++) {
      for (const text of asked) {
        const at = performance.now();
        const offered = await findSimilar(ctx, {
          text,
          villageId: VILLAGE,
          test: false,
          limit: 3,
          ignored: ['Мантыш'],
        });
        // the first round warms up
        if (round > 0) took.push(performance.now() - at);
        if (round > 0 && offered.length > 0) found += 1;
      }
    }
    const cells = [percentile(took, 0.5), percentile(took, 0.95), Math.max(...took)].map((ms) => ms.toFixed(1));
    return [name, String(took.length), String(found), ...cells, seedS.toFixed(0)];
  } finally {
    await opened.close();
  }
}

async function insert({ db }: OpenDatabase, from: number, villages: readonly string[]): Promise<void> {
  const needs = readNeeds('needs-own.tsv');
  const texts = Array.from({ length: BATCH }, (_, at) => {
    const n = from + at;
    const need = needs[n % needs.length]?.text ?? '';
    const place = PLACES[Math.floor(n / needs.length) % PLACES.length] ?? '';
    return [need, place, n % 3 === 0 ? `${1 + (n % 90)}-үй` : ''].filter((part) => part !== '').join(', ');
  });
  const folded = texts.map((text) => foldProposal(text, null));
  await db.execute(sql`
    insert into proposals (municipality_id, number, year, sequence, test, channel, source, village_id, sector_id, text,
      first_text, folded, language, status, submitted_at, updated_at)
    select m.id, m.code || '-2026-' || (${from}::int + t.n), 2026, ${from}::int + t.n, false, 'telegram', 'chat',
      (${sql.param([...villages])}::text[])[1 + t.n % ${villages.length}::int], 'roads', t.text, t.text, t.folded, 'ky', 'received', now(), now()
    from municipalities m
    cross join unnest(${sql.param(texts)}::text[], ${sql.param(folded)}::text[]) with ordinality as t (text, folded, n)`);
}
