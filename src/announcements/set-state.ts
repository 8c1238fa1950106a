import { eq, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { AuditFacts, Context, Tx } from '../core/context.ts';
import type { Announcement } from './queries.ts';
import { announcements } from './tables.ts';

type Set = Partial<Omit<typeof announcements.$inferInsert, 'id' | 'revision'>>;

/** Changes a locked announcement, raises its revision, and writes down who did what. */
export async function changeLocked(
  tx: Tx,
  ctx: Context,
  before: Announcement,
  o: { readonly action: string; readonly set: Set; readonly after?: AuditFacts },
): Promise<Announcement> {
  const [after] = await tx
    .update(announcements)
    .set({ ...o.set, revision: sql`${announcements.revision} + 1` })
    .where(eq(announcements.id, before.id))
    .returning();
  if (after === undefined) throw new Error(`announcement ${before.id} was locked and is not there`);
  await recordAudit(tx, ctx, {
    action: `announcement.${o.action}`,
    subject: `announcement:${before.id}`,
    municipalityId: before.municipalityId,
    before: { state: before.state },
    after: { state: after.state, ...o.after },
  });
  return after;
}
