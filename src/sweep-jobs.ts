import { join } from 'node:path';
import { remindOfCalendar } from './announcements/calendar.ts';
import { ProgressTeller } from './announcements/progress.ts';
import { runAnnouncements } from './announcements/run-announcements.ts';
import type { AppOptions } from './app.ts';
import type { WhatsAppChannel } from './channels/whatsapp/channel.ts';
import { linkingPage } from './config.ts';
import type { Context } from './core/context.ts';
import { databaseNow } from './db/database-now.ts';
import { settleSends } from './deliveries/settle-sends.ts';
import { removeOldExports } from './exports/remove-old-exports.ts';
import { runExportJobs } from './exports/run-export-jobs.ts';
import type { Router } from './flows/router.ts';
import { tellOfLink } from './link-alarm.ts';
import type { Account } from './messaging/account.ts';
import type { Channel, Edits, Media } from './messaging/contract.ts';
import type { DialogKey } from './messaging/dialog-key.ts';
import { expireDialogs } from './messaging/expiry.ts';
import { listOverdue, removeHandled } from './messaging/inbox.ts';
import { MAX_FILE_MEGABYTES } from './messaging/media.ts';
import { MediaWorker, removeRefusedFiles } from './messaging/media-worker.ts';
import type { TurnRunner } from './messaging/turn-runner.ts';
import { removeOldPlanFiles, runPlanJobs } from './plans/run-plan-jobs.ts';
import { eraseUnagreed } from './privacy/erase-unagreed.ts';
import { foldWaiting } from './proposals/fold-waiting.ts';
import { releaseMedia } from './proposals/release-media.ts';
import { tidyJoinCodes } from './residents/give-join-code.ts';
import type { SweepJob } from './schedule/sweeper.ts';
import { tidyStaff } from './staff/tidy-staff.ts';
import { keepReports } from './statistics/kept-report.ts';

/** A start that finds these unhandled after so long takes them over: who stored them is gone. */
const OVERDUE_MS = 10_000;
/** How long a handled event is remembered to recognise a second delivery. */
const INBOX_DAYS = 60;
/** How long files of a draft are kept that nothing refers to any more; a day longer than a draft waits. */
const DRAFT_MEDIA_DAYS = 8;

/** What `createApp` has joined so far. */
interface JobParts {
  readonly options: Pick<AppOptions, 'open' | 'clock' | 'log' | 'config' | 'channels'>;
  readonly router: Router;
  readonly runner: TurnRunner;
  readonly accounts: readonly Account[];
  readonly whatsapp: WhatsAppChannel | null;
  /** Where files of people lie. */
  readonly mediaDir: string;
  readonly stopping: AbortSignal;
}

/** All that is done by the clock; each looks in the database for what is due. */
export function sweepJobs(o: JobParts): SweepJob[] {
  const { db } = o.options.open;
  const { clock, log, config } = o.options;
  const { dataDir } = config;
  const exportsDir = join(dataDir, 'exports');
  const progress = new ProgressTeller({
    db,
    // elsewhere each step would be one more message
    accounts: () => held(o.accounts.filter(({ channel }) => isEditing(channel))),
    tell: (key, content) => o.runner.tell(key, () => content),
  });
  const workers = o.accounts.flatMap((account) => {
    const { channel } = account;
    if (!isMedia(channel)) return [];
    const onLost = (key: DialogKey) => o.runner.tell(key, (dialog) => o.router.fileLost(dialog));
    const worker = new MediaWorker({
      db,
      channel,
      dir: o.mediaDir,
      maxBytes: MAX_FILE_MEGABYTES * 1024 * 1024,
      log,
      onLost,
    });
    return [{ account, worker }];
  });
  return [
    { name: 'overdue', pattern: '*/5 * * * * *', run: async () => o.runner.wake(await listOverdue(db, OVERDUE_MS)) },
    {
      name: 'announcements',
      pattern: '* * * * * *',
      run: async () => {
        const ctx: Context = { db, clock, log, actor: { type: 'system', job: 'announcements' } };
        await runAnnouncements({ ctx, mediaDir: o.mediaDir, signal: o.stopping });
      },
    },
    {
      name: 'calendar',
      pattern: '30 */10 * * * *',
      run: async () => {
        // a short command may be gone before what it wrote is sent
        if (o.options.channels) return;
        const ctx: Context = { db, clock, log, actor: { type: 'system', job: 'calendar' } };
        await remindOfCalendar(ctx, { now: await databaseNow(ctx) });
      },
    },
    {
      name: 'whatsapp',
      pattern: '*/10 * * * * *',
      run: async () => {
        if (o.whatsapp === null) return;
        const ctx: Context = { db, clock, log, actor: { type: 'system', job: 'whatsapp' } };
        await tellOfLink(ctx, { whatsapp: o.whatsapp, page: linkingPage(config) });
      },
    },
    { name: 'progress', pattern: '*/3 * * * * *', run: () => progress.run() },
    { name: 'deliveries', pattern: '10 * * * * *', run: async () => void (await settleSends({ db })) },
    { name: 'expiry', pattern: '20 * * * * *', run: async () => o.runner.wake(await expireDialogs(db, clock.now())) },
    {
      name: 'media',
      pattern: '*/2 * * * * *',
      run: async () => {
        for (const { account, worker } of workers) if (account.holds) await worker.run(o.stopping);
      },
    },
    {
      name: 'folding',
      pattern: '50 */10 * * * *',
      run: async () => {
        await foldWaiting(db, o.stopping);
      },
    },
    {
      name: 'plans',
      pattern: '*/2 * * * * *',
      run: () =>
        runPlanJobs(
          {
            db,
            clock,
            log,
            dataDir,
            accounts: held(o.accounts),
            tell: (key, content, within) => o.runner.tell(key, () => content, within),
          },
          o.stopping,
        ),
    },
    {
      name: 'exports',
      pattern: '*/2 * * * * *',
      run: () =>
        runExportJobs({
          ctx: { db, clock, log, actor: { type: 'system', job: 'exports' } },
          dir: exportsDir,
          accounts: held(o.accounts),
          tell: (key, content, within) => o.runner.tell(key, () => content, within),
          signal: o.stopping,
        }),
    },
    {
      name: 'statistics',
      pattern: '50 */5 * * * *',
      run: () => keepReports({ db, clock, signal: o.stopping }),
    },
    {
      name: 'retention',
      pattern: '40 */10 * * * *',
      run: async () => {
        await removeHandled(db, INBOX_DAYS);
        await eraseUnagreed({ db, clock, log, actor: { type: 'system', job: 'consent' } }, o.stopping);
        await tidyStaff(db, clock.now());
        await tidyJoinCodes(db, clock.now());
        await releaseMedia(db, DRAFT_MEDIA_DAYS);
        await removeRefusedFiles(db, o.mediaDir);
        await removeOldPlanFiles(dataDir, clock.now());
        await removeOldExports(db, exportsDir, clock.now());
      },
    },
  ];
}

/** The accounts that this process sends for now. */
function held(accounts: readonly Account[]) {
  return accounts
    .filter(({ holds }) => holds)
    .map(({ channel }) => ({ channel: channel.name, account: channel.account }));
}

function isEditing(channel: Channel): channel is Channel & Edits {
  return 'edits' in channel;
}

function isMedia(channel: Channel): channel is Channel & Media {
  return 'fetch' in channel;
}
