import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { and, eq, sql } from 'drizzle-orm';
import type { Clock } from '../core/clock.ts';
import type { Context, Database, Tx } from '../core/context.ts';
import { toError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { translator } from '../core/texts.ts';
import { inTransaction } from '../db/transaction.ts';
import type { ChannelName, OutboundContent } from '../messaging/contract.ts';
import type { DialogKey } from '../messaging/dialog-key.ts';
import { media } from '../messaging/tables.ts';
import { loadPlaces } from '../places/places.ts';
import { NoRightError, requireRight } from '../staff/require-right.ts';
import { PlanNotFoundError } from './errors.ts';
import { foreignItems } from './foreign-words.ts';
import { MAX_TEMPLATE_MEGABYTES } from './open-template.ts';
import { planFields } from './plan-document.ts';
import { PlanRequest, rightFor } from './plan-jobs.ts';
import { getPlan, getVersion } from './queries.ts';
import { renderPlan } from './render-plan.ts';
import { planJobs } from './tables.ts';
import { describeProblems } from './template-words.ts';
import { getTemplate, setTemplate, TemplateError } from './templates.ts';

export const DOCX_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

export interface PlanJobsOptions {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
  /** Files for chats are made below it, and those that people sent are in `media` there. */
  readonly dataDir: string;
  /** Those that this process sends for: a file must lie where its sender is. */
  readonly accounts: readonly { readonly channel: ChannelName; readonly account: string }[];
  /** Writes into the chat, in one transaction with `within`; where that returns false, nothing. */
  readonly tell: (key: DialogKey, content: OutboundContent, within: (tx: Tx) => Promise<boolean>) => Promise<void>;
}

type Job = typeof planJobs.$inferSelect;
/** What is said at the end; `later`: the file has not arrived yet; null: nothing, the person has left. */
type Result = OutboundContent | 'later' | null;

const MOST_ATTEMPTS = 3;
/** A file that has not come within an hour of its announcement does not come. */
const LONGEST_WAIT_MS = 60 * 60_000;
/** A reply with a file is tried for a week. */
const KEEP_MS = 8 * 24 * 60 * 60_000;

/**
 * Does what `requestPlanJob` noted, one after the other, until nothing is due. What a process had begun and did not
 * end is taken up after two minutes; the answer and the end of a job are one transaction, so nothing comes twice.
 */
export async function runPlanJobs(options: PlanJobsOptions, signal?: AbortSignal): Promise<void> {
  for (;;) {
    if (signal?.aborted) return;
    const job = await claim(options);
    if (job === null) return;
    const result = await attempt(options, job);
    if (result === 'later') continue;
    if (result === null) await settle(options.db, job);
    else await options.tell(keyOfJob(job), result, (tx) => settle(tx, job));
  }
}

/** False: somebody else has taken the job up. */
async function settle(db: Database, { id, attempts }: Job): Promise<boolean> {
  const ours = and(eq(planJobs.id, id), eq(planJobs.attempts, attempts));
  return (await db.delete(planJobs).where(ours).returning({ id: planJobs.id })).length > 0;
}

async function claim({ db, accounts }: PlanJobsOptions): Promise<Job | null> {
  const [channels, names] = [accounts.map(({ channel }) => channel), accounts.map(({ account }) => account)];
  const [job] = await db
    .update(planJobs)
    .set({ attempts: sql`${planJobs.attempts} + 1`, nextAttemptAt: sql`now() + interval '2 minutes'` })
    .where(
      sql`${planJobs.id} = (
        select id from plan_jobs where next_attempt_at <= now() and (channel, account) in (
          select * from unnest(${sql.param(channels)}::text[], ${sql.param(names)}::text[])
        ) order by id limit 1 for update skip locked
      )`,
    )
    .returning();
  return job ?? null;
}

async function attempt(options: PlanJobsOptions, job: Job): Promise<Result> {
  const t = translator(job.locale);
  try {
    return await perform(options, job);
  } catch (thrown) {
    const error = toError(thrown);
    const last = job.attempts >= MOST_ATTEMPTS || error instanceof PlanNotFoundError;
    options.log.warn({ err: error, job: job.id, attempts: job.attempts }, 'a file of a plan could not be made');
    if (last) return { text: t('plan-file-failed') };
    await postpone(options.db, job, { seconds: 10, counts: true });
    return 'later';
  }
}

async function perform(options: PlanJobsOptions, job: Job): Promise<Result> {
  const { db, clock, log } = options;
  const ctx: Context = { db, clock, log, actor: { type: 'staff', staffId: job.staffId } };
  const request = PlanRequest.parse(job.request);
  const t = translator(job.locale);
  if (!(await isAllowed(ctx, job, request))) return null;
  const { municipalityId } = job;
  const { language } = request;
  if (request.kind === 'new-template') return takeTemplate(options, ctx, job, request);
  const template = await getTemplate(db, { municipalityId, language });
  if (request.kind === 'template') {
    return { text: t('plan-template-file'), file: await keepFile(options, template, `template-${language}.docx`) };
  }
  const { planId, version } = request;
  const plan = version === undefined ? await getPlan(db, planId) : await getVersion(db, planId, version);
  if (plan.municipalityId !== municipalityId) throw new PlanNotFoundError(`plan ${planId}`);
  const bytes = renderPlan(template, planFields(plan, await loadPlaces(db), language), language);
  const name = `plan-${plan.year}-${language}${version === undefined ? '' : `-${version}`}.docx`;
  // what was put down then is as it was
  const items = version === undefined ? foreignItems(plan) : [];
  const text = [
    t('plan-file', { plan: t('plan-name', { year: String(plan.year) }) }),
    ...(items.length === 0 ? [] : [t('plan-file-foreign', { items: items.join(', ') })]),
  ].join('\n');
  return { text, file: await keepFile(options, bytes, name) };
}

/** Whoever was removed meanwhile gets nothing, not even a word. */
function isAllowed(ctx: Context, job: Job, request: PlanRequest): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    try {
      await requireRight(tx, ctx, rightFor(request), job.municipalityId);
      return true;
    } catch (error) {
      if (error instanceof NoRightError) return false;
      throw error;
    }
  });
}

async function takeTemplate(
  { db, dataDir }: PlanJobsOptions,
  ctx: Context,
  job: Job,
  request: Extract<PlanRequest, { kind: 'new-template' }>,
): Promise<Result> {
  const t = translator(job.locale);
  const kept = (problems: Parameters<typeof describeProblems>[0]) => ({
    text: [t('plan-template-kept'), ...describeProblems(problems, t)].join('\n'),
  });
  const [file] = await db.select().from(media).where(eq(media.id, request.mediaId));
  const waited = ctx.clock.now().getTime() - job.createdAt.getTime();
  if (file?.status === 'pending' && waited < LONGEST_WAIT_MS) {
    await postpone(db, job, { seconds: 1, counts: false });
    return 'later';
  }
  if (file?.status !== 'stored' || file.path === null) return { text: t('plan-template-lost') };
  if ((file.size ?? 0) > MAX_TEMPLATE_MEGABYTES * 1024 * 1024) return kept([{ kind: 'too-large', tag: '' }]);
  try {
    const bytes = await readFile(join(dataDir, 'media', file.path));
    await setTemplate(ctx, { municipalityId: job.municipalityId, language: request.language, file: bytes });
    return { text: t('plan-template-set') };
  } catch (error) {
    if (error instanceof TemplateError) return kept(error.problems);
    throw error;
  }
}

/** Looked at again then; waiting for a file is no failure. */
async function postpone(
  db: Database,
  job: Job,
  { seconds, counts }: { seconds: number; counts: boolean },
): Promise<void> {
  await db
    .update(planJobs)
    .set({
      nextAttemptAt: sql`now() + ${seconds} * interval '1 second'`,
      ...(counts ? {} : { attempts: sql`${planJobs.attempts} - 1` }),
    })
    .where(eq(planJobs.id, job.id));
}

async function keepFile({ dataDir }: PlanJobsOptions, bytes: Uint8Array, name: string) {
  const dir = planFilesDir(dataDir);
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const path = join(dir, `${randomUUID()}.docx`);
  await writeFile(path, bytes, { mode: 0o600 });
  return { path, name, mime: DOCX_TYPE };
}

function planFilesDir(dataDir: string): string {
  return join(dataDir, 'plans');
}

/** Removes files that were sent long ago. */
export async function removeOldPlanFiles(dataDir: string, now: Date): Promise<void> {
  const dir = planFilesDir(dataDir);
  for (const name of await readdir(dir).catch(() => [])) {
    const info = await stat(join(dir, name)).catch(() => null);
    if (info !== null && now.getTime() - info.mtimeMs > KEEP_MS) await rm(join(dir, name), { force: true });
  }
}

function keyOfJob({ channel, account, chatId, personId }: Job): DialogKey {
  return { channel, account, chatId, personId };
}
