import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { inArray, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { exportJobs } from './tables.ts';

/** How long a file stays after it was made, so that a send can be repeated. */
const KEEP_HOURS = 24;
const HOUR_MS = 60 * 60_000;

/**
 * Removes the files of jobs that ended a day ago and the jobs with them, and what a process left half done. A file
 * whose reply still waits to be sent stays until it is. Returns how many jobs went.
 */
export async function removeOldExports(db: Database, dir: string, now: Date): Promise<number> {
  const ended = await db
    .select({ id: exportJobs.id, path: exportJobs.path })
    .from(exportJobs)
    .where(
      sql`status not in ('waiting', 'running') and touched_at < now() - ${KEEP_HOURS} * interval '1 hour'
        and not exists (select 1 from replies r where r.content -> 'file' ->> 'path' = export_jobs.path)`,
    );
  for (const { path } of ended) if (path !== null) await rm(path, { force: true });
  if (ended.length > 0)
    await db.delete(exportJobs).where(
      inArray(
        exportJobs.id,
        ended.map(({ id }) => id),
      ),
    );
  await removeStrays(db, dir, now);
  return ended.length;
}

/** Files of attempts that ended with their process. */
async function removeStrays(db: Database, dir: string, now: Date): Promise<void> {
  const names = await readdir(dir).catch(() => []);
  if (names.length === 0) return;
  const jobs = await db.select({ path: exportJobs.path }).from(exportJobs);
  const known = new Set(jobs.flatMap(({ path }) => (path === null ? [] : [basename(path)])));
  for (const name of names.filter((one) => !known.has(one))) {
    const info = await stat(join(dir, name)).catch(() => null);
    if (info !== null && now.getTime() - info.mtimeMs > KEEP_HOURS * HOUR_MS)
      await rm(join(dir, name), { force: true });
  }
}
