import { z } from 'zod';
import type { Context } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import { changeResident } from './change-resident.ts';
import { AGE_BANDS, SEXES } from './tables.ts';

const SetDemographicsInput = z.object({
  residentId: z.int(),
  sex: z.enum(SEXES).nullable(),
  ageBand: z.enum(AGE_BANDS).nullable(),
});
export type SetDemographicsInput = z.input<typeof SetDemographicsInput>;

const updateRow = statement<{ id: string }>()`
  update residents set sex = ${'sex'}::text, age_band = ${'ageBand'}::text, demographics_asked_at = ${'at'}::timestamptz
  where id = ${'residentId'}::bigint and erased_at is null
  returning id`;

/**
 * Sex and age band as the resident told them; null: prefers not to say. Marks them as asked, so that the question
 * is never put again. @throws {ForbiddenError} @throws {ResidentNotFoundError}
 */
export async function setDemographics(ctx: Context, input: SetDemographicsInput): Promise<void> {
  const { residentId, sex, ageBand } = SetDemographicsInput.parse(input);
  // What was told is personal: the audit row says only that it was asked.
  await changeResident(ctx, {
    residentId,
    action: 'resident.demographics',
    update: (tx) => updateRow(tx, { residentId, sex, ageBand, at: ctx.clock.now().toISOString() }),
  });
}
