import { eq } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { findResidentByAddress } from '../residents/queries.ts';
import { FORGOTTEN_AFTER_MS, hashChat, pauseAfter } from './codes.ts';
import { staffCodeAttempts } from './tables.ts';

/** What is answered in place of looking at a code. */
export type HeldBack =
  /** No code is looked at for `minutes`. */
  | { readonly state: 'paused'; readonly minutes: number }
  /** Nothing is to be answered. */
  | { readonly state: 'silent' };

/** Whether a pause of this chat runs, and what is said of it; `failed`: its wrong codes so far. */
export async function holdBack(
  tx: Tx,
  ctx: Context,
  address: ChannelAddress,
): Promise<{ failed: number; answer: HeldBack | null }> {
  const now = ctx.clock.now();
  const chatHash = hashChat(address);
  const [tried] = await tx
    .select()
    .from(staffCodeAttempts)
    .where(eq(staffCodeAttempts.chatHash, chatHash))
    .for('update');
  const quietMs = tried === undefined ? FORGOTTEN_AFTER_MS : now.getTime() - tried.failedAt.getTime();
  if (tried === undefined || quietMs >= FORGOTTEN_AFTER_MS) return { failed: 0, answer: null };
  const pause = pauseAfter(tried.failed);
  const leftMs = pause.ms - quietMs;
  if (leftMs <= 0) return { failed: tried.failed, answer: null };
  if (pause.silent || tried.toldAt !== null) return { failed: tried.failed, answer: { state: 'silent' } };
  await tx.update(staffCodeAttempts).set({ toldAt: now }).where(eq(staffCodeAttempts.chatHash, chatHash));
  return { failed: tried.failed, answer: { state: 'paused', minutes: Math.ceil(leftMs / 60_000) } };
}

/**
 * Counts a wrong code by the chat, whoever it belongs to by then: the third one is followed by a pause, which grows, and
 * from the eighth on there is silence for a day.
 */
export async function countWrongCode(
  tx: Tx,
  ctx: Context,
  { address, failed, action }: { address: ChannelAddress; failed: number; action: string },
): Promise<{ minutes: number; silent: boolean }> {
  const chatHash = hashChat(address);
  const row = { failed, failedAt: ctx.clock.now(), toldAt: null };
  await tx
    .insert(staffCodeAttempts)
    .values({ chatHash, ...row })
    .onConflictDoUpdate({ target: staffCodeAttempts.chatHash, set: row });
  const known = await findResidentByAddress(tx, address);
  const subject = known === null ? 'stranger' : `resident:${known.id}`;
  await recordAudit(tx, ctx, { action, subject, after: { failed } });
  const { ms, silent } = pauseAfter(failed);
  return { minutes: ms / 60_000, silent };
}

/** A code of this chat was right: the wrong ones before it are forgotten. */
export async function forgetWrongCodes(tx: Tx, address: ChannelAddress): Promise<void> {
  await tx.delete(staffCodeAttempts).where(eq(staffCodeAttempts.chatHash, hashChat(address)));
}
