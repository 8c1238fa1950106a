import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import type { Role } from './rights.ts';
import { staff } from './tables.ts';

/** What a person is in a municipality, now. */
export interface Membership {
  readonly staffId: number;
  readonly municipalityId: number;
  readonly role: Role;
}

const findRows = statement<{ residentId: string; staffId: string; municipalityId: string; role: Role }>()`
  select s.resident_id as "residentId", s.id as "staffId", s.municipality_id as "municipalityId", s.role
  from addresses a join staff s on s.resident_id = a.resident_id and s.removed_at is null
  where (a.channel, a.account, a.external_id) in (
    select * from unnest(${'channels'}::text[], ${'accounts'}::text[], ${'chatIds'}::text[])
  )
  order by s.id`;

/** Memberships of those who write from these chats, by resident, oldest first; nobody else is in it. One statement. */
export async function findMemberships(
  db: Database,
  chats: readonly ChannelAddress[],
): Promise<ReadonlyMap<number, readonly Membership[]>> {
  const rows = await findRows(db, {
    channels: chats.map(({ channel }) => channel),
    accounts: chats.map(({ account }) => account),
    chatIds: chats.map(({ id }) => id),
  });
  const found = new Map<number, Membership[]>();
  for (const { residentId, staffId, municipalityId, role } of rows) {
    const membership = { staffId: Number(staffId), municipalityId: Number(municipalityId), role };
    found.set(Number(residentId), [...(found.get(Number(residentId)) ?? []), membership]);
  }
  return found;
}

/** What somebody is in each municipality now, and under which name, oldest first. */
export async function listRoles(
  db: Database,
  residentId: number,
): Promise<{ municipalityId: number; role: Role; name: string | null }[]> {
  return db
    .select({ municipalityId: staff.municipalityId, role: staff.role, name: staff.name })
    .from(staff)
    .where(and(eq(staff.residentId, residentId), isNull(staff.removedAt)))
    .orderBy(asc(staff.id));
}
