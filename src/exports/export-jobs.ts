import { and, eq, sql } from 'drizzle-orm';
import type { Database, Tx } from '../core/context.ts';
import type { ChannelName } from '../messaging/contract.ts';
import type { DialogKey } from '../messaging/dialog-key.ts';
import { exportJobs } from './tables.ts';

export type ExportJob = typeof exportJobs.$inferSelect;

/** Half a minute of silence is more than a page takes; whoever was at work is dead then. */
const SILENT_SECONDS = 30;
/** After a failure the job rests so long, times its attempts. */
const REST_SECONDS = 10;

/**
 * Takes the oldest job whose file goes out through one of these accounts, and counts the attempt: one that waits, or
 * one whose maker fell silent. Two processes never get the same one. Null: there is none.
 */
export async function claimExportJob(
  db: Database,
  accounts: readonly { channel: ChannelName; account: string }[],
): Promise<ExportJob | null> {
  if (accounts.length === 0) return null;
  const channels = sql.param(accounts.map(({ channel }) => channel));
  const names = sql.param(accounts.map(({ account }) => account));
  const [job] = await db
    .update(exportJobs)
    .set({ status: 'running', attempts: sql`${exportJobs.attempts} + 1`, touchedAt: sql`now()` })
    .where(
      sql`${exportJobs.id} = (
        select id from export_jobs
        where (status = 'waiting' and touched_at <= now() - attempts * ${REST_SECONDS} * interval '1 second'
            or status = 'running' and touched_at < now() - ${SILENT_SECONDS} * interval '1 second')
          and (channel, account) in (select * from unnest(${channels}::text[], ${names}::text[]))
        order by id limit 1 for update skip locked
      )`,
    )
    .returning();
  return job ?? null;
}

/** Says that the job is still worked on. False: another process has taken it over. */
export async function touchExportJob(db: Database, job: ExportJob): Promise<boolean> {
  const touched = await db
    .update(exportJobs)
    .set({ touchedAt: sql`now()` })
    .where(isOurs(job))
    .returning({ id: exportJobs.id });
  return touched.length > 0;
}

/** Ends the job, or lets it wait again, and forgets the chat once it is over. False: another process has taken it over. */
export async function settleExportJob(
  db: Database | Tx,
  job: ExportJob,
  set: Pick<ExportJob, 'status'> & Partial<Pick<ExportJob, 'path' | 'rowCount' | 'attempts'>>,
): Promise<boolean> {
  const over = set.status !== 'waiting' ? { chatId: '', personId: '' } : {};
  const settled = await db
    .update(exportJobs)
    .set({ ...set, ...over, touchedAt: sql`now()` })
    .where(isOurs(job))
    .returning({ id: exportJobs.id });
  return settled.length > 0;
}

/** Each attempt has a number: whoever took the job over has another one. */
function isOurs({ id, attempts }: ExportJob) {
  return and(eq(exportJobs.id, id), eq(exportJobs.status, 'running'), eq(exportJobs.attempts, attempts));
}

/** The conversation in which it was asked for. */
export function keyOf({ channel, account, chatId, personId }: ExportJob): DialogKey {
  return { channel, account, chatId, personId };
}
