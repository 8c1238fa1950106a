import { sql } from 'drizzle-orm';
import { beforeEach, describe, expect, it } from 'vitest';
import { Lease, type LeaseOptions } from '../../src/messaging/lease.ts';
import { leases } from '../../src/messaging/tables.ts';
import { truncateAll, useDatabase } from '../support/database.ts';

const database = useDatabase();
beforeEach(() => truncateAll(database.db));

const lease = (holder: string, options: Partial<LeaseOptions> = {}) =>
  new Lease({ db: database.db, channel: 'telegram', account: '1', holder, ttlMs: 60_000, ...options });
const expire = () => database.db.update(leases).set({ until: sql`now() - interval '1 ms'` });

describe('Lease', () => {
  it('is held by one of those who try at the same moment', async () => {
    const tries = Array.from({ length: 8 }, (_, at) => lease(`process ${at}`));
    const got = await Promise.all(tries.map((one) => one.acquire()));
    expect(got.filter(Boolean)).toHaveLength(1);
    expect(tries.map((one) => one.held())).toEqual(got);
  });

  it('is renewed by its holder in the same epoch, and taken over in the next', async () => {
    const [first, second] = [lease('first'), lease('second')];
    await first.acquire();
    expect(await first.acquire()).toBe(true);
    expect(first.epoch).toBe(1);
    expect(await second.acquire()).toBe(false);
    await expire();
    expect(await second.acquire()).toBe(true);
    expect(second.epoch).toBe(2);
    expect(await first.acquire()).toBe(false);
    expect(first.held()).toBe(false);
  });

  it('ends for its holder by their own clock, without the database', async () => {
    const short = lease('short', { ttlMs: 0 });
    expect(await short.acquire()).toBe(true);
    expect(short.held()).toBe(false);
  });

  it('can be taken at once after it is let go, never by letting go what another one holds', async () => {
    const [first, second, third] = [lease('first'), lease('second'), lease('third')];
    await first.acquire();
    await first.release();
    expect(await second.acquire()).toBe(true);
    await first.release();
    expect(await third.acquire()).toBe(false);
  });

  it('is taken by force once: the owner of a folder knows that the one before is dead', async () => {
    await lease('dead').acquire();
    const owner = lease('owner', { force: true });
    expect(await owner.acquire()).toBe(true);
    await database.db.update(leases).set({ holder: 'another', until: sql`now() + interval '1 minute'` });
    expect(await owner.acquire()).toBe(false);
  });

  it('of one account says nothing about another', async () => {
    await lease('first').acquire();
    expect(await lease('second', { account: '2' }).acquire()).toBe(true);
    expect(await lease('second', { channel: 'simulator' }).acquire()).toBe(true);
  });

  it('keeps a pause of the account for whoever comes next', async () => {
    const first = lease('first');
    await first.acquire();
    expect(await first.pausedMs()).toBe(0);
    await first.pause(60_000);
    const left = await lease('second').pausedMs();
    expect(left).toBeGreaterThan(50_000);
    expect(left).toBeLessThanOrEqual(60_000);
  });
});
