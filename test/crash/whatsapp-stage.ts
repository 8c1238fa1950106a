import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { readStatus } from '../../src/channels/whatsapp/status-file.ts';
import type { OpenDatabase } from '../../src/db/open.ts';
import { BotProcess } from '../support/bot-process.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { runningProcesses } from '../support/processes.ts';
import { WHATSAPP_AT_ONCE } from '../support/whatsapp-pace.ts';
import type { Person } from '../support/whatsapp-web/person.ts';
import { startWhatsAppWeb, type WhatsAppWeb } from '../support/whatsapp-web/web.ts';

/** Whom a round kills. */
export type Victim = 'parent' | 'child' | 'browser';

/** How long anything may take while the program is killed and started again. */
const PATIENCE_MS = 300_000;

/** The whole program in a process of its own, linked to the stand-in of WhatsApp Web, to be killed in all its parts. */
export class WhatsAppProgram {
  readonly web: WhatsAppWeb;
  readonly bot: BotProcess;
  readonly #database: FreshDatabase;

  private constructor(web: WhatsAppWeb, database: FreshDatabase, bot: BotProcess) {
    this.web = web;
    this.bot = bot;
    this.#database = database;
  }

  /** Linked by a QR code, for the only time. */
  static async start(env: NodeJS.ProcessEnv = {}): Promise<WhatsAppProgram> {
    const web = await startWhatsAppWeb();
    const database = await freshDatabase();
    const whatsapp = { ...WHATSAPP_AT_ONCE, WHATSAPP_CHROMIUM_PATH: web.launcher };
    const program = new WhatsAppProgram(web, database, new BotProcess({ ...database.env, ...whatsapp, ...env }));
    await program.bot.start();
    await web.phone.scanQr();
    await program.ready();
    return program;
  }

  async close(): Promise<void> {
    await this.bot.kill();
    await this.web.close();
    await this.#database.drop();
  }

  /** Where the link is kept. */
  get #profile(): string {
    return join(this.#database.dataDir, 'whatsapp');
  }

  get status() {
    return readStatus(this.#profile);
  }

  /** Messages can go. */
  ready(): Promise<void> {
    return until(() => this.status?.state === 'ready' && this.web.phone.online, 'a link');
  }

  /** Browsers with the profile; each consists of many processes, of which one has no type. */
  browsers(): number[] {
    const arg = `--user-data-dir=${join(this.#profile, 'session-bot')}`;
    const isMain = (args: readonly string[]) => args.includes(arg) && !args.some((one) => one.startsWith('--type='));
    return runningProcesses()
      .filter(({ args }) => isMain(args))
      .map(({ pid }) => pid);
  }

  /** Any process that names the profile. */
  leftovers(): number[] {
    return runningProcesses()
      .filter(({ args }) => args.some((arg) => arg.includes(this.#profile)))
      .map(({ pid }) => pid);
  }

  /** The process between the program and the browser. */
  get #childPid(): number {
    const child = runningProcesses().find(
      ({ parent, args }) => parent === this.bot.pid && args.some((arg) => arg.endsWith('/whatsapp/child.mjs')),
    );
    return child?.pid ?? 0;
  }

  /** Kill -9; resolves once it is gone, with all of the browser. */
  async kill(victim: Victim): Promise<void> {
    const before = this.status?.restartedAt.length ?? 0;
    if (victim === 'parent') await this.bot.kill();
    else {
      const pids = victim === 'child' ? [this.#childPid] : this.browsers();
      if (pids.length !== 1 || pids.includes(0)) throw new Error(`there is no ${victim} to kill: ${pids.join()}`);
      for (const pid of pids) process.kill(pid, 'SIGKILL');
      await until(() => (this.status?.restartedAt.length ?? 0) > before, 'the end of the browser to be noticed');
    }
    await until(() => !this.web.phone.online, 'the page to be gone');
    // of a parent that is gone nobody takes the browser away: it ends with the pipe that it is led by
    if (victim === 'parent') await until(() => this.leftovers().length === 0, 'the last process of the browser');
  }

  /** Works on the database as a command does beside the program, which must not be killed meanwhile. */
  async asCommand<T>(work: (open: OpenDatabase) => Promise<T>): Promise<T> {
    const open = await this.#database.open({ role: 'command' });
    try {
      return await work(open);
    } finally {
      await open.close();
    }
  }
}

/** Somebody with a phone, and how far they have listened. */
class Resident {
  readonly person: Person;
  readonly #web: WhatsAppWeb;
  #heard = 0;

  constructor(web: WhatsAppWeb, number: string) {
    this.#web = web;
    this.person = web.phone.person(number);
  }

  /** The next message of the bot that fits; what came between is passed over. */
  async hears(pattern: RegExp): Promise<string> {
    let found = '';
    await until(
      () => {
        const said = this.#web.sent.to(this.person.id).map(({ text }) => text);
        const at = said.findIndex((text, index) => index >= this.#heard && pattern.test(text));
        if (at < 0) return false;
        this.#heard = at + 1;
        found = said[at] ?? '';
        return true;
      },
      `${this.person.id} to hear ${String(pattern)}`,
    );
    return found;
  }
}

/** What the bot asks before the receipt and after it, and the number that a resident types. */
const BEFORE = [
  { hears: /Тилди тандаңыз/, types: '1' },
  { hears: /Макулсузбу/, types: '1' },
  { hears: /Жөнөтөлүбү/, types: '1' },
] as const;
const AFTER = [
  { hears: /Сиз:/, types: '3' },
  { hears: /Жашыңыз канчада/, types: '4' },
] as const;

/** A newcomer's way from the first words to the thanks; `said` takes the id of each message. Returns the number. */
export async function walk(
  web: WhatsAppWeb,
  number: string,
  text: string,
  said: (messageId: string) => void | Promise<void>,
): Promise<string> {
  const resident = new Resident(web, number);
  await said(resident.person.writes(text));
  const answers = async (steps: readonly { readonly hears: RegExp; readonly types: string }[]) => {
    for (const { hears, types } of steps) {
      await resident.hears(hears);
      await said(resident.person.writes(types));
    }
  };
  await answers(BEFORE);
  const receipt = await resident.hears(/Номери: \S+-\d{4}-\d{4,}/);
  await answers(AFTER);
  await resident.hears(/^Рахмат!/);
  return /Номери: (\S+-\d{4}-\d{4,})/.exec(receipt)?.[1] ?? '';
}

export async function until(isSo: () => boolean, what: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (!isSo()) {
    if (performance.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await delay(10);
  }
}
