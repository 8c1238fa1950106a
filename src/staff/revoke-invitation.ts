import { and, eq, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { InvitationNotFoundError } from './errors.ts';
import { requireRight } from './require-right.ts';
import { staffInvitations } from './tables.ts';

/** Takes a code back that nobody has used. @throws {NoRightError} `staff.manage` @throws {InvitationNotFoundError} */
export async function revokeInvitation(
  ctx: Context,
  input: { municipalityId: number; invitationId: number },
): Promise<void> {
  const { municipalityId, invitationId } = input;
  await withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'staff.manage', municipalityId);
    const [revoked] = await tx
      .update(staffInvitations)
      .set({ revokedAt: ctx.clock.now(), name: null })
      .where(
        and(
          eq(staffInvitations.id, invitationId),
          eq(staffInvitations.municipalityId, municipalityId),
          isNull(staffInvitations.usedAt),
          isNull(staffInvitations.revokedAt),
        ),
      )
      .returning({ role: staffInvitations.role });
    if (revoked === undefined) throw new InvitationNotFoundError(invitationId);
    await recordAudit(tx, ctx, {
      action: 'staff.revoke-invitation',
      subject: `invitation:${invitationId}`,
      municipalityId,
      before: { role: revoked.role },
    });
  });
}
