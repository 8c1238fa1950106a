import { constants } from 'node:fs';
import { access, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { type Announcement, listAnnouncements, listRungs, type Rung } from '../announcements/queries.ts';
import { probeTelegram } from '../channels/telegram/probe.ts';
import { findChromium } from '../channels/whatsapp/chromium.ts';
import { readStatus } from '../channels/whatsapp/status-file.ts';
import type { Config } from '../config.ts';
import { toError } from '../core/errors.ts';
import { mask } from '../core/logger.ts';
import { databaseNow } from '../db/database-now.ts';
import { readDeliveryFigures } from '../deliveries/figures.ts';
import { readFigures } from '../messaging/figures.ts';
import { loadPlaces } from '../places/places.ts';
import { type CommandWorld, readWorld, withDatabase } from './with-database.ts';

interface Finding {
  readonly what: string;
  readonly ok: boolean;
  readonly detail: string;
}

const LEAST_FREE_BYTES = 500 * 1024 * 1024;
const MOST_CLOCK_SLIP_MS = 5_000;
/** A notice that nobody has sent for so long has nobody to send it. */
const MOST_DUE_SECONDS = 30 * 60;

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('Looks at configuration, database, channels, disk and clock.')
    .option('--json', 'for programs')
    .action(async (options: { json?: boolean }) => {
      const findings = await examine();
      if (options.json) process.stdout.write(`${JSON.stringify(findings)}\n`);
      for (const { what, ok, detail } of options.json ? [] : findings)
        process.stdout.write(`${ok ? 'ok  ' : 'FAIL'}  ${what}: ${detail}\n`);
      if (findings.some(({ ok }) => !ok)) process.exitCode = 1;
    });
}

async function examine(): Promise<Finding[]> {
  const setUp = await finding('configuration', async () => {
    const { config } = readWorld();
    const telegram = config.telegram ? config.telegram.mode.kind : 'off';
    return `simulator ${config.simulator}, Telegram ${telegram}, WhatsApp ${config.whatsapp ? 'on' : 'off'}`;
  });
  if (!setUp.ok) return [setUp];
  const { config } = readWorld();
  return [
    setUp,
    await finding('disk', () => disk(config)),
    ...(await database()),
    await finding('telegram', () => telegram(config)),
    await finding('whatsapp', () => whatsapp(config)),
  ];
}

async function finding(what: string, look: () => Promise<string>): Promise<Finding> {
  try {
    return { what, ok: true, detail: await look() };
  } catch (thrown) {
    return { what, ok: false, detail: mask(toError(thrown).message) };
  }
}

async function disk({ dataDir }: Config): Promise<string> {
  const there = await access(dataDir, constants.W_OK).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw new Error(`${dataDir} cannot be written: ${error.code ?? error.message}`);
    },
  );
  const { bavail, bsize } = await statfs(there ? dataDir : '.');
  const free = bavail * bsize;
  const text = `${Math.round(free / 1024 / 1024)} MB free`;
  if (free < LEAST_FREE_BYTES) throw new Error(`${text}: expected 500 MB at least`);
  return text;
}

function database(): Promise<Finding[]> {
  return withDatabase(examineDatabase, { asItIs: true }).catch((thrown: unknown) => [
    { what: 'database', ok: false, detail: mask(toError(thrown).message) },
  ]);
}

async function examineDatabase({ open, ctx }: CommandWorld): Promise<Finding[]> {
  const found = await finding('database', async () => {
    const [row] = await open.sql<{ version: string }[]>`select split_part(version(), ' ', 2) as version`;
    const { inboxParked, inboxWaiting } = await readFigures(ctx.db);
    return `${open.url}, PostgreSQL ${row?.version ?? '?'}, ${inboxWaiting} waiting, ${inboxParked} parked`;
  });
  const clock = await finding('clock', async () => {
    const [row] = await open.sql<{ ms: string }[]>`select (extract(epoch from now()) * 1000)::bigint::text as ms`;
    const slip = Math.abs(Date.now() - Number(row?.ms ?? 0));
    if (slip > MOST_CLOCK_SLIP_MS) throw new Error(`${slip} ms apart from the database's`);
    return `${slip} ms apart from the database's`;
  });
  const notices = await finding('notices', async () => {
    const { deliveriesPending, deliveriesSending, deliveriesDueSeconds } = await readDeliveryFigures(ctx.db);
    const text = `${deliveriesPending + deliveriesSending} waiting`;
    if (deliveriesDueSeconds > MOST_DUE_SECONDS)
      throw new Error(`${text}, due for ${Math.round(deliveriesDueSeconds / 60)} minutes: is 'sunush start' running?`);
    return text;
  });
  const sends = await finding('announcements', () => announcements(ctx));
  return [found, clock, notices, sends];
}

/** What stands still without anybody having wanted it. @throws {Error} naming it */
async function announcements(ctx: CommandWorld['ctx']): Promise<string> {
  const { municipalities } = await loadPlaces(ctx.db);
  const open: Announcement[] = [];
  for (const { id } of municipalities) {
    open.push(...(await listAnnouncements(ctx.db, { municipalityId: id, states: ['released', 'running', 'paused'] })));
  }
  const text = `${open.length} under way`;
  const failing = open.filter(({ pausedBecause }) => pausedBecause === 'errors').map(({ id }) => id);
  if (failing.length > 0) {
    throw new Error(`${text}, paused by too many errors: ${failing.join(', ')}; see announcements report`);
  }
  const now = await databaseNow(ctx);
  const isLate = ({ state, dueAt }: Rung) =>
    state === 'planned' && now.getTime() - dueAt.getTime() > MOST_DUE_SECONDS * 1000;
  for (const { id, state } of open) {
    if (state === 'paused' || !(await listRungs(ctx.db, id)).some(isLate)) continue;
    throw new Error(`${text}, a send of announcement ${id} is overdue: is 'sunush start' running?`);
  }
  return text;
}

async function telegram({ telegram: settings }: Config): Promise<string> {
  return settings === null ? 'off (no TELEGRAM_BOT_TOKEN)' : probeTelegram(settings);
}

/** @throws {Error} where there is no browser, or the link needs somebody */
async function whatsapp({ whatsapp: settings, dataDir }: Config): Promise<string> {
  if (settings === null) return 'off (WHATSAPP_ENABLED is not true)';
  const browser = await findChromium(settings.chromiumPath);
  const status = readStatus(join(dataDir, 'whatsapp'));
  if (status === null || status.linkedAt === null) return `${browser}, not linked yet`;
  if (status.state === 'ready' || status.state === 'stopped') return `${browser}, ${status.state}`;
  throw new Error(`${browser}, ${status.state}${status.trouble === null ? '' : `: ${status.trouble}`}`);
}
