import type { Context } from '../../src/core/context.ts';
import type { Locale } from '../../src/core/texts.ts';
import { type CreateHearingInput, createHearing } from '../../src/hearings/create-hearing.ts';
import type { Hearing } from '../../src/hearings/queries.ts';
import type { ChannelAddress } from '../../src/messaging/contract.ts';
import { media } from '../../src/messaging/tables.ts';
import { loadCatalogue } from '../../src/places/load-catalogue.ts';
import { loadPlaces, type Municipality } from '../../src/places/places.ts';
import { type SubmitProposalInput, submitProposal } from '../../src/proposals/submit-proposal.ts';
import { findResidentByAddress, type Resident } from '../../src/residents/queries.ts';
import { registerResident } from '../../src/residents/register-resident.ts';
import { addresses, residents } from '../../src/residents/tables.ts';
import type { Role } from '../../src/staff/rights.ts';
import { staff } from '../../src/staff/tables.ts';

/** The same context with a resident as its actor. */
export function as(ctx: Context, residentId: number): Context {
  return { ...ctx, actor: { type: 'resident', residentId } };
}

/** The same context with somebody of the staff as its actor. */
export function asStaffOf(ctx: Context, member: { staffId: number }): Context {
  return { ...ctx, actor: { type: 'staff', staffId: member.staffId } };
}

/** A municipality of two villages (`ks-upper`, `ks-lower` for code KS) and three sectors. */
export async function givenMunicipality(
  ctx: Context,
  options: { code?: string; timeZone?: string } = {},
): Promise<Municipality> {
  const code = options.code ?? 'KS';
  await loadCatalogue(ctx, aCatalogue(code, options.timeZone ?? 'Asia/Bishkek'));
  const found = (await loadPlaces(ctx.tx ?? ctx.db)).municipalityByCode(code);
  if (found === null) throw new Error(`municipality ${code} was loaded and is not there`);
  return found;
}

/** The catalogue file that `givenMunicipality` loads. */
export function aCatalogue(code: string, timeZone = 'Asia/Bishkek') {
  const named = (name: string) => ({ ky: `${name} ky`, ru: `${name} ru`, en: `${name} en` });
  const prefix = code.toLowerCase();
  return {
    municipality: { code, names: named(code), timeZone },
    legal: { consentVersion: '1', consentShort: named('short'), consentLong: named('long') },
    villages: [`${prefix}-upper`, `${prefix}-lower`].map((id) => ({ id, names: named(id) })),
    sectors: ['roads', 'water', 'other'].map((id) => ({ id, labels: named(id), names: named(`${id}, long`) })),
  };
}

let chats = 0;

/** A resident who consented, at a chat that nobody else has. */
export async function givenResident(
  ctx: Context,
  options: { address?: ChannelAddress; villageId?: string; name?: string } = {},
): Promise<Resident> {
  chats += 1;
  return registerResident(ctx, {
    address: options.address ?? { channel: 'telegram', account: '1', id: `chat-${chats}` },
    language: 'ky',
    villageId: options.villageId ?? null,
    name: options.name ?? 'Айбек',
    consentVersion: '1',
  });
}

/** Somebody who works for the municipality, at a chat that may be known already; who has not consented to anything. */
export async function givenStaff(
  ctx: Context,
  municipality: { id: number },
  role: Role,
  address?: ChannelAddress,
  options: { name?: string; language?: Locale } = {},
): Promise<{ staffId: number; residentId: number; municipalityId: number; address: ChannelAddress }> {
  const db = ctx.tx ?? ctx.db;
  const at = ctx.clock.now();
  chats += 1;
  const chat = address ?? { channel: 'telegram', account: '1', id: `staff-${chats}` };
  const known = await findResidentByAddress(db, chat);
  let residentId = known?.id;
  if (residentId === undefined) {
    const [row] = await db
      .insert(residents)
      .values({ language: options.language ?? 'ky', name: options.name ?? null, createdAt: at })
      .returning({ id: residents.id });
    if (row === undefined) throw new Error('insert into residents returned no row');
    residentId = row.id;
    const { channel, account, id: externalId } = chat;
    await db.insert(addresses).values({ residentId, channel, account, externalId });
  }
  const [member] = await db
    .insert(staff)
    .values({
      municipalityId: municipality.id,
      residentId,
      role,
      name: options.name ?? 'Жылдыз',
      joinedAt: at,
      invitedBy: 'operator:test',
    })
    .returning({ id: staff.id });
  if (member === undefined) throw new Error('insert into staff returned no row');
  return { staffId: member.id, residentId, municipalityId: municipality.id, address: chat };
}

/** A proposal of the resident, in the first village and sector unless told otherwise. */
export async function givenProposal(
  ctx: Context,
  resident: { id: number },
  municipality: Municipality,
  options: Partial<SubmitProposalInput> = {},
): Promise<{ id: number; number: string }> {
  const [village] = municipality.villages;
  const [sector] = municipality.sectors;
  if (village === undefined || sector === undefined) throw new Error('the municipality has no village or no sector');
  return submitProposal(as(ctx, resident.id), {
    residentId: resident.id,
    municipalityId: municipality.id,
    villageId: village.id,
    sectorId: sector.id,
    text: 'Көпүрө бузулуп калды, оңдоп берсеңиздер',
    language: 'ky',
    channel: 'telegram',
    source: 'chat',
    test: false,
    mediaIds: [],
    ...options,
  });
}

/** A file that somebody sent from the chat. */
export async function givenMedia(ctx: Context, address: ChannelAddress, path: string): Promise<number> {
  const [row] = await (ctx.tx ?? ctx.db)
    .insert(media)
    .values({
      channel: address.channel,
      account: address.account,
      chatId: address.id,
      personId: address.id,
      kind: 'photo',
      ref: `ref-${path}`,
      uniqueRef: `unique-${path}`,
      path,
      status: 'stored',
    })
    .returning({ id: media.id });
  if (row === undefined) throw new Error('insert into media returned no row');
  return row.id;
}

/** A hearing on the draft of the plan, four weeks from the day of `testContext`, in the first village unless told otherwise. */
export function givenHearing(
  ctx: Context,
  municipality: Municipality,
  options: Partial<CreateHearingInput> = {},
): Promise<Hearing> {
  return createHearing(
    { ...ctx, actor: { type: 'system', job: 'test' } },
    {
      municipalityId: municipality.id,
      kind: 'jap',
      topic: { ky: '2027-жылдын планы' },
      startsAt: new Date('2026-12-20T10:00:00+06:00'),
      villageId: municipality.villages[0]?.id ?? '',
      building: 'Клуб',
      ...options,
    },
  );
}
