import { and, asc, eq, gt, inArray, isNull, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import { skipWaitingNotices } from '../deliveries/skip-waiting.ts';
import { takeOverDeliveries } from '../deliveries/take-over-deliveries.ts';
import { takeOverHearings } from '../hearings/take-over-hearings.ts';
import type { ChannelAddress, ChannelName } from '../messaging/contract.ts';
import { hasOpenDialog } from '../messaging/open-dialogs.ts';
import { municipalities, villages } from '../places/tables.ts';
import { takeOverProposals } from '../proposals/take-over-proposals.ts';
import { findResidentByAddress, listAddresses, type Resident } from '../residents/queries.ts';
import { addresses, joinCodes, residents } from '../residents/tables.ts';
import { takeOverPerson } from '../residents/take-over-person.ts';
import { listRoles } from '../staff/queries.ts';
import { takeOverStaff } from '../staff/take-over-staff.ts';
import { countWrongCode, forgetWrongCodes, type HeldBack, holdBack } from '../staff/wrong-codes.ts';

export interface JoinInput {
  /** `hashJoinCode` of what was typed. */
  readonly codeHash: string;
  /** The chat in which it was typed. */
  readonly address: ChannelAddress;
}

/** Why chats are not joined. */
export type NotJoined =
  | HeldBack
  /** No code is looked at for `minutes`. */
  | { readonly state: 'wrong' | 'expired' | 'used'; readonly minutes: number }
  /** The code was told in this chat; it was told in another chat of the same person. */
  | { readonly state: 'own' | 'same' }
  /** Known by words in a group alone, and has not agreed yet. */
  | { readonly state: 'unagreed' }
  /** Another chat of the person who typed it has a conversation open, which would be lost. */
  | { readonly state: 'busy' };

/** Whether a code fits, before the person is asked; wrong ones are counted, and slowed down as those of the staff. */
export async function checkJoinCode(
  ctx: Context,
  input: JoinInput,
): Promise<NotJoined | { readonly state: 'fits'; readonly channel: ChannelName }> {
  return withTransaction(ctx, async (tx) => {
    const found = await examine(tx, ctx, input);
    return found.state === 'fits' ? { state: 'fits', channel: found.given.channel } : found;
  });
}

/**
 * Makes the chat in which the code is typed, with all that its person has, one with the chat in which it was told: by
 * the code alone, once. Whoever told it stays, since their chat may have a conversation open; whoever typed it is left
 * as a bare number. A chat of nobody we know just becomes one more. The other chat is told.
 */
export async function joinChats(
  ctx: Context,
  input: JoinInput,
): Promise<NotJoined | { readonly state: 'joined'; readonly residentId: number }> {
  return withTransaction(ctx, (tx) => oneByOne(tx, () => join(tx, ctx, input)));
}

const running = new WeakMap<Tx, Promise<unknown>>();

/** Turns of several people share a transaction, whose locks do not hold them apart. */
function oneByOne<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  const before = running.get(tx) ?? Promise.resolve();
  const mine = before.then(work, work);
  running.set(tx, mine);
  return mine;
}

async function join(
  tx: Tx,
  ctx: Context,
  input: JoinInput,
): Promise<NotJoined | { state: 'joined'; residentId: number }> {
  const found = await examine(tx, ctx, input);
  if (found.state !== 'fits') return found;
  const ids = [found.given.residentId, ...(found.typist === null ? [] : [found.typist.id])];
  const people = await tx
    .select()
    .from(residents)
    .where(and(inArray(residents.id, ids), isNull(residents.erasedAt)))
    .orderBy(asc(residents.id))
    .for('update');
  // whatever has happened while we waited for them
  const taken = await take(tx, ctx, input.codeHash);
  const kept = people.find(({ id }) => id === taken?.residentId);
  const joined = people.find(({ id }) => id !== taken?.residentId);
  if (taken === null || kept === undefined || people.length < ids.length) return { state: 'used', minutes: 0 };
  const told = { ...ctx, tx };
  const system: Context = { ...told, actor: { type: 'system', job: 'join' } };
  if (joined === undefined) await addChat(tx, kept.id, input.address);
  else {
    const both = { kept: kept.id, joined: joined.id };
    await takeOverStaff(tx, told, both);
    await takeOverProposals(tx, both);
    await takeOverHearings(tx, both);
    await takeOverDeliveries(tx, both);
    await takeOverPerson(tx, kept, joined, ctx.clock.now());
    if ((kept.answersStoppedAt ?? joined.answersStoppedAt) !== null) await skipWaitingNotices(system, kept.id);
  }
  await forgetWrongCodes(tx, input.address);
  await recordAudit(tx, ctx, {
    action: 'resident.join',
    subject: `resident:${kept.id}`,
    after: { joined: joined?.id ?? null, channel: input.address.channel },
  });
  await tellOtherChat(tx, ctx, { residentId: kept.id, addressId: taken.addressId, joined: input.address.channel });
  return { state: 'joined', residentId: kept.id };
}

interface Given {
  readonly residentId: number;
  readonly channel: ChannelName;
}

/** What there is to say against a code; nothing is taken yet. */
async function examine(
  tx: Tx,
  ctx: Context,
  { codeHash, address }: JoinInput,
): Promise<NotJoined | { state: 'fits'; given: Given; typist: Resident | null }> {
  const held = await holdBack(tx, ctx, address);
  if (held.answer !== null) return held.answer;
  const typist = await findResidentByAddress(tx, address);
  if (typist !== null && !(await isKnownAlone(tx, typist))) return { state: 'unagreed' };
  const [code] = await tx
    .select({
      residentId: joinCodes.residentId,
      expiresAt: joinCodes.expiresAt,
      usedAt: joinCodes.usedAt,
      channel: addresses.channel,
      account: addresses.account,
      chatId: addresses.externalId,
    })
    .from(joinCodes)
    .innerJoin(addresses, eq(addresses.id, joinCodes.addressId))
    .where(eq(joinCodes.codeHash, codeHash));
  const state = whyWrong(code, ctx.clock.now());
  if (code === undefined || state !== null) {
    const wrong = { address, failed: held.failed + 1, action: 'resident.join-refused' };
    const { minutes, silent } = await countWrongCode(tx, ctx, wrong);
    return silent ? { state: 'silent' } : { state: state ?? 'wrong', minutes };
  }
  const { channel, account, chatId, residentId } = code;
  if (channel === address.channel && account === address.account && chatId === address.id) return { state: 'own' };
  if (typist?.id === residentId) return { state: 'same' };
  if (typist !== null && (await hasOpenDialog(tx, await listAddresses(tx, typist.id), address)))
    return { state: 'busy' };
  return { state: 'fits', given: { residentId, channel }, typist };
}

function whyWrong(code: { expiresAt: Date; usedAt: Date | null } | undefined, now: Date) {
  if (code === undefined) return 'wrong' as const;
  if (code.usedAt !== null) return 'used' as const;
  return code.expiresAt <= now ? ('expired' as const) : null;
}

/** Not only by what they said in a group: they have agreed, or work here. */
async function isKnownAlone(tx: Tx, { id, consentAt }: Pick<Resident, 'id' | 'consentAt'>): Promise<boolean> {
  return consentAt !== null || (await listRoles(tx, id)).length > 0;
}

/** One statement: of two who take a code at once one gets it. */
async function take(tx: Tx, ctx: Context, codeHash: string): Promise<{ residentId: number; addressId: number } | null> {
  const now = ctx.clock.now();
  const [taken] = await tx
    .update(joinCodes)
    .set({ usedAt: now })
    .where(and(eq(joinCodes.codeHash, codeHash), isNull(joinCodes.usedAt), gt(joinCodes.expiresAt, now)))
    .returning({ residentId: joinCodes.residentId, addressId: joinCodes.addressId });
  return taken ?? null;
}

async function addChat(tx: Tx, residentId: number, { channel, account, id }: ChannelAddress): Promise<void> {
  await tx.insert(addresses).values({ residentId, channel, account, externalId: id });
}

/** Whoever told the code hears what came of it, in that chat, and whom to ask if it was not they. */
async function tellOtherChat(
  tx: Tx,
  ctx: Context,
  { residentId, addressId, joined }: { residentId: number; addressId: number; joined: ChannelName },
): Promise<void> {
  const municipalityId = await findMunicipality(tx, residentId);
  if (municipalityId === null) return;
  await sendNotice(tx, ctx, {
    municipalityId,
    subject: `resident:${residentId}`,
    residentIds: [residentId],
    audience: 'staff',
    inChat: addressId,
    write: (t) => ({ text: t('join-told', { channel: t(`channel-${joined}`) }) }),
  });
}

/** Of the person's village, else where they work, else the first. */
async function findMunicipality(tx: Tx, residentId: number): Promise<number | null> {
  const [home] = await tx
    .select({ id: villages.municipalityId })
    .from(residents)
    .innerJoin(villages, eq(villages.id, residents.villageId))
    .where(eq(residents.id, residentId));
  if (home !== undefined) return home.id;
  const [role] = await listRoles(tx, residentId);
  if (role !== undefined) return role.municipalityId;
  const [first] = await tx.select({ id: sql<number>`min(${municipalities.id})::int` }).from(municipalities);
  return first?.id ?? null;
}
