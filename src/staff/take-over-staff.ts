import { asc, eq, inArray } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { ROLES } from './rights.ts';
import { staff } from './tables.ts';

/**
 * Makes what `joined` is in municipalities that of `kept`, who is the same person. Where both work, the higher role
 * stays, in the row of `kept`; the other one ends.
 */
export async function takeOverStaff(
  tx: Tx,
  ctx: Context,
  { kept, joined }: { kept: number; joined: number },
): Promise<void> {
  const rows = await tx
    .select()
    .from(staff)
    .where(inArray(staff.residentId, [kept, joined]))
    .orderBy(asc(staff.id))
    .for('update');
  const now = rows.filter(({ removedAt }) => removedAt === null);
  for (const twin of now.filter(({ residentId }) => residentId === joined)) {
    const { municipalityId } = twin;
    const own = now.find((row) => row.residentId === kept && row.municipalityId === municipalityId);
    if (own === undefined) continue;
    await tx.update(staff).set({ removedAt: ctx.clock.now() }).where(eq(staff.id, twin.id));
    const ended = { municipalityId, before: { role: twin.role }, after: { role: null } };
    await recordAudit(tx, ctx, { action: 'staff.remove', subject: `staff:${twin.id}`, ...ended });
    // the highest stands first
    const raised = ROLES.indexOf(twin.role) < ROLES.indexOf(own.role) ? twin.role : own.role;
    const name = own.name ?? twin.name;
    await tx.update(staff).set({ role: raised, name }).where(eq(staff.id, own.id));
    if (raised === own.role) continue;
    const changed = { municipalityId, before: { role: own.role }, after: { role: raised } };
    await recordAudit(tx, ctx, { action: 'staff.change-role', subject: `staff:${own.id}`, ...changed });
  }
  await tx.update(staff).set({ residentId: kept }).where(eq(staff.residentId, joined));
}
