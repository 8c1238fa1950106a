import { and, asc, eq, isNotNull, type SQL } from 'drizzle-orm';
import type { Database, Tx } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { villages } from '../places/tables.ts';
import { addresses } from './tables.ts';

/** A group, or a channel that many read, that speaks to the people of a village. */
export interface Group {
  /** Of its address. */
  readonly id: number;
  readonly address: ChannelAddress;
  readonly villageId: string;
  /** To which the village belongs now. */
  readonly municipalityId: number;
  /** As it is called there; empty where nobody told. */
  readonly title: string;
  /** Why nothing is sent to it for now, or null. */
  readonly unreachable: (typeof addresses.$inferSelect)['unreachableReason'];
}

/** The linked group at this address; null: none is. */
export async function findGroup(db: Database, address: ChannelAddress): Promise<Group | null> {
  const [found] = await selectGroups(db, at(address));
  return found ?? null;
}

/** The groups that speak to villages of the municipality, in the order in which they were linked first. */
export function listGroups(db: Database, municipalityId: number): Promise<Group[]> {
  return selectGroups(db, eq(villages.municipalityId, municipalityId));
}

async function selectGroups(db: Database, which: SQL | undefined): Promise<Group[]> {
  const rows = await db
    .select({
      id: addresses.id,
      address: { channel: addresses.channel, account: addresses.account, id: addresses.externalId },
      villageId: villages.id,
      municipalityId: villages.municipalityId,
      title: addresses.groupTitle,
      unreachable: addresses.unreachableReason,
    })
    .from(addresses)
    .innerJoin(villages, eq(villages.id, addresses.groupVillageId))
    .where(which)
    .orderBy(asc(addresses.id));
  return rows.map((row) => ({ ...row, title: row.title ?? '' }));
}

/** Waits for whoever changes the address, and keeps others from it until the transaction ends. */
export async function lockGroup(tx: Tx, address: ChannelAddress): Promise<Group | null> {
  await tx.select({ id: addresses.id }).from(addresses).where(at(address)).for('update');
  return findGroup(tx, address);
}

/**
 * Links a group to a village, or to another one; it can be reached from then on. Rights are the caller's business.
 * Returns the number of its address. @throws {AppError} `conflict` where the address is a person's
 */
export async function putGroup(
  tx: Tx,
  group: { address: ChannelAddress; villageId: string; title: string; linkedBy: string; linkedAt: Date },
): Promise<number> {
  const { address, villageId, title, linkedBy, linkedAt } = group;
  const link = {
    groupVillageId: villageId,
    groupTitle: title,
    linkedBy,
    linkedAt,
    unreachableReason: null,
    unreachableAt: null,
  };
  const [row] = await tx
    .insert(addresses)
    .values({ channel: address.channel, account: address.account, externalId: address.id, ...link })
    .onConflictDoUpdate({
      target: [addresses.channel, addresses.account, addresses.externalId],
      set: link,
      setWhere: isNotNull(addresses.groupVillageId),
    })
    .returning({ id: addresses.id });
  if (row === undefined) throw new AppError('conflict', 'the address to link to a village is a person’s');
  return row.id;
}

/** Forgets a linked group. Its deliveries stay and are counted; none of them points to it any more. */
export async function dropGroup(tx: Tx, groupId: number): Promise<void> {
  await tx.delete(addresses).where(and(eq(addresses.id, groupId), isNotNull(addresses.groupVillageId)));
}

function at({ channel, account, id }: ChannelAddress) {
  return and(eq(addresses.channel, channel), eq(addresses.account, account), eq(addresses.externalId, id));
}
