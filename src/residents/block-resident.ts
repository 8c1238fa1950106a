import { and, eq, isNotNull, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { ForbiddenError, ResidentNotFoundError } from './rules.ts';
import { residents } from './tables.ts';

/** Staff take nothing more from this person. */
export class SenderBlockedError extends ForbiddenError {
  readonly residentId: number;
  constructor(residentId: number) {
    super(`resident ${residentId} is blocked: nothing is taken from them`);
    this.residentId = residentId;
  }
}

/** @throws {SenderBlockedError} when staff take nothing more from this person */
export async function requireUnblocked(tx: Tx, residentId: number): Promise<void> {
  const [blocked] = await tx
    .select({ id: residents.id })
    .from(residents)
    .where(and(eq(residents.id, residentId), isNotNull(residents.blockedAt)));
  if (blocked !== undefined) throw new SenderBlockedError(residentId);
}

/**
 * Blocks a resident, or takes it back; rights are the caller's business. False: it was so already.
 * @throws {ResidentNotFoundError}
 */
export async function setBlocked(
  tx: Tx,
  ctx: Context,
  change: { residentId: number; blocked: boolean; municipalityId: number },
): Promise<boolean> {
  const { residentId, blocked, municipalityId } = change;
  const [found] = await tx
    .select({ blockedAt: residents.blockedAt })
    .from(residents)
    .where(and(eq(residents.id, residentId), isNull(residents.erasedAt)))
    .for('update');
  if (found === undefined) throw new ResidentNotFoundError(residentId);
  const before = found.blockedAt !== null;
  if (before === blocked) return false;
  await tx
    .update(residents)
    .set({ blockedAt: blocked ? ctx.clock.now() : null })
    .where(eq(residents.id, residentId));
  await recordAudit(tx, ctx, {
    action: blocked ? 'resident.block' : 'resident.unblock',
    subject: `resident:${residentId}`,
    municipalityId,
    before: { blocked: before },
    after: { blocked },
  });
  return true;
}
