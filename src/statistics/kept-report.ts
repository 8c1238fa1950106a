import { sql } from 'drizzle-orm';
import type { Clock } from '../core/clock.ts';
import type { Context, Database } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { municipalities } from '../places/tables.ts';
import { requireRight } from '../staff/require-right.ts';
import { countReport } from './count-report.ts';
import { REPORT_VERSION, type Report } from './report.ts';
import { statisticsReports } from './tables.ts';

/** Up to so many proposals, and so many supports, are counted whenever they are asked for. */
const COUNTED_AT_ONCE = 5_000;
/** A kept report is counted anew after so long, if anything was done since. */
const COUNTED_EVERY_MS = 4 * 60_000;

/** What `statistics_reports.report` holds. */
interface Kept {
  readonly report: Report;
  /** The last audit row that was there when counting began: where it still is the last one, nothing has changed. */
  readonly mark: string;
}

/**
 * The figures of a municipality for those who work there, nothing withheld: counted now where that is a matter of
 * milliseconds, else as the sweeper counted them last (`countedAt`). Null: it is about to count them.
 * @throws {NoRightError} `statistics.read`
 */
export async function readStatistics(ctx: Context, municipalityId: number): Promise<Report | null> {
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'statistics.read', municipalityId);
    if (await isSmall(tx)) return countReport(tx, { municipalityId }, ctx.clock.now());
    return (await readKept(tx, municipalityId))?.report ?? null;
  });
}

/**
 * Counts the reports that are kept anew: of databases too large to be counted while somebody waits, every few minutes,
 * and only if anything was done since. Two processes at once do it twice, which changes nothing.
 */
export async function keepReports(o: { db: Database; clock: Clock; signal: AbortSignal }): Promise<void> {
  const { db, clock, signal } = o;
  if (await isSmall(db)) return;
  for (const { id } of await db.select({ id: municipalities.id }).from(municipalities)) {
    if (signal.aborted) return;
    const kept = await readKept(db, id);
    const mark = await lastAudit(db);
    const fresh = kept !== null && clock.now().getTime() - kept.countedAt.getTime() < COUNTED_EVERY_MS;
    if (fresh || kept?.mark === mark) continue;
    const countedAt = clock.now();
    const report = await countReport(db, { municipalityId: id }, countedAt, signal).catch((thrown: unknown) => {
      if (signal.aborted) return null;
      throw thrown;
    });
    if (report === null) return;
    const row = { report: { report, mark } satisfies Kept, version: REPORT_VERSION, countedAt };
    await db
      .insert(statisticsReports)
      .values({ municipalityId: id, ...row })
      .onConflictDoUpdate({ target: statisticsReports.municipalityId, set: row });
  }
}

async function isSmall(db: Database): Promise<boolean> {
  const [row] = await db.execute<{ proposals: number; supports: number }>(sql`
    select (select count(*)::int from (select from proposals limit ${COUNTED_AT_ONCE + 1}) p) as proposals,
      (select count(*)::int from (select from proposal_supports limit ${COUNTED_AT_ONCE + 1}) s) as supports`);
  return row !== undefined && row.proposals <= COUNTED_AT_ONCE && row.supports <= COUNTED_AT_ONCE;
}

async function lastAudit(db: Database): Promise<string> {
  const [row] = await db.execute<{ id: string }>(sql`select coalesce(max(id), 0)::text as id from audit_log`);
  return row?.id ?? '0';
}

async function readKept(db: Database, municipalityId: number): Promise<(Kept & { countedAt: Date }) | null> {
  const [row] = await db
    .select()
    .from(statisticsReports)
    .where(
      sql`${statisticsReports.municipalityId} = ${municipalityId} and ${statisticsReports.version} = ${REPORT_VERSION}`,
    );
  // of this version, so of this shape
  return row === undefined ? null : { ...(row.report as Kept), countedAt: row.countedAt };
}
