import type { Context } from '../core/context.ts';
import type { Locale } from '../core/texts.ts';
import { changeResident } from './change-resident.ts';

/** The language in which the resident is spoken to from now on. @throws {ForbiddenError} @throws {ResidentNotFoundError} */
export async function setLanguage(ctx: Context, input: { residentId: number; language: Locale }): Promise<void> {
  const { residentId, language } = input;
  await changeResident(ctx, { residentId, action: 'resident.language', set: { language } });
}
