import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { ResidentNotFoundError } from './rules.ts';
import { addresses, residents } from './tables.ts';

/** A registered resident; never one who has been erased. */
export type Resident = Omit<typeof residents.$inferSelect, 'erasedAt'>;

const resident = {
  id: residents.id,
  language: residents.language,
  villageId: residents.villageId,
  name: residents.name,
  sex: residents.sex,
  ageBand: residents.ageBand,
  demographicsAskedAt: residents.demographicsAskedAt,
  consentVersion: residents.consentVersion,
  consentAt: residents.consentAt,
  announcementsStoppedAt: residents.announcementsStoppedAt,
  answersStoppedAt: residents.answersStoppedAt,
  createdAt: residents.createdAt,
};

/** Who writes from this chat; null: nobody registered. */
export async function findResidentByAddress(db: Database, address: ChannelAddress): Promise<Resident | null> {
  const found = await findResidentsByAddress(db, [address]);
  return found.get(addressKey(address)) ?? null;
}

/** Who writes from these chats, by `addressKey`, in one statement over a unique index; strangers are left out. */
export async function findResidentsByAddress(
  db: Database,
  chats: readonly ChannelAddress[],
): Promise<ReadonlyMap<string, Resident>> {
  const column = (of: keyof ChannelAddress) => sql`${sql.param(chats.map((chat) => chat[of]))}::text[]`;
  const rows = await db
    .select({ ...resident, channel: addresses.channel, account: addresses.account, chatId: addresses.externalId })
    .from(addresses)
    .innerJoin(residents, eq(residents.id, addresses.residentId))
    .where(
      sql`(${addresses.channel}, ${addresses.account}, ${addresses.externalId}) in
        (select * from unnest(${column('channel')}, ${column('account')}, ${column('id')}))`,
    )
    .prepare('find_residents_by_address') // asked with every message
    .execute();
  return new Map(
    rows.map(({ channel, account, chatId, ...found }) => [addressKey({ channel, account, id: chatId }), found]),
  );
}

/** An address as one string, for maps. */
export function addressKey({ channel, account, id }: ChannelAddress): string {
  return JSON.stringify([channel, account, id]);
}

/** @throws {ResidentNotFoundError} */
export async function getResident(db: Database, residentId: number): Promise<Resident> {
  const [found] = await db
    .select(resident)
    .from(residents)
    .where(and(eq(residents.id, residentId), isNull(residents.erasedAt)));
  if (found === undefined) throw new ResidentNotFoundError(residentId);
  return found;
}

/** A resident's addresses, oldest first. */
export async function listAddresses(db: Database, residentId: number): Promise<ChannelAddress[]> {
  return db
    .select({ channel: addresses.channel, account: addresses.account, id: addresses.externalId })
    .from(addresses)
    .where(eq(addresses.residentId, residentId))
    .orderBy(addresses.id);
}
