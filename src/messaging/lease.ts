import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import type { ChannelName } from './contract.ts';
import { leases } from './tables.ts';

export interface LeaseOptions {
  readonly db: Database;
  readonly channel: ChannelName;
  readonly account: string;
  /** Unique for this process. */
  readonly holder: string;
  readonly ttlMs: number;
  /** Takes the lease from whoever holds it: only where nobody else can be alive (the owner of an embedded database). */
  readonly force?: boolean;
}

/**
 * The right to send for one channel account. Times are the database's; beside them the holder keeps a deadline of its
 * own monotonic clock, counted from before the request, and starts nothing after it.
 */
export class Lease {
  readonly #options: LeaseOptions;
  #deadline = Number.NEGATIVE_INFINITY;
  #forced = false;
  epoch = 0;

  constructor(options: LeaseOptions) {
    this.#options = options;
  }

  /** True while it is safe to start a send. */
  held(): boolean {
    return performance.now() < this.#deadline;
  }

  /** Takes or renews the lease. False: somebody else holds it. */
  async acquire(): Promise<boolean> {
    const { db, channel, account, holder, ttlMs } = this.#options;
    const askedAt = performance.now();
    const force = this.#options.force === true && !this.#forced;
    const until = sql`now() + ${ttlMs} * interval '1 ms'`;
    const [row] = await db
      .insert(leases)
      .values({ channel, account, holder, epoch: 1, until })
      .onConflictDoUpdate({
        target: [leases.channel, leases.account],
        set: {
          holder,
          until,
          epoch: sql`case when ${leases.holder} = ${holder} then ${leases.epoch} else ${leases.epoch} + 1 end`,
        },
        setWhere: sql`${leases.holder} = ${holder} or ${leases.until} <= now() or ${force}`,
      })
      .returning({ epoch: leases.epoch });
    if (!row) {
      this.#deadline = Number.NEGATIVE_INFINITY;
      return false;
    }
    this.#forced = true;
    this.epoch = row.epoch;
    this.#deadline = askedAt + ttlMs;
    return true;
  }

  /** Lets it go at once, so that another process need not wait. */
  async release(): Promise<void> {
    this.#deadline = Number.NEGATIVE_INFINITY;
    const { db, channel, account, holder } = this.#options;
    await db
      .update(leases)
      .set({ until: sql`now()` })
      .where(and(eq(leases.channel, channel), eq(leases.account, account), eq(leases.holder, holder)));
  }

  /** Milliseconds for which the platform told the whole account to wait; 0: none. */
  async pausedMs(): Promise<number> {
    const { db, channel, account } = this.#options;
    const [row] = await db
      .select({
        ms: sql<string>`greatest(0, extract(epoch from ${leases.pausedUntil} - now()) * 1000)::text`,
      })
      .from(leases)
      .where(and(eq(leases.channel, channel), eq(leases.account, account)));
    return Number(row?.ms ?? 0);
  }

  /** Stores that the whole account has to wait, so that a restart obeys it too. */
  async pause(ms: number): Promise<void> {
    const { db, channel, account } = this.#options;
    await db
      .update(leases)
      .set({ pausedUntil: sql`now() + ${ms} * interval '1 ms'` })
      .where(and(eq(leases.channel, channel), eq(leases.account, account)));
  }
}
