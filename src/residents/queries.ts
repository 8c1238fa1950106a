import { and, eq, isNull } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { ResidentNotFoundError } from './rules.ts';
import { addresses, residents } from './tables.ts';

/** A registered resident; never one who has been erased. */
export type Resident = Omit<typeof residents.$inferSelect, 'erasedAt'> & {
  /** Of one who was found by an address that is marked so. */
  readonly unreachable?: true;
};

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
  vulnerable: residents.vulnerable,
  blockedAt: residents.blockedAt,
  createdAt: residents.createdAt,
};

/** Who writes from this chat; null: nobody registered. */
export async function findResidentByAddress(db: Database, address: ChannelAddress): Promise<Resident | null> {
  const found = await findResidentsByAddress(db, [address]);
  return found.get(addressKey(address)) ?? null;
}

type FoundRow = Pick<
  Resident,
  'language' | 'villageId' | 'name' | 'sex' | 'ageBand' | 'vulnerable' | 'consentVersion'
> & {
  readonly id: string;
  readonly channel: ChannelAddress['channel'];
  readonly account: string;
  readonly chatId: string;
  readonly demographicsAskedAt: string | null;
  readonly consentAt: string | null;
  readonly announcementsStoppedAt: string | null;
  readonly answersStoppedAt: string | null;
  readonly blockedAt: string | null;
  readonly createdAt: string;
  readonly unreachable: boolean;
};

const findRows = statement<FoundRow>()`
  select a.channel, a.account, a.external_id as "chatId", r.id, r.language, r.village_id as "villageId", r.name, r.sex,
    r.age_band as "ageBand", r.demographics_asked_at as "demographicsAskedAt", r.consent_version as "consentVersion",
    r.consent_at as "consentAt", r.announcements_stopped_at as "announcementsStoppedAt",
    r.answers_stopped_at as "answersStoppedAt",
    r.vulnerable, r.blocked_at as "blockedAt", r.created_at as "createdAt",
    a.unreachable_at is not null as "unreachable"
  from addresses a join residents r on r.id = a.resident_id
  where (a.channel, a.account, a.external_id) in (
    select * from unnest(${'channels'}::text[], ${'accounts'}::text[], ${'chatIds'}::text[])
  )`;

/** Who writes from these chats, by `addressKey`, in one statement over a unique index; strangers are left out. */
export async function findResidentsByAddress(
  db: Database,
  chats: readonly ChannelAddress[],
): Promise<ReadonlyMap<string, Resident>> {
  const rows = await findRows(db, {
    channels: chats.map(({ channel }) => channel),
    accounts: chats.map(({ account }) => account),
    chatIds: chats.map(({ id }) => id),
  });
  return new Map(
    rows.map(({ channel, account, chatId, ...row }) => [addressKey({ channel, account, id: chatId }), toResident(row)]),
  );
}

function toResident({ unreachable, ...row }: Omit<FoundRow, 'channel' | 'account' | 'chatId'>): Resident {
  return {
    ...row,
    ...(unreachable && { unreachable }),
    id: Number(row.id),
    demographicsAskedAt: toInstant(row.demographicsAskedAt),
    consentAt: toInstant(row.consentAt),
    announcementsStoppedAt: toInstant(row.announcementsStoppedAt),
    answersStoppedAt: toInstant(row.answersStoppedAt),
    blockedAt: toInstant(row.blockedAt),
    createdAt: new Date(row.createdAt),
  };
}

function toInstant(text: string | null): Date | null {
  return text === null ? null : new Date(text);
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
