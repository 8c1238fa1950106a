import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BotProcess } from '../../support/bot-process.ts';
import { startWhatsAppWeb, type WhatsAppWeb } from '../../support/whatsapp-web/web.ts';
import { memoryOf } from '../machine.ts';
import { FULL, type Pace } from '../pace.ts';
import { heading, percentile, spread, table } from '../print.ts';

const PEOPLE = 100;
const MESSAGES = 2_000;
const REST_MS = 10_000;
const CUT_MS = 5_000;
const LOOK_MS = 20;

/** One number with its browser, through the stand-in of WhatsApp Web: how fast, how large, how soon it is back. */
export async function whatsapp(pace: Pace): Promise<void> {
  const web = await startWhatsAppWeb();
  const dataDir = mkdtempSync(join(tmpdir(), 'sunush-bench-'));
  const bot = new BotProcess({
    DATA_DIR: dataDir,
    DATABASE_URL: undefined,
    WHATSAPP_ENABLED: 'true',
    WHATSAPP_CHROMIUM_PATH: web.launcher,
    ...NO_PACE,
  });
  const talk = new Talk(web);
  try {
    await bot.start();
    await web.phone.scanQr();
    await talk.answered();
    await speed(bot, talk, pace);
    await startAndRecovery(bot, talk, pace);
  } finally {
    await bot.stop();
    await web.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

const NO_PACE = {
  WHATSAPP_MIN_GAP_MS: '0',
  WHATSAPP_MAX_GAP_MS: '0',
  WHATSAPP_QUIET_HOURS: 'off',
  WHATSAPP_WARM_UP_DAYS: '0',
};

async function speed(bot: BotProcess, talk: Talk, pace: Pace): Promise<void> {
  const count = pace === FULL ? MESSAGES : MESSAGES / 4;
  heading(`whatsapp: ${count} messages of ${PEOPLE} people, each answered, pacing off, embedded database`);
  await pause(REST_MS);
  const before = await memory(bot);
  const one: number[] = [];
  for (let round = 0; round < 20; round += 1) one.push(await talk.answered());
  const seconds = (await talk.flood(count)) / 1000;
  const after = await memory(bot);
  table([
    ['in and out a second', 'one answer p50 ms', 'p95 ms', 'program MB', 'after', 'browser MB', 'after'],
    [
      (count / seconds).toFixed(0),
      percentile(one, 0.5).toFixed(0),
      percentile(one, 0.95).toFixed(0),
      before.programMb.toFixed(0),
      after.programMb.toFixed(0),
      before.browserMb.toFixed(0),
      after.browserMb.toFixed(0),
    ],
  ]);
}

async function startAndRecovery(bot: BotProcess, talk: Talk, { rounds }: Pace): Promise<void> {
  const { trouble } = talk.web;
  const failures: Record<string, () => Promise<unknown>> = {
    'started again in order': async () => {
      await bot.stop();
      await bot.start();
    },
    'killed, and started again': async () => {
      await bot.kill();
      await bot.start();
    },
    'page loaded anew': () => trouble.reload(),
    'connection cut for 5 s': async () => {
      await trouble.linkDown();
      await pause(CUT_MS);
      await trouble.linkUp();
    },
    'page loaded anew, WhatsApp away for 5 s': async () => {
      await trouble.reloadUnreachable();
      await pause(CUT_MS);
      await trouble.set({ answers: 'page' });
    },
    'browser killed': async () => trouble.killBrowser(),
    'its process killed': async () => process.kill(childOf(bot.pid), 'SIGKILL'),
    'page hung': () => trouble.hang(),
  };
  heading('whatsapp: from the failure to the answer to what was written meanwhile, each after a calm start');
  const lines = [['', 's']];
  for (const [name, fail] of Object.entries(failures)) {
    const taken: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      // pauses grow from one failure to the next
      await bot.stop();
      await bot.start();
      await talk.answered(300_000);
      const startedAt = performance.now();
      await fail();
      await talk.answered(300_000);
      taken.push((performance.now() - startedAt) / 1000);
    }
    lines.push([name, spread(taken, 1)]);
  }
  table(lines);
}

/** People at their phones who know what they will get: the menu. */
class Talk {
  readonly web: WhatsAppWeb;
  readonly #people: ReturnType<WhatsAppWeb['phone']['person']>[];

  constructor(web: WhatsAppWeb) {
    this.web = web;
    this.#people = Array.from({ length: PEOPLE }, (_, index) =>
      web.phone.person(`9965553${String(index).padStart(5, '0')}`, { name: `Тургун ${index}` }),
    );
  }

  /** Ms until the first of them has an answer. */
  async answered(withinMs = 60_000): Promise<number> {
    const [person] = this.#people;
    const before = this.web.sent.all.length;
    const startedAt = performance.now();
    person?.writes('салам');
    await this.#until(() => this.web.sent.all.length > before, withinMs);
    return performance.now() - startedAt;
  }

  /** Ms until every message of all has its answer. */
  async flood(count: number): Promise<number> {
    const before = this.web.sent.all.length;
    const startedAt = performance.now();
    for (let index = 0; index < count; index += 1) this.#people[index % PEOPLE]?.writes('жардам');
    await this.#until(() => this.web.sent.all.length >= before + count, 600_000);
    return performance.now() - startedAt;
  }

  async #until(look: () => boolean, withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!look()) {
      if (performance.now() > deadline) throw new Error('an answer did not come in time');
      await pause(LOOK_MS);
    }
  }
}

async function memory(bot: BotProcess): Promise<{ programMb: number; browserMb: number }> {
  const metrics = await (await fetch(`${bot.url}/metrics`)).text();
  const bytes = Number(/^sunush_whatsapp_memory_bytes (\S+)/m.exec(metrics)?.[1]);
  return { programMb: memoryOf(bot.pid)?.nowMb ?? Number.NaN, browserMb: bytes / 1024 / 1024 };
}

/** The process that drives the browser. @throws {Error} when there is none */
function childOf(pid: number): number {
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      if (Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid) return Number(name);
    } catch {
      // it has ended meanwhile
    }
  }
  throw new Error('the browser has no process');
}
