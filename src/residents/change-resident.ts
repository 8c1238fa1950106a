import { and, eq, isNull, type SQL } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { AuditFacts, Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { ResidentNotFoundError, requireSelf } from './rules.ts';
import { residents } from './tables.ts';

/**
 * Changes one resident and writes the audit row: what the verbs of this folder share. `facts` are what the audit
 * row says of the new state: nothing personal, so that an erased person's rows hold a number only.
 * @throws {ForbiddenError} @throws {ResidentNotFoundError} also when `only` does not hold
 */
export async function changeResident(
  ctx: Context,
  change: {
    residentId: number;
    action: string;
    facts?: AuditFacts;
  } & (
    | { set: Partial<Omit<typeof residents.$inferInsert, 'id'>>; only?: SQL }
    /** A statement of its own where the change is made often; returns the row that it changed. */
    | { update: (tx: Tx) => Promise<readonly object[]> }
  ),
): Promise<void> {
  requireSelf(ctx.actor, change.residentId);
  await withTransaction(ctx, async (tx) => {
    const changed = await ('update' in change ? change.update(tx) : updateRow(tx, change));
    if (changed.length === 0) throw new ResidentNotFoundError(change.residentId);
    await recordAudit(tx, ctx, {
      action: change.action,
      subject: `resident:${change.residentId}`,
      ...(change.facts === undefined ? {} : { after: change.facts }),
    });
  });
}

function updateRow(
  tx: Tx,
  { residentId, set, only }: { residentId: number; set: Partial<typeof residents.$inferInsert>; only?: SQL },
): Promise<readonly object[]> {
  return tx
    .update(residents)
    .set(set)
    .where(and(eq(residents.id, residentId), isNull(residents.erasedAt), only))
    .returning({ id: residents.id });
}
