import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { LOCALES } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import { giveConsent } from './give-consent.ts';
import { findResidentByAddress, getResident, type Resident } from './queries.ts';
import { ForbiddenError } from './rules.ts';
import { addresses, residents } from './tables.ts';

const RegisterResidentInput = z.object({
  address: z.object({
    channel: z.enum(['telegram', 'whatsapp', 'simulator', 'terminal']),
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
    const known = await findResidentByAddress(tx, address);
    if (ctx.actor.type === 'resident' && ctx.actor.residentId !== known?.id) {
      throw new ForbiddenError(`resident ${ctx.actor.residentId} registers an address that is not theirs`);
    }
    if (known !== null) {
      await giveConsent({ ...ctx, tx }, { residentId: known.id, version: consentVersion });
      return getResident(tx, known.id);
    }
    const now = ctx.clock.now();
    const [resident] = await tx
      .insert(residents)
      .values({ ...person, consentVersion, consentAt: now, createdAt: now })
      .returning();
    if (resident === undefined) throw new Error('insert into residents returned no row');
    await tx
      .insert(addresses)
      .values({ residentId: resident.id, channel: address.channel, account: address.account, externalId: address.id });
    await recordAudit(
      tx,
      { ...ctx, actor: { type: 'resident', residentId: resident.id } },
      {
        action: 'resident.register',
        subject: `resident:${resident.id}`,
        after: { consentVersion },
      },
    );
    return resident;
  });
}
