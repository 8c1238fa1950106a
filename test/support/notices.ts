import { eq } from 'drizzle-orm';
import type { Database } from '../../src/core/context.ts';
import { sendNotice } from '../../src/deliveries/send-notice.ts';
import { deliveries } from '../../src/deliveries/tables.ts';
import { loadPlaces } from '../../src/places/places.ts';
import { addresses } from '../../src/residents/tables.ts';
import { testContext } from './database.ts';
import { givenResident } from './given.ts';

/** Makes a resident of each of these chats of the bot, and writes one notice to all of them. */
export async function writeNotices(db: Database, botId: number, chats: readonly number[]): Promise<void> {
  const ctx = testContext(db);
  await db.transaction(async (tx) => {
    const municipality = (await loadPlaces(tx)).municipalityByCode('KS');
    const residentIds: number[] = [];
    for (const chat of chats) {
      const address = { channel: 'telegram', account: String(botId), id: String(chat) } as const;
      residentIds.push((await givenResident({ ...ctx, tx }, { address })).id);
    }
    await sendNotice(tx, ctx, {
      municipalityId: municipality?.id ?? 0,
      subject: 'proposal:1',
      residentIds,
      audience: 'own',
      write: () => ({ text: 'Сунушуңуз планга кирди.' }),
    });
  });
}

/** What became of the notices, in the order in which they were written. */
export async function readNotices(db: Database) {
  const rows = await db
    .select({
      chat: addresses.externalId,
      status: deliveries.status,
      possiblyDoubled: deliveries.possiblyDoubled,
      attempts: deliveries.attempts,
    })
    .from(deliveries)
    .innerJoin(addresses, eq(addresses.id, deliveries.addressId))
    .orderBy(addresses.id);
  return rows.map((row) => ({ ...row, chat: Number(row.chat) }));
}
