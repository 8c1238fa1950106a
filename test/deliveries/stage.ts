import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach } from 'vitest';
import type { Locale } from '../../src/core/texts.ts';
import { giveUpAddress } from '../../src/deliveries/change-address.ts';
import { type DeliverySourceOptions, deliverySources } from '../../src/deliveries/delivery-source.ts';
import { isDelivered } from '../../src/deliveries/is-delivered.ts';
import { AckNotes } from '../../src/deliveries/note-acks.ts';
import { sendNotice } from '../../src/deliveries/send-notice.ts';
import { deliveries } from '../../src/deliveries/tables.ts';
import { Account } from '../../src/messaging/account.ts';
import { listenForAcks } from '../../src/messaging/acks.ts';
import type { ChannelAddress, OutboundOption } from '../../src/messaging/contract.ts';
import type { Pace } from '../../src/messaging/pace.ts';
import { Pacer } from '../../src/messaging/pacer.ts';
import type { Municipality } from '../../src/places/places.ts';
import { setLanguage } from '../../src/residents/set-language.ts';
import { addresses } from '../../src/residents/tables.ts';
import { type GivenSend, givenSend } from '../support/announcements.ts';
import { testContext, truncateAll, useDatabase } from '../support/database.ts';
import { as, givenMunicipality, givenResident } from '../support/given.ts';
import { silentLog } from '../support/log.ts';
import { ScriptedChannel } from '../support/scripted-channel.ts';

interface AccountOptions extends Pick<DeliverySourceOptions, 'onManyErrors' | 'errors' | 'pieces'> {
  readonly pace?: Pace | null;
}

/** A database with people, notices to them, and senders; empty before each test. */
export function useDeliveries() {
  const database = useDatabase();
  const accounts: Account[] = [];
  let municipality: Municipality;
  let channel: ScriptedChannel;

  beforeEach(async () => {
    await truncateAll(database.db);
    municipality = await givenMunicipality(testContext(database.db));
    channel = new ScriptedChannel();
  });
  afterEach(async () => {
    for (const one of accounts.splice(0)) await one.stop();
  });

  /** A sender of the channel, not yet started. */
  function account(on = channel, options: AccountOptions = {}): Account {
    const { pace = null, ...others } = options;
    const ctx = testContext(database.db);
    const pacer = new Pacer(pace);
    const of = { channel: on.name, account: on.account } as const;
    const acks = new AckNotes({ db: database.db, of, log: silentLog });
    listenForAcks(on, (told) => acks.note(told));
    const onUnreachable = async (address: ChannelAddress, reason: 'blocked' | 'gone') => {
      await giveUpAddress(ctx, address, reason);
    };
    const made = new Account({
      db: database.db,
      channel: on,
      holder: randomUUID(),
      ttlMs: 60_000,
      force: false,
      receive: async () => {},
      receiveAlways: false,
      parallel: 6,
      pacer,
      laterSources: deliverySources({ ctx, of, pacer, acks, onUnreachable, ...others }),
      log: silentLog,
      onUnreachable,
      onMoved: async () => {},
      isSent: (externalId) => isDelivered(database.db, of, externalId),
    });
    accounts.push(made);
    return made;
  }

  return {
    database,
    get channel() {
      return channel;
    },
    account,
    /** A resident at that chat. */
    async person(chat: string, language: Locale = 'ky', on: ScriptedChannel = channel): Promise<number> {
      const ctx = testContext(database.db);
      const address = { channel: on.name, account: on.account, id: chat };
      const { id } = await givenResident(ctx, { address });
      if (language !== 'ky') await setLanguage(as(ctx, id), { residentId: id, language });
      return id;
    },
    /** A notice that says `text` before the language of each. */
    async notice(
      text: string,
      residentIds: number[],
      audience: 'own' | 'staff' = 'own',
      options: readonly OutboundOption[] = [],
    ): Promise<void> {
      const ctx = testContext(database.db);
      const write = (_: unknown, locale: Locale) => ({
        text: `${text} ${locale}`,
        ...(options.length > 0 ? { options } : {}),
      });
      const what = { municipalityId: municipality.id, subject: 'proposal:1', residentIds, audience, write };
      await database.db.transaction((tx) => sendNotice(tx, ctx, what));
    },
    /** A send of an announcement to these chats that says `text` before the language of each; returns its id. */
    announcement: (text: string, chats: readonly string[], more: Partial<GivenSend> = {}): Promise<number> =>
      givenSend(database.db, { municipalityId: municipality.id, text, chats, ...more }),
    /** A group that an officer linked to the first village. */
    async group(chat: string): Promise<void> {
      const values = { channel: 'telegram', account: '1', externalId: chat } as const;
      await database.db.insert(addresses).values({ ...values, groupVillageId: municipality.villages[0]?.id ?? '' });
    },
    /** Sends what may go now. */
    async sendAll(by = account()): Promise<void> {
      await by.start();
      by.look();
      await by.quiet();
    },
    /** All deliveries, oldest first. */
    stored: () => database.db.select().from(deliveries).orderBy(deliveries.id),
    async statuses(): Promise<string[]> {
      const rows = await database.db.select().from(deliveries).orderBy(deliveries.id);
      return rows.map(({ status, reason }) => (reason ? `${status} ${reason}` : status));
    },
    settled: async () => (await database.db.$count(deliveries, sql`settled_at is null`)) === 0,
  };
}
