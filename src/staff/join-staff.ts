import { and, eq, gt, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import type { Locale } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { knowResident } from '../residents/know-resident.ts';
import { MAX_NAME_LENGTH } from './invite-staff.ts';
import type { Role } from './rights.ts';
import { staff, staffInvitations } from './tables.ts';
import { countWrongCode, forgetWrongCodes, type HeldBack, holdBack } from './wrong-codes.ts';

export interface JoinStaffInput {
  /** `hashCode` of what was typed; the code itself is kept nowhere. */
  readonly codeHash: string;
  readonly address: ChannelAddress;
  readonly language: Locale;
  /** As the person is called on the platform, for an invitation without a name. */
  readonly name: string | null;
}

export type Joined =
  | { readonly state: 'joined' | 'already'; readonly municipalityId: number; readonly role: Role }
  /** Wrong, used, taken back or too old: all look the same from outside. No code is looked at for `minutes`. */
  | { readonly state: 'refused'; readonly minutes: number }
  | HeldBack;

/**
 * Lets somebody join by a code, once. Wrong codes are counted, and slowed down, as `countWrongCode` says.
 */
export async function joinStaff(ctx: Context, input: JoinStaffInput): Promise<Joined> {
  return withTransaction(ctx, async (tx) => {
    const held = await holdBack(tx, ctx, input.address);
    if (held.answer !== null) return held.answer;
    const now = ctx.clock.now();
    const [invitation] = await tx
      .select()
      .from(staffInvitations)
      .where(
        and(
          eq(staffInvitations.codeHash, input.codeHash),
          isNull(staffInvitations.usedAt),
          isNull(staffInvitations.revokedAt),
          gt(staffInvitations.expiresAt, now),
        ),
      )
      .for('update');
    if (invitation === undefined) {
      const wrong = { address: input.address, failed: held.failed + 1, action: 'staff.code-refused' };
      const { minutes, silent } = await countWrongCode(tx, ctx, wrong);
      return silent ? { state: 'silent' } : { state: 'refused', minutes };
    }
    const residentId = await knowResident({ ...ctx, tx }, input);
    const { municipalityId, role } = invitation;
    const known = await findMember(tx, municipalityId, residentId);
    if (known !== null) return { state: 'already', municipalityId, role: known };
    const [member] = await tx
      .insert(staff)
      .values({
        municipalityId,
        residentId,
        role,
        name: invitation.name ?? input.name?.slice(0, MAX_NAME_LENGTH) ?? null,
        joinedAt: now,
        invitedBy: invitation.createdBy,
      })
      .returning({ id: staff.id });
    if (member === undefined) throw new Error('insert into staff returned no row');
    const used = { usedAt: now, usedBy: member.id, name: null };
    await tx.update(staffInvitations).set(used).where(eq(staffInvitations.id, invitation.id));
    await forgetWrongCodes(tx, input.address);
    const as: Context = { ...ctx, actor: { type: 'staff', staffId: member.id } };
    await recordAudit(tx, as, {
      action: 'staff.join',
      subject: `staff:${member.id}`,
      municipalityId,
      before: { role: null },
      after: { role, residentId, invitationId: invitation.id },
    });
    return { state: 'joined', municipalityId, role };
  });
}

async function findMember(tx: Tx, municipalityId: number, residentId: number): Promise<Role | null> {
  const [found] = await tx
    .select({ role: staff.role })
    .from(staff)
    .where(and(eq(staff.municipalityId, municipalityId), eq(staff.residentId, residentId), isNull(staff.removedAt)));
  return found?.role ?? null;
}
