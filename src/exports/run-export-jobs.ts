import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context, Tx } from '../core/context.ts';
import { dayIn } from '../core/days.ts';
import { toError } from '../core/errors.ts';
import { translator } from '../core/texts.ts';
import { inTransaction } from '../db/transaction.ts';
import type { ChannelName } from '../messaging/contract.ts';
import { loadPlaces, type Places } from '../places/places.ts';
import { NoRightError, requireRight } from '../staff/require-right.ts';
import { claimExportJob, type ExportJob, keyOf, settleExportJob, touchExportJob } from './export-jobs.ts';
import { ExportWatch, TakenOver, type WatchOptions } from './export-watch.ts';
import { type JobKind, kindOf } from './job-kinds.ts';
import { JobRequest, MOST_IN_DOCUMENT, TooManyForDocumentError } from './request.ts';

export interface ExportJobsOptions extends WatchOptions {
  /** Where files are made, for their maker's eyes alone: `DATA_DIR/exports`. */
  readonly dir: string;
  /** Those that this process sends for: a file must lie where its sender is. */
  readonly accounts: readonly { readonly channel: ChannelName; readonly account: string }[];
  readonly signal: AbortSignal;
  /** Of a file that a chat takes. */
  readonly maxBytes?: number;
}

const MOST_ATTEMPTS = 3;
/** What a bot may send: https://core.telegram.org/bots/api#senddocument */
const MAX_BYTES = 50 * 1024 * 1024;

/** Why a job ends before its file is there; no attempt is counted. */
class Interrupted extends Error {}

/**
 * Makes the files that staff asked for in their chats, one after the other until none is left, and sends each there.
 * Safe to run in any number of processes: what one had begun and did not end another takes over after half a minute,
 * three times at most. Whoever has lost the right meanwhile gets nothing.
 */
export async function runExportJobs(options: ExportJobsOptions): Promise<void> {
  while (!options.signal.aborted) {
    const job = await claimExportJob(options.ctx.db, options.accounts);
    if (job === null) return;
    await runJob(options, job);
  }
}

async function runJob(options: ExportJobsOptions, job: ExportJob): Promise<void> {
  const { ctx, dir } = options;
  const path = join(dir, `${job.id}-${job.attempts}`);
  try {
    if (job.attempts > MOST_ATTEMPTS) await fail(options, job, translator(job.language)('export-failed'));
    else await makeAndSend(options, job, path);
  } catch (thrown) {
    const interrupted = thrown instanceof Interrupted;
    // a job that is settled already may have its file on the way
    const ours = await touchExportJob(ctx.db, job);
    if (ours) await rm(path, { force: true }).catch(() => undefined);
    if (interrupted) {
      await settleExportJob(ctx.db, job, { status: 'waiting', attempts: job.attempts - 1 });
      return;
    }
    const error = toError(thrown);
    ctx.log.error({ err: error, job: job.id, attempts: job.attempts }, 'a file that staff asked for could not be made');
    const t = translator(job.language);
    if (error instanceof TooManyForDocumentError) {
      await fail(options, job, t('export-too-many', { max: MOST_IN_DOCUMENT, count: job.rowCount }));
    } else if (job.attempts >= MOST_ATTEMPTS) await fail(options, job, t('export-failed'));
    else await settleExportJob(ctx.db, job, { status: 'waiting' });
  }
}

async function makeAndSend(options: ExportJobsOptions, job: ExportJob, path: string): Promise<void> {
  const { ctx, maxBytes = MAX_BYTES } = options;
  const t = translator(job.language);
  const kind = kindOf(JobRequest.parse(job.request));
  if (!(await inTransaction(ctx.db, (tx) => mayHave(tx, ctx, job, kind)))) {
    await settleExportJob(ctx.db, job, { status: 'canceled' });
    return;
  }
  const places = await loadPlaces(ctx.db);
  const count = await makeFile(options, job, { kind, places, path });
  if (count === null) {
    await rm(path, { force: true });
    return;
  }
  const { size } = await stat(path);
  if (size > maxBytes) {
    await rm(path, { force: true });
    return fail(options, job, kind.tooLarge(t));
  }
  const { code, timeZone } = places.municipality(job.municipalityId);
  const name = kind.fileName(code, dayIn(ctx.clock.now(), timeZone));
  const file = { path, name, mime: kind.mime };
  let sent = false;
  await options.tell(keyOf(job), { text: kind.ready(t, count), file }, async (tx) => {
    const may = await mayHave(tx, ctx, job, kind);
    const settled = await settleExportJob(tx, job, { status: may ? 'done' : 'canceled', path, rowCount: count });
    sent = may && settled;
    return sent;
  });
  if (!sent) await rm(path, { force: true });
}

/** Returns how many rows it has; null: another process has taken the job over. */
async function makeFile(
  options: ExportJobsOptions,
  job: ExportJob,
  { kind, places, path }: { kind: JobKind; places: Places; path: string },
): Promise<number | null> {
  const { ctx, dir, signal } = options;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const out = createWriteStream(path, { mode: 0o600 });
  const watch = new ExportWatch(options, job);
  try {
    await once(out, 'open');
    const count = await kind.write({
      db: ctx.db,
      places,
      timeZone: places.municipality(job.municipalityId).timeZone,
      locale: job.language,
      out,
      madeAt: ctx.clock.now(),
      async onProgress(done) {
        if (signal.aborted) throw new Interrupted('the program stops');
        await watch.progress(done, kind.progress);
      },
    });
    out.end();
    await once(out, 'finish');
    return count;
  } catch (error) {
    if (error instanceof TakenOver) return null;
    throw error;
  } finally {
    watch.stop();
    out.destroy();
  }
}

/** Asked anew whenever something is about to leave: a removal counts from its commit. */
async function mayHave(tx: Tx, ctx: Context, job: ExportJob, { rights }: JobKind): Promise<boolean> {
  const asker: Context = { ...ctx, actor: { type: 'staff', staffId: job.staffId } };
  try {
    for (const right of rights) await requireRight(tx, asker, right, job.municipalityId);
    return true;
  } catch (error) {
    if (error instanceof NoRightError) return false;
    throw error;
  }
}

/** The job ends with a word to the person; the file is not made. */
async function fail({ tell }: ExportJobsOptions, job: ExportJob, text: string): Promise<void> {
  await tell(keyOf(job), { text }, (tx) => settleExportJob(tx, job, { status: 'failed' }));
}
