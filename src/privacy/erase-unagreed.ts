import { and, asc, eq, exists, isNotNull, isNull, lte, not, or, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { inTransaction, withTransaction } from '../db/transaction.ts';
import { eraseAuthor } from '../proposals/erase-author.ts';
import { proposals } from '../proposals/tables.ts';
import { requireSelf } from '../residents/rules.ts';
import { residents } from '../residents/tables.ts';
import { staff } from '../staff/tables.ts';
import { forgetResident } from './forget-resident.ts';

/** As many authors as one run looks after; the next one takes the rest. */
const MOST = 200;

/**
 * Erases from their proposals the authors who were to consent by now and did not; who is known by nothing else is
 * forgotten altogether. Of those who did, nothing is due any more. Whom staff have blocked waits until they are
 * unblocked: once forgotten, the next message would be of somebody new, and without a proposal nobody could be unblocked.
 * Each author in a transaction of their own. Returns how many proposals have no author now.
 */
export async function eraseUnagreed(ctx: Context, stopping?: AbortSignal): Promise<number> {
  const now = ctx.clock.now();
  const due = await ctx.db
    .selectDistinct({ residentId: proposals.residentId })
    .from(proposals)
    .innerJoin(residents, eq(residents.id, proposals.residentId))
    .where(and(lte(proposals.consentDueAt, now), or(isNull(residents.blockedAt), isNotNull(residents.consentAt))))
    .orderBy(asc(proposals.residentId))
    .limit(MOST);
  let count = 0;
  for (const { residentId } of due) {
    if (stopping?.aborted === true || residentId === null) break;
    count += await inTransaction(ctx.db, (tx) => eraseOne(tx, ctx, residentId, now));
  }
  return count;
}

/**
 * The author of messages in a group refuses to be kept: as if the time to consent had passed, also where staff have
 * blocked them. Without effect on whoever has consented. @throws {ForbiddenError} when the actor is another resident
 */
export async function refuseConsent(ctx: Context, residentId: number): Promise<void> {
  requireSelf(ctx.actor, residentId);
  await withTransaction(ctx, (tx) => eraseOne(tx, ctx, residentId, null));
}

/** `dueBy` null: whatever is due, however late, since the person wants it so. */
async function eraseOne(tx: Tx, ctx: Context, residentId: number, dueBy: Date | null): Promise<number> {
  const [person] = await tx
    .select({ consentAt: residents.consentAt, blockedAt: residents.blockedAt })
    .from(residents)
    .where(and(eq(residents.id, residentId), isNull(residents.erasedAt)))
    .for('update');
  const waiting = and(
    eq(proposals.residentId, residentId),
    dueBy === null ? isNotNull(proposals.consentDueAt) : lte(proposals.consentDueAt, dueBy),
  );
  const found = await tx
    .select({ id: proposals.id, municipalityId: proposals.municipalityId })
    .from(proposals)
    .where(waiting)
    .orderBy(asc(proposals.id))
    .for('update');
  if (person !== undefined && person.consentAt !== null) {
    await tx.update(proposals).set({ consentDueAt: null }).where(waiting);
    return 0;
  }
  if (dueBy !== null && person !== undefined && person.blockedAt !== null) return 0;
  await eraseAuthor(
    tx,
    found.map(({ id }) => id),
  );
  for (const { id, municipalityId } of found)
    await recordAudit(tx, ctx, { action: 'proposal.erase-author', subject: `proposal:${id}`, municipalityId });
  if (person !== undefined && (await isKnownByNothing(tx, residentId)))
    await forgetResident({ ...ctx, tx }, residentId);
  return found.length;
}

/** Whether nothing but messages of groups made us know the person: no consent, no office, no proposal that is left. */
async function isKnownByNothing(tx: Tx, residentId: number): Promise<boolean> {
  const [found] = await tx
    .select({ id: residents.id })
    .from(residents)
    .where(
      and(
        eq(residents.id, residentId),
        isNull(residents.consentAt),
        not(exists(tx.select({ one: sql`1` }).from(staff).where(eq(staff.residentId, residentId)))),
        not(exists(tx.select({ one: sql`1` }).from(proposals).where(eq(proposals.residentId, residentId)))),
      ),
    );
  return found !== undefined;
}
