import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import { sends } from './tables.ts';

/**
 * Holds back all of a send that is not on the wire, from the commit on, however many that are: the sender sets them
 * aside as it comes upon them. What comes back to waiting meanwhile waits too.
 */
export async function pauseSend(tx: Tx, sendId: number): Promise<void> {
  await tx
    .update(sends)
    .set({ pausedAt: sql`coalesce(${sends.pausedAt}, now())` })
    .where(eq(sends.id, sendId));
}

/** Lets a send that was held back go on at once. */
export async function resumeSend(tx: Tx, sendId: number): Promise<void> {
  await tx.update(sends).set({ pausedAt: null }).where(eq(sends.id, sendId));
  await tx.execute(sql`
    update deliveries set next_attempt_at = now()
    where send_id = ${sendId} and status = 'pending' and next_attempt_at = 'infinity'`);
}

/**
 * Takes back all of a send that waits; what is on the wire comes to its own end, and is not tried again. Returns how
 * many it took back.
 */
export async function cancelPending(tx: Tx, sendId: number): Promise<number> {
  await tx
    .update(sends)
    .set({ deadlineAt: sql`least(${sends.deadlineAt}, now())` })
    .where(eq(sends.id, sendId));
  const canceled = await tx.execute(sql`
    update deliveries set status = 'canceled', settled_at = now() where send_id = ${sendId} and status = 'pending'`);
  return canceled.count;
}
