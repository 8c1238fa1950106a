import type { Context } from '../core/context.ts';
import { changeResident } from './change-resident.ts';

/**
 * That the person is of a group that needs support, as they told, or (null) takes it back. Leaves the office in sums
 * only. @throws {ForbiddenError} @throws {ResidentNotFoundError}
 */
export async function setVulnerable(
  ctx: Context,
  input: { residentId: number; vulnerable: true | null },
): Promise<void> {
  const { residentId, vulnerable } = input;
  // What was told is personal: the audit row says only that something was told.
  await changeResident(ctx, { residentId, action: 'resident.demographics', set: { vulnerable } });
}
