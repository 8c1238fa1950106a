import { inArray } from 'drizzle-orm';
import { expect } from 'vitest';
import { type App, createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import type { Locale } from '../../src/core/texts.ts';
import { deliveries } from '../../src/deliveries/tables.ts';
import { expireDialogs } from '../../src/messaging/expiry.ts';
import { loadPlaces, type Municipality } from '../../src/places/places.ts';
import type { Role } from '../../src/staff/rights.ts';
import { type BotApi, startBotApi } from '../support/bot-api/bot-api.ts';
import type { FakePerson } from '../support/bot-api/person.ts';
import type { Chat } from '../support/bot-api/world.ts';
import { testContext, type useDatabase } from '../support/database.ts';
import { givenStaff } from '../support/given.ts';
import { withoutCalendar } from '../support/kara-suu.ts';
import { silentLog } from '../support/log.ts';
import { quiet } from '../support/quiet.ts';
import { TestClock } from '../support/talk.ts';

/** The whole program on Telegram's stand-in, with groups and channels in it. */
export class GroupStage {
  readonly api: BotApi;
  readonly clock: TestClock;
  readonly #app: App;
  readonly #database: ReturnType<typeof useDatabase>;
  #groups = 0;

  private constructor(api: BotApi, app: App, clock: TestClock, database: ReturnType<typeof useDatabase>) {
    this.api = api;
    this.clock = clock;
    this.#app = app;
    this.#database = database;
  }

  /** With `privacyMode` false the bot gets all that is said, as an administrator does. */
  static async start(database: ReturnType<typeof useDatabase>, privacyMode = true): Promise<GroupStage> {
    const api = await startBotApi({ privacyMode });
    const env = { TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root, SIMULATOR: 'off', PORT: '0' };
    const config = readConfig({ ...env, DATA_DIR: database.dataDir }, false);
    // in no season of the calendar, whose reminders nobody here waits for
    const clock = new TestClock('2026-10-05T10:00:00+06:00');
    const app = await createApp({ config, open: database.open, clock, log: silentLog });
    await withoutCalendar(database.db);
    await app.start();
    return new GroupStage(api, app, clock, database);
  }

  async stop(): Promise<void> {
    await this.#app.stop();
    await this.api.close();
  }

  group(title = 'Мантыш айылы', type: 'supergroup' | 'channel' = 'supergroup'): Chat {
    this.#groups += 1;
    return this.api.group(-1000 - this.#groups, title, type);
  }

  async municipality(code = 'KS'): Promise<Municipality> {
    const found = (await loadPlaces(this.#database.db)).municipalityByCode(code);
    if (found === null) throw new Error(`there is no municipality ${code}`);
    return found;
  }

  /** Somebody of the staff, who talked to the bot before. */
  async member(id: number, role: Role, language: Locale = 'ky', code = 'KS'): Promise<FakePerson> {
    const [person] = this.api.acquaintances([id]);
    if (person === undefined) throw new Error('nobody there');
    const address = { channel: 'telegram', account: String(this.api.bot.id), id: String(id) } as const;
    await givenStaff(testContext(this.#database.db), await this.municipality(code), role, address, { language });
    return person;
  }

  /** Everything that was said is answered, or is not going to be. */
  async settled(): Promise<void> {
    const { updates } = this.api;
    await expect.poll(() => updates.polled && updates.pendingCount === 0, { interval: 5 }).toBe(true);
    await this.#app.runner.idle();
    for (const account of this.#app.accounts) account.look();
    // notices wait for the pace of their platform
    await expect.poll(() => this.#waiting(), { interval: 20 }).toBe(0);
    await quiet(this.#app.accounts);
  }

  async #waiting(): Promise<number> {
    const waiting = inArray(deliveries.status, ['pending', 'sending']);
    return (await this.#database.db.select({ id: deliveries.id }).from(deliveries).where(waiting)).length;
  }

  /** What the sweeper does every minute. */
  async sweep(): Promise<void> {
    this.#app.runner.wake(await expireDialogs(this.#database.db, this.clock.now()));
    await this.settled();
  }

  /** What happens in the chat while `work` is done: `> ` of people, `~ ` where the bot changed what it had written. */
  async hears(chat: Chat, work: () => unknown): Promise<string[]> {
    const before = chat.happenings.length;
    this.clock.pass(10_000);
    await work();
    await this.settled();
    return chat.happenings.slice(before).flatMap(({ kind, message: { text, buttons } }) => {
      const shown = buttons.flat().map((button) => button.text);
      const line = `${text}${shown.length === 0 ? '' : ` [${shown.join('|')}]`}`;
      return kind === 'said' ? [] : [`${kind === 'edited' ? '~ ' : ''}${line}`];
    });
  }
}
