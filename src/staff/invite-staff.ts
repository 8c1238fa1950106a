import { z } from 'zod';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { cleanText } from '../core/text.ts';
import { withTransaction } from '../db/transaction.ts';
import { CODE_HOURS, hashCode, newCode } from './codes.ts';
import { requireRight } from './require-right.ts';
import { ROLES } from './rights.ts';
import { staffInvitations } from './tables.ts';

/** The longest name of somebody of the staff. */
export const MAX_NAME_LENGTH = 80;

const InviteStaffInput = z.object({
  municipalityId: z.int(),
  role: z.enum(ROLES),
  /** For whom it is, as colleagues know them; null: as the person is called on the platform. */
  name: z.string().transform(cleanText).pipe(z.string().min(1).max(MAX_NAME_LENGTH)).nullable(),
});
export type InviteStaffInput = z.input<typeof InviteStaffInput>;

export interface Invitation {
  readonly id: number;
  /** Told once, here; only its hash is kept. */
  readonly code: string;
  readonly expiresAt: Date;
}

/** Makes a code that lets one person join within 48 hours. @throws {NoRightError} `staff.manage` */
export async function inviteStaff(ctx: Context, input: InviteStaffInput): Promise<Invitation> {
  const { municipalityId, role, name } = InviteStaffInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'staff.manage', municipalityId);
    const code = newCode();
    const createdAt = ctx.clock.now();
    const expiresAt = new Date(createdAt.getTime() + CODE_HOURS * 60 * 60 * 1000);
    const [row] = await tx
      .insert(staffInvitations)
      .values({
        municipalityId,
        role,
        name,
        codeHash: hashCode(code),
        createdBy: actorName(ctx.actor),
        createdAt,
        expiresAt,
      })
      .returning({ id: staffInvitations.id });
    if (row === undefined) throw new Error('insert into staff_invitations returned no row');
    await recordAudit(tx, ctx, {
      action: 'staff.invite',
      subject: `invitation:${row.id}`,
      municipalityId,
      after: { role },
    });
    return { id: row.id, code, expiresAt };
  });
}
