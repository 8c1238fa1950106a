import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSimulatorChannel } from '../../src/channels/simulator/channel.ts';
import { systemClock } from '../../src/core/clock.ts';
import { createWeb, type WebOptions } from '../../src/web/server.ts';
import { silentLog } from '../support/log.ts';
import { answeringBot } from './answering-bot.ts';

/** The web server on a free port, with the simulator and a bot that answers. `close` ends all of it. */
export async function givenWeb(options: Partial<WebOptions> = {}) {
  const dir = await mkdtemp(join(tmpdir(), 'web-'));
  const channel = createSimulatorChannel({ dir: join(dir, 'simulator'), clock: systemClock });
  const bot = answeringBot(channel);
  await channel.start(bot.receive);
  const make = (port: number) =>
    createWeb({
      host: '127.0.0.1',
      port,
      simulator: channel,
      simulatorMode: 'local',
      proxied: false,
      timeZone: 'Asia/Bishkek',
      readiness: async () => ({ ready: true, body: { database: 'ok' } }),
      metrics: async () => 'sunush_up 1\n',
      whatsapp: null,
      telegramWebhook: null,
      log: silentLog,
      ...options,
    });
  let web = make(0);
  const { url } = await web.start();
  return {
    url,
    channel,
    bot,
    /** Ends the server; `up` brings another one to the same port. */
    down: () => web.stop(),
    async up() {
      web = make(Number(new URL(url).port));
      await web.start();
    },
    async close() {
      await web.stop();
      await channel.stop();
      await rm(dir, { recursive: true, force: true });
    },
  };
}

export type GivenWeb = Awaited<ReturnType<typeof givenWeb>>;
