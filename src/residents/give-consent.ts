import type { Context } from '../core/context.ts';
import { changeResident } from './change-resident.ts';

/** Records that the person agreed to this version of the text. @throws {ForbiddenError} @throws {ResidentNotFoundError} */
export async function giveConsent(ctx: Context, input: { residentId: number; version: string }): Promise<void> {
  await changeResident(ctx, {
    residentId: input.residentId,
    action: 'resident.consent',
    set: { consentVersion: input.version, consentAt: ctx.clock.now() },
    facts: { consentVersion: input.version },
  });
}
