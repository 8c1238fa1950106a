import { and, eq, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { residents } from '../residents/tables.ts';
import { lockForStaff } from './lock-for-staff.ts';

/**
 * Tells those who may know it who sent a proposal: the name on the platform, null where there is none. That it was
 * asked is written down. @throws as `lockForStaff`
 */
export async function showAuthor(ctx: Context, input: { proposalId: number }): Promise<{ name: string | null }> {
  const { proposalId } = input;
  return withTransaction(ctx, async (tx) => {
    const { residentId, officeId } = await lockForStaff(tx, ctx, 'exports.names', { proposalId });
    await recordAudit(tx, ctx, {
      action: 'proposal.show-author',
      subject: `proposal:${proposalId}`,
      municipalityId: officeId,
      after: { residentId },
    });
    if (residentId === null) return { name: null };
    const [found] = await tx
      .select({ name: residents.name })
      .from(residents)
      .where(and(eq(residents.id, residentId), isNull(residents.erasedAt)));
    return { name: found?.name ?? null };
  });
}
