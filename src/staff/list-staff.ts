import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { requireRight } from './require-right.ts';
import type { Role } from './rights.ts';
import { staff, staffInvitations } from './tables.ts';

export interface StaffMember {
  readonly staffId: number;
  readonly role: Role;
  /** As colleagues know them. */
  readonly name: string | null;
  readonly joinedAt: Date;
}

export interface OpenInvitation {
  readonly invitationId: number;
  readonly role: Role;
  readonly name: string | null;
  readonly expiresAt: Date;
}

/** Who works in the municipality now, longest first, and the codes that can still be used. @throws {NoRightError} `staff.list` */
export async function listStaff(
  ctx: Context,
  municipalityId: number,
): Promise<{ members: StaffMember[]; invitations: OpenInvitation[] }> {
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'staff.list', municipalityId);
    const members = await tx
      .select({ staffId: staff.id, role: staff.role, name: staff.name, joinedAt: staff.joinedAt })
      .from(staff)
      .where(and(eq(staff.municipalityId, municipalityId), isNull(staff.removedAt)))
      .orderBy(asc(staff.id));
    const invitations = await tx
      .select({
        invitationId: staffInvitations.id,
        role: staffInvitations.role,
        name: staffInvitations.name,
        expiresAt: staffInvitations.expiresAt,
      })
      .from(staffInvitations)
      .where(
        and(
          eq(staffInvitations.municipalityId, municipalityId),
          isNull(staffInvitations.usedAt),
          isNull(staffInvitations.revokedAt),
          gt(staffInvitations.expiresAt, ctx.clock.now()),
        ),
      )
      .orderBy(asc(staffInvitations.id));
    return { members, invitations };
  });
}
