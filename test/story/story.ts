import { count, inArray } from 'drizzle-orm';
import { expect } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Context, Database } from '../../src/core/context.ts';
import type { OpenDatabase } from '../../src/db/open.ts';
import { deliveries } from '../../src/deliveries/tables.ts';
import type { Municipality } from '../../src/places/places.ts';
import { type BotApi, startBotApi } from '../support/bot-api/bot-api.ts';
import { testContext } from '../support/database.ts';
import { withoutCalendar } from '../support/kara-suu.ts';
import { silentLog } from '../support/log.ts';
import { quiet } from '../support/quiet.ts';
import { TestClock } from '../support/talk.ts';
import { Book } from './book.ts';
import { PATIENCE, Phone } from './phones.ts';

const DAY_MS = 24 * 60 * 60_000;

/** The whole program, Telegram as strict as it is, the people with their phones, and the book of what is said. */
export class Story {
  readonly book = new Book();
  readonly db: Database;
  readonly municipality: Municipality;
  readonly #clock: TestClock;
  readonly #phones = new Map<string, Phone>();
  readonly #app: App;
  readonly #api: BotApi;

  private constructor(o: { db: Database; api: BotApi; app: App; clock: TestClock; municipality: Municipality }) {
    this.db = o.db;
    this.municipality = o.municipality;
    this.#api = o.api;
    this.#app = o.app;
    this.#clock = o.clock;
  }

  static async begin(open: OpenDatabase, dataDir: string): Promise<Story> {
    const api = await startBotApi();
    const telegram = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root };
    const config = readConfig(
      { DATA_DIR: dataDir, SIMULATOR: 'off', PORT: '0', LOG_LEVEL: 'silent', ...telegram },
      false,
    );
    const clock = new TestClock('2026-11-22T10:00:00+06:00');
    const app = await createApp({ config, open, clock, log: silentLog });
    await withoutCalendar(open.db);
    await app.start();
    const municipality = (await app.places.read(open.db)).municipalityByCode('KS');
    if (municipality === null) throw new Error('there is no municipality KS');
    return new Story({ db: open.db, api, app, clock, municipality });
  }

  async end(): Promise<void> {
    await this.#app.stop();
    await this.#api.close();
  }

  /** Gives somebody a phone. */
  meets(name: string): Phone {
    const person = this.#api.user(1_001 + this.#phones.size, { first_name: name });
    const around = {
      book: this.book,
      act: () => this.#clock.pass(10_000),
      settled: () => this.#settled(),
    };
    const phone = new Phone(around, name, person);
    this.#phones.set(name, phone);
    return phone;
  }

  /** The phone of somebody who was met. */
  of(name: string): Phone {
    const phone = this.#phones.get(name);
    if (phone === undefined) throw new Error(`nobody is called ${name}`);
    return phone;
  }

  /** How many notices all of them got. */
  get told(): number {
    return [...this.#phones.values()].reduce((sum, phone) => sum + phone.told.length, 0);
  }

  passDays(days: number): void {
    this.#clock.pass(days * DAY_MS);
  }

  /** The machine's operator at the command line. */
  get operator(): Context {
    return { ...testContext(this.db), clock: this.#clock, actor: { type: 'operator', name: 'root' } };
  }

  /** Every notice has arrived, and is written down. */
  async notices(): Promise<void> {
    const waiting = async () => {
      await this.#settled();
      const [row] = await this.db
        .select({ count: count() })
        .from(deliveries)
        .where(inArray(deliveries.status, ['pending', 'sending']));
      return row?.count;
    };
    await expect.poll(waiting, PATIENCE).toBe(0);
    await this.#settled();
    for (const phone of this.#phones.values()) phone.hears();
  }

  async #settled(): Promise<void> {
    await this.#app.runner.idle();
    await quiet(this.#app.accounts);
  }
}
