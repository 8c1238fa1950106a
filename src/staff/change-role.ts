import { eq } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { lockMember } from './lock-members.ts';
import { ROLES } from './rights.ts';
import { staff } from './tables.ts';

const ChangeRoleInput = z.object({ municipalityId: z.int(), staffId: z.int(), role: z.enum(ROLES) });
export type ChangeRoleInput = z.input<typeof ChangeRoleInput>;

/**
 * Gives somebody of the staff another role, with all it may do from this commit on.
 * @throws {NoRightError} `staff.manage` @throws {StaffNotFoundError} @throws {LastAdminError}
 */
export async function changeRole(ctx: Context, input: ChangeRoleInput): Promise<void> {
  const { municipalityId, staffId, role } = ChangeRoleInput.parse(input);
  await withTransaction(ctx, async (tx) => {
    const before = await lockMember(tx, ctx, { municipalityId, staffId, leavesAdmin: role !== 'admin' });
    if (before.role === role) return;
    await tx.update(staff).set({ role }).where(eq(staff.id, staffId));
    await recordAudit(tx, ctx, {
      action: 'staff.change-role',
      subject: `staff:${staffId}`,
      municipalityId,
      before: { role: before.role },
      after: { role },
    });
  });
}
