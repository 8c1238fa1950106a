import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { and, desc, eq, inArray } from 'drizzle-orm';
import { type App, createApp } from '../../../src/app.ts';
import { eventIdOf } from '../../../src/channels/whatsapp/inbound.ts';
import { readConfig } from '../../../src/config.ts';
import { deliveries } from '../../../src/deliveries/tables.ts';
import type { ChannelAddress } from '../../../src/messaging/contract.ts';
import { inbox, media } from '../../../src/messaging/tables.ts';
import { loadPlaces, type Municipality } from '../../../src/places/places.ts';
import { proposalAttachments, proposals } from '../../../src/proposals/tables.ts';
import { findResidentByAddress, type Resident } from '../../../src/residents/queries.ts';
import type { Role } from '../../../src/staff/rights.ts';
import { testContext, type useDatabase } from '../../support/database.ts';
import { givenResident, givenStaff } from '../../support/given.ts';
import { withoutCalendar } from '../../support/kara-suu.ts';
import { silentLog } from '../../support/log.ts';
import { quiet } from '../../support/quiet.ts';
import { TestClock } from '../../support/talk.ts';
import type { Group } from '../../support/whatsapp-web/group.ts';
import type { Person } from '../../support/whatsapp-web/person.ts';
import type { About } from '../../support/whatsapp-web/phone.ts';
import type { SentMessage } from '../../support/whatsapp-web/sent.ts';
import { startWhatsAppWeb, type WhatsAppWeb } from '../../support/whatsapp-web/web.ts';
import { until } from './stage.ts';

const NO_PACE = {
  WHATSAPP_MIN_GAP_MS: '0',
  WHATSAPP_MAX_GAP_MS: '0',
  WHATSAPP_QUIET_HOURS: 'off',
  WHATSAPP_WARM_UP_DAYS: '0',
};

type Database = ReturnType<typeof useDatabase>;

/** The whole program on WhatsApp's stand-in, with village groups in it. */
export class WhatsAppGroups {
  readonly web: WhatsAppWeb;
  readonly clock: TestClock;
  readonly dataDir: string;
  readonly #app: App;
  readonly #database: Database;
  readonly #clerk: Person;
  readonly #backyard: Group;
  #people = 0;
  #groups = 0;

  private constructor(of: Pick<WhatsAppGroups, 'web' | 'clock' | 'dataDir'>, app: App, database: Database) {
    this.web = of.web;
    this.clock = of.clock;
    this.dataDir = of.dataDir;
    this.#app = app;
    this.#database = database;
    this.#clerk = this.someone();
    this.#backyard = this.group('Башка', [this.#clerk]);
  }

  /** Linked and ready. */
  static async start(database: Database): Promise<WhatsAppGroups> {
    const web = await startWhatsAppWeb();
    const dataDir = await mkdtemp(join(tmpdir(), 'sunush-groups-'));
    const env = { WHATSAPP_ENABLED: 'true', WHATSAPP_CHROMIUM_PATH: web.launcher, ...NO_PACE, PORT: '0' };
    const config = readConfig({ ...env, DATA_DIR: dataDir }, false);
    // in no season of the calendar, whose reminders nobody here waits for
    const clock = new TestClock('2026-10-05T10:00:00+06:00');
    const app = await createApp({ config, open: database.open, clock, log: silentLog });
    await withoutCalendar(database.db);
    await app.start();
    await web.phone.scanQr();
    const stage = new WhatsAppGroups({ web, clock, dataDir }, app, database);
    await stage.settled();
    return stage;
  }

  async stop(): Promise<void> {
    await this.#app.stop();
    await this.web.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }

  /** Somebody with WhatsApp whom the bot has never heard of. */
  someone(about: About = {}): Person {
    this.#people += 1;
    return this.web.phone.person(`99655530${String(this.#people).padStart(4, '0')}`, { name: 'Айгүл', ...about });
  }

  group(title: string, members: Person[], options: { byLid?: boolean } = {}): Group {
    this.#groups += 1;
    return this.web.phone.makeGroup(`12036300000000${this.#groups}@g.us`, title, members, options);
  }

  async municipality(): Promise<Municipality> {
    const found = (await loadPlaces(this.#database.db)).municipalityByCode('KS');
    if (found === null) throw new Error('there is no municipality KS');
    return found;
  }

  get context() {
    return testContext(this.#database.db, { clock: this.clock });
  }

  /** Who works for the okmotu and talked to the bot before. */
  async member(role: Role, about: About = {}): Promise<Person> {
    const person = this.someone(about);
    await givenStaff(this.context, await this.municipality(), role, addressOf(person));
    return person;
  }

  /** Who consented in a chat of their own, by the id that they have there. */
  async villager(villageId: string, about: About = {}): Promise<Person> {
    const person = this.someone(about);
    await givenResident(this.context, { address: addressOf(person), villageId });
    return person;
  }

  residentOf(person: Person, id = person.id): Promise<Resident | null> {
    return findResidentByAddress(this.#database.db, { ...addressOf(person), id });
  }

  async lastProposal() {
    const [row] = await this.#database.db.select().from(proposals).orderBy(desc(proposals.id)).limit(1);
    if (row === undefined) throw new Error('there is no proposal');
    return row;
  }

  /** The bytes of the files of a proposal. */
  async filesOf({ id }: { id: number }): Promise<Buffer[]> {
    const { db } = this.#database;
    const rows = () =>
      db
        .select({ path: media.path })
        .from(proposalAttachments)
        .innerJoin(media, eq(media.id, proposalAttachments.mediaId))
        .where(eq(proposalAttachments.proposalId, id));
    await until(async () => (await rows()).every(({ path }) => path !== null), 'files');
    const stored = await rows();
    return Promise.all(stored.map(({ path }) => readFile(join(this.dataDir, 'media', path ?? ''))));
  }

  /** Everything that was said is answered, or is not going to be: what is written after it is handled too. */
  async settled(): Promise<void> {
    const id = this.#clerk.writesIn(this.#backyard, '/propose');
    const { db } = this.#database;
    const handled = and(eq(inbox.eventId, eventIdOf(id)), eq(inbox.status, 'handled'));
    await until(async () => (await db.$count(inbox, handled)) > 0, id);
    await this.#app.runner.idle();
    for (const account of this.#app.accounts) account.look();
    const waiting = inArray(deliveries.status, ['pending', 'sending']);
    await until(async () => (await db.$count(deliveries, waiting)) === 0, 'notices to be sent');
    await quiet(this.#app.accounts);
  }

  /** What the bot sends to a chat while `work` is done. */
  async hears(chat: Group | Person, work: () => unknown): Promise<SentMessage[]> {
    const before = this.web.sent.to(chat.id).length;
    this.clock.pass(10_000);
    await work();
    await this.settled();
    return this.web.sent.to(chat.id).slice(before);
  }

  /** The same, as texts alone. */
  async reads(chat: Group | Person, work: () => unknown): Promise<string[]> {
    return (await this.hears(chat, work)).map(({ text }) => text.replaceAll('\u200B', ''));
  }
}

/** The chat with a person alone. */
export function addressOf({ id }: Pick<Person, 'id'>): ChannelAddress {
  return { channel: 'whatsapp', account: 'bot', id };
}
