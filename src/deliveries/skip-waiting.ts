import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { requireSelf } from '../residents/rules.ts';
import { staff } from '../staff/tables.ts';

/**
 * A person who wants no more word on own proposals gets none that was written before either: what still waits for them
 * is skipped. Of somebody of the staff it goes on, since what waits may be for their work. @throws {ForbiddenError}
 */
export async function skipWaitingNotices(ctx: Context, residentId: number): Promise<void> {
  requireSelf(ctx.actor, residentId);
  await withTransaction(ctx, async (tx) => {
    const works = await tx.$count(staff, and(eq(staff.residentId, residentId), isNull(staff.removedAt)));
    if (works > 0) return;
    await tx.execute(sql`
      update deliveries d set status = 'skipped', reason = 'opted_out', settled_at = now()
      from addresses a, sends s
      where a.id = d.address_id and a.resident_id = ${residentId} and s.id = d.send_id and s.kind = 'notice'
        and d.status = 'pending'`);
  });
}
