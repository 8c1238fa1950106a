import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BotProcess } from '../support/bot-process.ts';
import { Child } from './child.ts';
import { cpuMs } from './machine.ts';
import type { Arrivals, PlatformOrder } from './platform/orders.ts';
import { runCommand } from './program.ts';
import { FIRST_CHAT, seedResidents, seedSend } from './seed-send.ts';
import { type Server, withSql } from './server.ts';

/** Recipients behind a Bot API that enforces its limits, and what sends to them; each with a database of its own. */
export class Broadcast {
  readonly #server: Server;
  readonly #count: number;
  readonly #perSecond: number;
  readonly #platform: Child;
  readonly #dataDirs: string[] = [];
  readonly #ends: (() => Promise<unknown>)[] = [];
  #databaseUrl = '';
  #telegram = { root: '', token: '' };

  private constructor(server: Server, count: number, perSecond: number) {
    this.#server = server;
    this.#count = count;
    this.#perSecond = perSecond;
    this.#platform = new Child('platform', [String(FIRST_CHAT), String(count), String(perSecond)]);
  }

  static async open(server: Server, count: number, perSecond: number): Promise<Broadcast> {
    const made = new Broadcast(server, count, perSecond);
    made.#telegram = await made.#platform.next();
    return made;
  }

  /** Resolves once the program has begun, to the time that it has spent on a processor from then on. */
  async bySunush(): Promise<() => number> {
    await this.seed();
    const { pid } = await this.start();
    await this.send();
    const before = cpuMs(pid);
    return () => cpuMs(pid) - before;
  }

  /** Resolves once the peer is through, to the time that it has spent on a processor. */
  async byPeer(which: 'loop' | 'throttler'): Promise<number> {
    const args = [which, FIRST_CHAT, this.#count, this.#perSecond].map(String);
    const { root, token } = this.#telegram;
    const peer = new Child('peers', args, { TELEGRAM_API_ROOT: root, TELEGRAM_BOT_TOKEN: token });
    this.#ends.push(() => peer.stop());
    return (await peer.next<{ cpuMs: number }>()).cpuMs;
  }

  /** A database with the recipients as residents. */
  async seed(): Promise<void> {
    this.#databaseUrl = await this.#server.createDatabase();
    await runCommand(['staff', 'list'], { DATABASE_URL: this.#databaseUrl, DATA_DIR: this.#dataDir() });
    await withSql(this.#databaseUrl, (sql) => seedResidents(sql, this.#count));
  }

  /** One process of the program. */
  async start(): Promise<BotProcess> {
    const bot = new BotProcess({
      DATABASE_URL: this.#databaseUrl,
      DATA_DIR: this.#dataDir(),
      TELEGRAM_API_ROOT: this.#telegram.root,
      TELEGRAM_BOT_TOKEN: this.#telegram.token,
      TELEGRAM_BULK_PER_SECOND: String(this.#perSecond),
    });
    await bot.start();
    this.#ends.push(() => bot.kill());
    return bot;
  }

  async send(): Promise<void> {
    const text = 'Эртең саат 10:00дө клубда жыйын болот.';
    await withSql(this.#databaseUrl, (sql) => seedSend(sql, text));
  }

  get databaseUrl(): string {
    return this.#databaseUrl;
  }

  look(): Promise<Arrivals> {
    return this.#ask({ what: 'look' });
  }

  talk(perSecond: number): Promise<unknown> {
    return this.#ask({ what: 'talk', perSecond });
  }

  stopTalking(): Promise<number[]> {
    return this.#ask({ what: 'stop-talking' });
  }

  async close(): Promise<void> {
    for (const end of this.#ends) await end();
    await this.#platform.stop();
    if (this.#databaseUrl !== '') await this.#server.dropDatabase(this.#databaseUrl);
    for (const dir of this.#dataDirs) rmSync(dir, { recursive: true, force: true });
  }

  #ask<T>(order: PlatformOrder): Promise<T> {
    this.#platform.tell(order);
    return this.#platform.next<T>();
  }

  #dataDir(): string {
    const dir = mkdtempSync(join(tmpdir(), 'sunush-bench-'));
    this.#dataDirs.push(dir);
    return dir;
  }
}
