import { and, isNotNull, lt } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { FORGOTTEN_AFTER_MS } from './codes.ts';
import { staffCodeAttempts, staffInvitations } from './tables.ts';

/** Lets go of what nobody needs: names in invitations that have run out, wrong codes after a week of quiet. */
export async function tidyStaff(db: Database, now: Date): Promise<void> {
  await db
    .update(staffInvitations)
    .set({ name: null })
    .where(and(isNotNull(staffInvitations.name), lt(staffInvitations.expiresAt, now)));
  await db
    .delete(staffCodeAttempts)
    .where(lt(staffCodeAttempts.failedAt, new Date(now.getTime() - FORGOTTEN_AFTER_MS)));
}
