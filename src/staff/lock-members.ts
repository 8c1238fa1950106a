import { and, asc, eq, isNull } from 'drizzle-orm';
import type { Context, Tx } from '../core/context.ts';
import { LastAdminError, StaffNotFoundError } from './errors.ts';
import { requireRight } from './require-right.ts';
import type { Role } from './rights.ts';
import { staff } from './tables.ts';

/**
 * What a verb begins with that changes somebody's role or ends it: locks all who work in the municipality, in one
 * order, so that two admins who remove each other come one after the other; then asks for the right. Waits for the
 * verbs of these people that are under way. `leavesAdmin`: the person is no admin afterwards.
 * @throws {NoRightError} `staff.manage` @throws {StaffNotFoundError} @throws {LastAdminError} not for the operator
 */
export async function lockMember(
  tx: Tx,
  ctx: Context,
  target: { municipalityId: number; staffId: number; leavesAdmin: boolean },
): Promise<{ role: Role }> {
  const { municipalityId, staffId, leavesAdmin } = target;
  const members = await tx
    .select({ id: staff.id, role: staff.role })
    .from(staff)
    .where(and(eq(staff.municipalityId, municipalityId), isNull(staff.removedAt)))
    .orderBy(asc(staff.id))
    .for('update');
  await requireRight(tx, ctx, 'staff.manage', municipalityId);
  const member = members.find(({ id }) => id === staffId);
  if (member === undefined) throw new StaffNotFoundError(staffId);
  const others = members.some(({ id, role }) => id !== staffId && role === 'admin');
  const last = member.role === 'admin' && leavesAdmin && !others;
  if (last && ctx.actor.type === 'staff') throw new LastAdminError(staffId);
  return member;
}
