import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach } from 'vitest';
import type { Locale } from '../../src/core/texts.ts';
import { giveUpAddress } from '../../src/deliveries/change-address.ts';
import { DeliverySource } from '../../src/deliveries/delivery-source.ts';
import { sendNotice } from '../../src/deliveries/send-notice.ts';
import { deliveries } from '../../src/deliveries/tables.ts';
import { Account } from '../../src/messaging/account.ts';
import type { Pace } from '../../src/messaging/pace.ts';
import type { Municipality } from '../../src/places/places.ts';
import { setLanguage } from '../../src/residents/set-language.ts';
import { testContext, truncateAll, useDatabase } from '../support/database.ts';
import { as, givenMunicipality, givenResident } from '../support/given.ts';
import { silentLog } from '../support/log.ts';
import { ScriptedChannel } from '../support/scripted-channel.ts';

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
  function account(on = channel, { ttlMs = 5_000, pace = null as Pace | null } = {}): Account {
    const ctx = testContext(database.db);
    const made = new Account({
      db: database.db,
      channel: on,
      holder: randomUUID(),
      ttlMs,
      force: false,
      receive: async () => {},
      receiveAlways: false,
      parallel: 6,
      laterSources: [new DeliverySource({ ctx, of: { channel: on.name, account: on.account }, pace })],
      log: silentLog,
      onUnreachable: (address, reason) => giveUpAddress(ctx, address, reason),
      onMoved: async () => {},
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
    async person(chat: string, language: Locale = 'ky'): Promise<number> {
      const ctx = testContext(database.db);
      const { id } = await givenResident(ctx, { address: { channel: 'telegram', account: '1', id: chat } });
      if (language !== 'ky') await setLanguage(as(ctx, id), { residentId: id, language });
      return id;
    },
    /** A notice that says `text` before the language of each. */
    async notice(text: string, residentIds: number[], audience: 'own' | 'staff' = 'own'): Promise<void> {
      const ctx = testContext(database.db);
      const write = (_: unknown, locale: Locale) => ({ text: `${text} ${locale}` });
      const what = { municipalityId: municipality.id, subject: 'proposal:1', residentIds, audience, write };
      await database.db.transaction((tx) => sendNotice(tx, ctx, what));
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
