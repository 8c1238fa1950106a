import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { closeNaming } from '../messaging/erase.ts';
import { lockMember } from './lock-members.ts';
import { staff } from './tables.ts';

/**
 * Ends somebody's work here: from this commit on they have no right any more. What they did stays theirs.
 * @throws {NoRightError} `staff.manage` @throws {StaffNotFoundError} @throws {LastAdminError}
 */
export async function removeStaff(ctx: Context, input: { municipalityId: number; staffId: number }): Promise<void> {
  const { municipalityId, staffId } = input;
  await withTransaction(ctx, async (tx) => {
    const { role } = await lockMember(tx, ctx, { municipalityId, staffId, leavesAdmin: true });
    await tx.update(staff).set({ removedAt: ctx.clock.now() }).where(eq(staff.id, staffId));
    await recordAudit(tx, ctx, {
      action: 'staff.remove',
      subject: `staff:${staffId}`,
      municipalityId,
      before: { role },
      after: { role: null },
    });
  });
}

/** Conversations that show colleagues by their names. */
const SHOWING_NAMES = ['staff', 'inbox'];

/**
 * For the erasure of a person: every membership ends, and the name goes from those that ended before, and from what
 * colleagues have before them.
 */
export async function forgetStaff(tx: Tx, ctx: Context, residentId: number): Promise<void> {
  const named = await tx
    .selectDistinct({ name: staff.name })
    .from(staff)
    .where(and(eq(staff.residentId, residentId), isNotNull(staff.name)));
  const ended = await tx
    .update(staff)
    .set({ removedAt: ctx.clock.now() })
    .where(and(eq(staff.residentId, residentId), isNull(staff.removedAt)))
    .returning({ id: staff.id, municipalityId: staff.municipalityId, role: staff.role });
  await tx.update(staff).set({ name: null }).where(eq(staff.residentId, residentId));
  for (const { name } of named) if (name !== null) await closeNaming(tx, name, SHOWING_NAMES);
  for (const { id, municipalityId, role } of ended) {
    await recordAudit(tx, ctx, {
      action: 'staff.remove',
      subject: `staff:${id}`,
      municipalityId,
      before: { role },
      after: { role: null },
    });
  }
}
