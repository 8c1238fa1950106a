import { and, eq, isNull } from 'drizzle-orm';
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

/** Who writes from this chat, in one statement over a unique index; null: nobody registered. */
export async function findResidentByAddress(db: Database, address: ChannelAddress): Promise<Resident | null> {
  const [found] = await db
    .select(resident)
    .from(addresses)
    .innerJoin(residents, eq(residents.id, addresses.residentId))
    .where(
      and(
        eq(addresses.channel, address.channel),
        eq(addresses.account, address.account),
        eq(addresses.externalId, address.id),
      ),
    )
    .prepare('find_resident_by_address') // asked with every message
    .execute();
  return found ?? null;
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
