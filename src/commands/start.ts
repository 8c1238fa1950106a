import type { Command } from 'commander';
import { type App, type AppOptions, createApp } from '../app.ts';
import { type Config, linkingPage } from '../config.ts';
import { systemClock } from '../core/clock.ts';
import type { Logger } from '../core/logger.ts';
import { openDatabase } from '../db/open.ts';
import { terminalQr } from './terminal-qr.ts';
import { readWorld, tell } from './with-database.ts';

/** systemd and containers kill ten seconds after SIGTERM; what is not sent by then stays in the database. */
const STOP_WITHIN_MS = 9_000;

export function addStart(program: Command): void {
  program
    .command('start')
    .description('Runs the bot: receives, answers, sends.')
    .action(async () => {
      const { config, log } = readWorld();
      const open = await openDatabase({
        databaseUrl: config.databaseUrl,
        dataDir: config.dataDir,
        role: 'start',
        log,
        onWaiting: () => tell('Another command is using the database; waiting for it to end.'),
      });
      const { app, url } = await started({
        config,
        open,
        clock: systemClock,
        log,
        onLinkCode: (code) => showLinkCode(code, config, log),
      });
      if (config.simulator !== 'off') tell(`Talk to the bot in the browser: ${url ?? ''}/simulator`);
      log.info({ url, database: open.kind }, 'started');
      const signal = await stopSignal();
      log.info({ signal }, 'stopping');
      // a platform that stalls must not hold the process up: the lease and the replies survive
      setTimeout(() => process.exit(0), STOP_WITHIN_MS).unref();
      await app.stop();
      await open.close();
      log.info('stopped');
      process.exit(0);
    });
}

/** In a terminal the code itself; it is none of a log's business, which others may read. */
function showLinkCode({ kind, value }: { kind: 'qr' | 'pairing'; value: string }, config: Config, log: Logger) {
  if (!process.stderr.isTTY) {
    const page = linkingPage(config);
    log.warn(page === null ? {} : { page }, 'WhatsApp waits to be linked: sunush whatsapp status');
    return;
  }
  tell('WhatsApp: on the phone of the bot open Settings, Linked devices, Link a device.');
  tell(kind === 'qr' ? terminalQr(value) : `Then tap "Link with phone number" and type ${value}`);
}

/** What has begun is ended in order when the rest cannot: the failure then ends the process. */
async function started(options: AppOptions): Promise<{ app: App; url: string | null }> {
  let app: App | null = null;
  try {
    app = await createApp(options);
    return { app, ...(await app.start()) };
  } catch (error) {
    setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
    await app?.stop();
    await options.open.close();
    throw error;
  }
}

function stopSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, resolve);
  });
}
