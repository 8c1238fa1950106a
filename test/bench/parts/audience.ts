import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { createAnnouncement } from '../../../src/announcements/create-announcement.ts';
import { releaseAnnouncement } from '../../../src/announcements/release-announcement.ts';
import { runAnnouncements } from '../../../src/announcements/run-announcements.ts';
import { systemClock } from '../../../src/core/clock.ts';
import type { Context } from '../../../src/core/context.ts';
import { type OpenDatabase, openDatabase } from '../../../src/db/open.ts';
import { ensureDefaultCatalogue } from '../../../src/places/load-catalogue.ts';
import { silentLog } from '../../support/log.ts';
import { FULL, type Pace } from '../pace.ts';
import { heading, spread, table } from '../print.ts';
import { openServer } from '../server.ts';

/** How long it takes to make a delivery for everybody, beside an INSERT … SELECT that only copies as many rows. */
export async function audience(pace: Pace): Promise<void> {
  const server = await openServer();
  const dataDir = mkdtempSync(join(tmpdir(), 'sunush-bench-'));
  try {
    const count = pace === FULL ? 1_000_000 : 100_000;
    heading(`audience: a delivery for each of ${count} residents, ${server.about}, by turns`);
    const databaseUrl = await server.createDatabase();
    const open = await openDatabase({ databaseUrl, dataDir, role: 'start', log: silentLog });
    try {
      await measure(open, count, pace.rounds);
    } finally {
      await open.close();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
    await server.stop();
  }
}

async function measure({ db }: OpenDatabase, count: number, rounds: number): Promise<void> {
  const ctx: Context = { db, clock: systemClock, log: silentLog, actor: { type: 'operator', name: 'bench' } };
  await ensureDefaultCatalogue(ctx, { timeZone: 'Asia/Bishkek' });
  await seed(ctx, count);
  const bare: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const id = await released(ctx);
    ours.push(await timed(() => runAnnouncements({ ctx, mediaDir: '/none' })));
    const [made] = await db.execute<{ count: number }>(sql`select count(*)::int as count from deliveries where bulk`);
    if (made?.count !== count) throw new Error(`${made?.count} deliveries were made, expected ${count}`);
    await db.execute(sql`create table if not exists copied as select * from deliveries`);
    await empty(ctx, id);
    const send = await bareSend(ctx);
    bare.push(
      await timed(async () => {
        await db.execute(sql`
          insert into deliveries (send_id, address_id, channel, account, language, bulk, status)
          select ${send}, address_id, channel, account, language, true, 'pending' from copied`);
      }),
    );
    await empty(ctx, null);
  }
  const ratios = ours.map((ms, at) => ms / (bare[at] ?? Number.NaN));
  table([
    ['', 's'],
    [
      'bare INSERT … SELECT',
      spread(
        bare.map((ms) => ms / 1000),
        2,
      ),
    ],
    [
      'audience, opt-outs, deliveries, ANALYZE',
      spread(
        ours.map((ms) => ms / 1000),
        2,
      ),
    ],
    ['ratio', spread(ratios, 2)],
  ]);
}

async function timed(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

async function seed({ db }: Context, count: number): Promise<void> {
  await db.execute(sql`
    insert into residents (language, village_id, name, consent_version, consent_at, created_at)
    select (array['ky', 'ru', 'en'])[1 + n % 3], v.id, 'p' || n, '1', now(), now()
    from generate_series(1, ${count}::int) n
    join (select id, row_number() over (order by id) - 1 as at, count(*) over () as many from villages) v
      on v.at = n % v.many`);
  await db.execute(sql`
    insert into addresses (resident_id, channel, account, external_id) select id, 'telegram', '1', id::text from residents`);
  await db.execute(sql`analyze residents`);
  await db.execute(sql`analyze addresses`);
}

async function released(ctx: Context): Promise<number> {
  const [row] = await ctx.db.execute<{ id: string }>(sql`select id::text from municipalities limit 1`);
  const texts = { ky: 'Саламатсыздарбы' };
  const { id } = await createAnnouncement(ctx, { municipalityId: Number(row?.id), kind: 'other', texts });
  await releaseAnnouncement(ctx, { announcementId: id, mediaDir: '/none' });
  return id;
}

async function bareSend({ db }: Context): Promise<string> {
  const [row] = await db.execute<{ id: string }>(sql`
    insert into sends (municipality_id, kind, subject, created_at, deadline_at)
    select id, 'announcement', 'bare', now(), now() from municipalities limit 1 returning id::text`);
  return row?.id ?? '';
}

async function empty({ db }: Context, announcementId: number | null): Promise<void> {
  if (announcementId !== null)
    await db.execute(sql`update announcements set state = 'canceled' where id = ${announcementId}`);
  await db.execute(sql`truncate deliveries`);
  await db.execute(sql`vacuum deliveries`);
  await db.execute(sql`checkpoint`);
}
