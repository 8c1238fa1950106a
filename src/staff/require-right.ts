import { and, eq, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { ForbiddenError } from '../residents/rules.ts';
import { hasRight, type Right } from './rights.ts';
import { staff } from './tables.ts';

/** Somebody tried what they have no right to. */
export class NoRightError extends ForbiddenError {
  readonly right: Right;
  constructor(actor: string, right: Right, municipalityId: number) {
    super(`${actor} has no right '${right}' in municipality ${municipalityId}`);
    this.right = right;
  }
}

/**
 * Asks, within the verb's transaction, whether the actor may do this in the municipality now: whoever is removed has
 * no right any more from that commit on, and a removal waits for the verbs under way. The machine's operator and the
 * program itself may do everything. @throws {NoRightError} after writing down that it was tried
 */
export async function requireRight(tx: Tx, ctx: Context, right: Right, municipalityId: number): Promise<void> {
  const { actor } = ctx;
  if (actor.type === 'operator' || actor.type === 'system') return;
  if (actor.type === 'staff' && (await staffMay(tx, actor.staffId, right, municipalityId))) return;
  const who = actor.type === 'staff' ? `staff:${actor.staffId}` : `resident:${actor.residentId}`;
  await recordAudit(tx, ctx, { action: 'right.denied', subject: who, municipalityId, after: { right } });
  throw new NoRightError(who, right, municipalityId);
}

async function staffMay(tx: Tx, staffId: number, right: Right, municipalityId: number): Promise<boolean> {
  const [found] = await tx
    .select({ role: staff.role })
    .from(staff)
    .where(and(eq(staff.id, staffId), eq(staff.municipalityId, municipalityId), isNull(staff.removedAt)))
    .for('share');
  return found !== undefined && hasRight(found.role, right);
}
