import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { LOCALES } from '../core/texts.ts';
import { statement } from '../db/statement.ts';
import { withTransaction } from '../db/transaction.ts';
import { CHANNEL_NAMES, type ChannelAddress } from '../messaging/contract.ts';
import { giveConsent } from './give-consent.ts';
import { findResidentByAddress, getResident, type Resident } from './queries.ts';
import { ForbiddenError } from './rules.ts';
import { residents } from './tables.ts';

const RegisterResidentInput = z.object({
  address: z.object({
    channel: z.enum(CHANNEL_NAMES),
    account: z.string().min(1),
    id: z.string().min(1),
  }),
  language: z.enum(LOCALES),
  villageId: z.string().min(1).nullable(),
  name: z.string().max(200).nullable(),
  /** The version of the consent text that the person agreed to just now. */
  consentVersion: z.string().min(1),
});
export type RegisterResidentInput = z.input<typeof RegisterResidentInput>;

/**
 * Keeps a person who has agreed: until then language and village stand in the dialog only. Whoever is registered
 * already stays the same resident, with the new consent. @throws {ForbiddenError} when the actor is somebody else
 */
export async function registerResident(ctx: Context, input: RegisterResidentInput): Promise<Resident> {
  const { address, consentVersion, ...person } = RegisterResidentInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const agreed = { address, name: person.name, consentVersion };
    if (ctx.actor.type === 'resident') return renewConsent(tx, ctx, ctx.actor.residentId, agreed);
    const fresh = { ...NOT_ASKED, ...person, consentVersion, consentAt: ctx.clock.now() };
    const id = await insertStranger(tx, address, fresh);
    if (id === null) {
      const known = await findResidentByAddress(tx, address);
      return renewConsent(tx, ctx, known?.id ?? 0, agreed);
    }
    const actor = { type: 'resident', residentId: id } as const;
    const entry = { action: 'resident.register', subject: `resident:${id}`, after: { consentVersion } };
    await recordAudit(tx, { ...ctx, actor }, entry);
    return { id, ...fresh, createdAt: fresh.consentAt };
  });
}

const NOT_ASKED = {
  sex: null,
  ageBand: null,
  demographicsAskedAt: null,
  announcementsStoppedAt: null,
  answersStoppedAt: null,
  vulnerable: null,
  blockedAt: null,
};

async function renewConsent(
  tx: Tx,
  ctx: Context,
  residentId: number,
  { address, name, consentVersion }: { address: ChannelAddress; name: string | null; consentVersion: string },
): Promise<Resident> {
  const known = await findResidentByAddress(tx, address);
  if (known?.id !== residentId) {
    throw new ForbiddenError(`resident ${residentId} registers an address that is not theirs`);
  }
  await giveConsent({ ...ctx, tx }, { residentId, version: consentVersion });
  // of who wrote in a group only no name is kept before the consent
  if (known.name === null && name !== null)
    await tx.update(residents).set({ name }).where(eq(residents.id, residentId));
  return getResident(tx, residentId);
}

const insertRows = statement<{ id: string }>()`
  with stored as (
    insert into residents (language, village_id, name, consent_version, consent_at, created_at)
    select ${'language'}::text, ${'villageId'}::text, ${'name'}::text, ${'consentVersion'}::text,
      ${'at'}::timestamptz, ${'at'}::timestamptz
    where not exists (
      select from addresses
      where channel = ${'channel'}::text and account = ${'account'}::text and external_id = ${'chatId'}::text
    )
    returning id
  ), reached as (
    insert into addresses (resident_id, channel, account, external_id)
    select id, ${'channel'}, ${'account'}, ${'chatId'} from stored
  )
  select id from stored`;

/** Person and address in one statement; null: the address belongs to somebody already. */
async function insertStranger(
  tx: Tx,
  { channel, account, id: chatId }: ChannelAddress,
  person: Pick<Resident, 'language' | 'villageId' | 'name' | 'consentVersion'> & { consentAt: Date },
): Promise<number | null> {
  const { language, villageId, name, consentVersion, consentAt } = person;
  const at = consentAt.toISOString();
  const values = { language, villageId, name, consentVersion, at, channel, account, chatId };
  const [row] = await insertRows(tx, values);
  return row ? Number(row.id) : null;
}
