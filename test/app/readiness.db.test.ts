import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/core/clock.ts';
import { useDatabase } from '../support/database.ts';
import { silentLog } from '../support/log.ts';

describe('/readyz of the whole program', () => {
  const database = useDatabase();
  let app: App;

  beforeAll(async () => {
    const config = readConfig({ DATA_DIR: database.dataDir, SIMULATOR: 'local', PORT: '0' }, false);
    app = await createApp({ config, open: database.open, clock: systemClock, log: silentLog });
    await app.start();
  });
  afterAll(() => app.stop());

  async function ask(path: string): Promise<{ status: number; body: unknown }> {
    const answer = await app.web?.app.request(path);
    return { status: answer?.status ?? 0, body: await answer?.json() };
  }

  it('tells of the database and of each channel', async () => {
    await expect
      .poll(() => ask('/readyz'))
      .toEqual({
        status: 200,
        body: { database: 'ready', channels: { simulator: { account: 'local', sender: 'here' } } },
      });
  });

  it('is 503 while the database does not answer, though the process is well', async () => {
    await database.db.transaction(async (tx) => {
      await tx.execute(sql`lock table drizzle.__drizzle_migrations in access exclusive mode`);
      expect(await ask('/readyz')).toMatchObject({ status: 503, body: { database: 'unreachable' } });
      expect(await ask('/healthz')).toMatchObject({ status: 200 });
    });
    await expect.poll(() => ask('/readyz')).toMatchObject({ status: 200 });
  });

  it('is 503 once a newer program has migrated the database', async () => {
    await database.sql`insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 9e12::bigint)`;
    await expect.poll(() => ask('/readyz')).toMatchObject({ status: 503, body: { database: 'other-version' } });
    await database.sql`delete from drizzle.__drizzle_migrations where hash = 'newer'`;
    await expect.poll(() => ask('/readyz')).toMatchObject({ status: 200 });
  });
});
