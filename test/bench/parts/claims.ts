import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { systemClock } from '../../../src/core/clock.ts';
import type { Context } from '../../../src/core/context.ts';
import { type OpenDatabase, openDatabase } from '../../../src/db/open.ts';
import { claimBulk, claimPersonal, type DuePlace } from '../../../src/deliveries/claim.ts';
import { completeDeliveries } from '../../../src/deliveries/complete.ts';
import { sendNotice } from '../../../src/deliveries/send-notice.ts';
import { pauseSend, resumeSend } from '../../../src/deliveries/steer-send.ts';
import { ensureDefaultCatalogue } from '../../../src/places/load-catalogue.ts';
import { silentLog } from '../../support/log.ts';
import { cpuMs, familyCpuMs, memoryOf } from '../machine.ts';
import { FULL, type Pace } from '../pace.ts';
import { heading, percentile, table } from '../print.ts';
import { seedResidents, seedSend } from '../seed-send.ts';
import { openServer, withSql } from '../server.ts';

const OF = { channel: 'telegram', account: '1234567890' } as const;
/** What is claimed at once at a thousand a second is less; this is to show the table, not the statements. */
const BATCH = 200;
const NOTICES = 100;
const LOOK_MS = 500;
const TENTHS = ['of all', 'a second', 'CPU ms per 100', 'server CPU', 'resident MB'];

/** How fast an announcement to a million people is claimed and completed, from the first to the last; what waits beside. */
export async function claims(pace: Pace): Promise<void> {
  const count = pace === FULL ? 1_000_000 : 100_000;
  const server = await openServer();
  const dataDir = mkdtempSync(join(tmpdir(), 'sunush-bench-'));
  const databaseUrl = await server.createDatabase();
  try {
    heading(`claims: ${count} pending, ${BATCH} at a time, one sender, ${server.about}`);
    const open = await openDatabase({ databaseUrl, dataDir, role: 'start', log: silentLog });
    try {
      const ctx: Context = { db: open.db, clock: systemClock, log: silentLog, actor: { type: 'system', job: 'bench' } };
      await ensureDefaultCatalogue(ctx, { timeZone: 'Asia/Bishkek' });
      const send = await withSql(databaseUrl, async (db) => {
        await seedResidents(db, count);
        return seedSend(db, 'Эртең саат 10:00дө клубда жыйын болот.');
      });
      table([['', 'p50 ms', 'p95 ms', 'max ms'], ...(await beside(open, ctx, send))]);
      table([TENTHS, ...(await tenths(open, count, server.pid))]);
    } finally {
      await open.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    await server.dropDatabase(databaseUrl);
    await server.stop();
  }
}

/** What is personal, and what stops a send, while all of it waits. */
async function beside({ db }: OpenDatabase, ctx: Context, send: number): Promise<string[][]> {
  const personal: number[] = [];
  for (let one = 1; one <= NOTICES; one += 1) {
    const write = () => ({ text: 'Сунушуңуз планга кирди.' });
    const notice = { municipalityId: 1, subject: 'proposal:1', residentIds: [one], audience: 'own', write } as const;
    await db.transaction((tx) => sendNotice(tx, ctx, notice));
    const startedAt = performance.now();
    const claimed = await claimPersonal(db, OF, { epoch: 1, limit: 20, pausedChats: [] });
    personal.push(performance.now() - startedAt);
    if (claimed.length !== 1) throw new Error(`${claimed.length} notices were claimed, expected one`);
    await completeDeliveries(
      db,
      claimed.map((item) => ({ ...item, externalId: '1', found: false })),
    );
  }
  const pausing = [await timed(() => db.transaction((tx) => pauseSend(tx, send)))];
  const passing: number[] = [];
  for (let one = 0; one < 20; one += 1) {
    const look = { epoch: 1, limit: 20, scan: 1_000, pausedChats: [], from: null };
    passing.push(await timed(async () => void (await claimBulk(db, OF, look))));
  }
  const resuming = [await timed(() => db.transaction((tx) => resumeSend(tx, send)))];
  return [
    ['claim of a notice', ...cells(personal)],
    ['pause of the send', ...cells(pausing)],
    ['claim that sets 1000 paused ones aside', ...cells(passing)],
    ['resume of the send', ...cells(resuming)],
  ];
}

async function tenths({ db }: OpenDatabase, count: number, serverPid: number | null): Promise<string[][]> {
  const lines: string[][] = [];
  let from: DuePlace | null = null;
  let done = 0;
  let before = 0;
  const sample = () => ({
    atMs: performance.now(),
    ownMs: cpuMs(process.pid),
    serverMs: serverPid === null ? Number.NaN : familyCpuMs(serverPid),
  });
  let lookedMs = performance.now();
  let begun = sample();
  for (;;) {
    const { claimed, began } = await claimBulk(db, OF, { epoch: 1, limit: BATCH, scan: BATCH, pausedChats: [], from });
    const again = performance.now() - lookedMs > LOOK_MS; // as the sender does
    if (again) lookedMs = performance.now();
    from = again ? null : began;
    if (claimed.length === 0) break;
    await completeDeliveries(
      db,
      claimed.map((item) => ({ ...item, externalId: String(item.id), found: false })),
    );
    done += claimed.length;
    if (done - before < count / 10) continue;
    const ended = sample();
    const hundreds = (done - before) / 100;
    lines.push([
      `${Math.round((done * 100) / count)} %`,
      ((hundreds * 100_000) / (ended.atMs - begun.atMs)).toFixed(0),
      ((ended.ownMs - begun.ownMs) / hundreds).toFixed(2),
      ((ended.serverMs - begun.serverMs) / hundreds).toFixed(2),
      (memoryOf(process.pid)?.nowMb ?? Number.NaN).toFixed(0),
    ]);
    before = done;
    begun = ended;
  }
  const [row] = await db.execute<{ count: number }>(
    sql`select count(*)::int as count from deliveries where bulk and status = 'sent'`,
  );
  if (row?.count !== count) throw new Error(`${row?.count} were sent, expected ${count}`);
  return lines;
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

function cells(ms: readonly number[]): string[] {
  return [percentile(ms, 0.5), percentile(ms, 0.95), Math.max(...ms)].map((value) => value.toFixed(1));
}
