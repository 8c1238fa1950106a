import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StatusFile, type WhatsAppStatus } from '../../src/channels/whatsapp/status-file.ts';
import { plain } from '../../src/core/text.ts';
import { deliveries, sends } from '../../src/deliveries/tables.ts';
import { tellOfLink } from '../../src/link-alarm.ts';
import { fixedClock, testContext, truncateAll, useDatabase } from '../support/database.ts';
import { givenMunicipality, givenStaff } from '../support/given.ts';
import { silentLog } from '../support/log.ts';

const PAGE = 'http://127.0.0.1:8080/whatsapp';
const NOW = new Date('2027-03-01T10:00:00Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

describe('tellOfLink', () => {
  const database = useDatabase();
  let dir: string;
  let file: StatusFile;
  beforeEach(async () => {
    await truncateAll(database.db);
    dir = await mkdtemp(join(tmpdir(), 'sunush-link-'));
    file = new StatusFile(dir, silentLog);
    const ctx = testContext(database.db);
    const municipality = await givenMunicipality(ctx);
    await givenStaff(ctx, municipality, 'officer');
    await givenStaff(ctx, municipality, 'deputy');
    file.set({ linkedAt: minutesAgo(1000), readyAt: minutesAgo(1) });
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  /** What the staff are told when the link stands so. */
  async function told(change: Partial<WhatsAppStatus>, page: string | null = PAGE): Promise<string[]> {
    file.set(change);
    const before = (await database.db.select().from(sends)).length;
    const link = { status: file.get(), noteTold: (what: WhatsAppStatus['told']) => file.set({ told: what }) };
    const ctx = testContext(database.db, { clock: fixedClock(NOW.toISOString()) });
    await tellOfLink(ctx, { whatsapp: link, page });
    const all = await database.db.select().from(sends).orderBy(sends.id);
    return all.slice(before).map(({ contents }) => plain(contents?.ru.text ?? ''));
  }

  it('says at once that the number was unlinked, to those who answer for it, and says it once', async () => {
    expect(await told({ state: 'qr' })).toEqual([expect.stringContaining(PAGE)]);
    expect(await told({ state: 'qr' })).toEqual([]);
    expect(await told({ state: 'starting' })).toEqual([]);
    expect(await database.db.select().from(deliveries)).toHaveLength(1);
  });

  it('names no page where it is closed, and asks for another number where WhatsApp has turned this one off', async () => {
    expect(await told({ state: 'qr' }, null)).toEqual([expect.stringContaining('кто смотрит за компьютером')]);
    file.set({ told: null });
    expect(await told({ state: 'blocked' })).toEqual([expect.stringContaining('Нужен другой номер')]);
  });

  it('says once that it is back', async () => {
    await told({ state: 'logged_out' });
    expect(await told({ state: 'ready' })).toEqual(['WhatsApp снова работает.']);
    expect(await told({ state: 'ready' })).toEqual([]);
  });

  it.each([
    ['a link that only stutters', { state: 'restarting', readyAt: minutesAgo(9) }],
    ['a number that was never linked', { state: 'qr', linkedAt: null }],
    ['a program that was stopped', { state: 'stopped', readyAt: minutesAgo(60) }],
  ] as const)('says nothing of %s', async (_, change) => {
    expect(await told(change)).toEqual([]);
  });

  it('says after ten minutes that it does not mend itself', async () => {
    expect(await told({ state: 'restarting', readyAt: minutesAgo(11) })).toEqual([expect.stringContaining('интернет')]);
  });

  it('says that the number was unlinked also after that, once', async () => {
    await told({ state: 'degraded', readyAt: minutesAgo(11) });
    expect(await told({ state: 'qr' })).toEqual([expect.stringContaining('/whatsapp')]);
    expect(await told({ state: 'qr' })).toEqual([]);
    expect(await told({ state: 'degraded' })).toEqual([]);
    expect(await told({ state: 'ready' })).toEqual(['WhatsApp снова работает.']);
  });

  it('says it again where it could not be written down', async () => {
    await database.sql`alter table deliveries rename to away`;
    await expect(told({ state: 'qr' })).rejects.toThrow();
    await database.sql`alter table away rename to deliveries`;
    expect(await told({ state: 'qr' })).toHaveLength(1);
  });

  it('does not say it by WhatsApp', async () => {
    await database.sql`update addresses set channel = 'whatsapp'`;
    await told({ state: 'blocked' });
    expect(await database.db.select().from(deliveries)).toEqual([]);
  });
});
