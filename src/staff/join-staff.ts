import { and, eq, gt, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import type { Locale } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { knowResident } from '../residents/know-resident.ts';
import { findResidentByAddress } from '../residents/queries.ts';
import { FORGOTTEN_AFTER_MS, hashChat, pauseAfter } from './codes.ts';
import { MAX_NAME_LENGTH } from './invite-staff.ts';
import type { Role } from './rights.ts';
import { staff, staffCodeAttempts, staffInvitations } from './tables.ts';

export interface JoinStaffInput {
  /** `hashCode` of what was typed; the code itself is kept nowhere. */
  readonly codeHash: string;
  readonly address: ChannelAddress;
  readonly language: Locale;
  /** As the person is called on the platform, for an invitation without a name. */
  readonly name: string | null;
}

export type Joined =
  | { readonly state: 'joined' | 'already'; readonly municipalityId: number; readonly role: Role }
  /** Wrong, used, taken back or too old: all look the same from outside. No code is looked at for `minutes`. */
  | { readonly state: 'refused' | 'paused'; readonly minutes: number }
  /** Nothing is to be answered. */
  | { readonly state: 'silent' };

/**
 * Lets somebody join by a code, once. Wrong codes are counted by the chat, whoever it belongs to by then: the third
 * one is followed by a pause, which grows, and from the eighth on there is silence for a day.
 */
export async function joinStaff(ctx: Context, input: JoinStaffInput): Promise<Joined> {
  return withTransaction(ctx, async (tx) => {
    const chatHash = hashChat(input.address);
    const held = await holdBack(tx, ctx, chatHash);
    if (held.answer !== null) return held.answer;
    const now = ctx.clock.now();
    const [invitation] = await tx
      .select()
      .from(staffInvitations)
      .where(
        and(
          eq(staffInvitations.codeHash, input.codeHash),
          isNull(staffInvitations.usedAt),
          isNull(staffInvitations.revokedAt),
          gt(staffInvitations.expiresAt, now),
        ),
      )
      .for('update');
    if (invitation === undefined) return refuse(tx, ctx, { chatHash, failed: held.failed + 1, input });
    const residentId = await knowResident({ ...ctx, tx }, input);
    const { municipalityId, role } = invitation;
    const known = await findMember(tx, municipalityId, residentId);
    if (known !== null) return { state: 'already', municipalityId, role: known };
    const [member] = await tx
      .insert(staff)
      .values({
        municipalityId,
        residentId,
        role,
        name: invitation.name ?? input.name?.slice(0, MAX_NAME_LENGTH) ?? null,
        joinedAt: now,
        invitedBy: invitation.createdBy,
      })
      .returning({ id: staff.id });
    if (member === undefined) throw new Error('insert into staff returned no row');
    const used = { usedAt: now, usedBy: member.id, name: null };
    await tx.update(staffInvitations).set(used).where(eq(staffInvitations.id, invitation.id));
    await tx.delete(staffCodeAttempts).where(eq(staffCodeAttempts.chatHash, chatHash));
    const as: Context = { ...ctx, actor: { type: 'staff', staffId: member.id } };
    await recordAudit(tx, as, {
      action: 'staff.join',
      subject: `staff:${member.id}`,
      municipalityId,
      before: { role: null },
      after: { role, residentId, invitationId: invitation.id },
    });
    return { state: 'joined', municipalityId, role };
  });
}

/** Whether a pause of this chat runs, and what is said of it. */
async function holdBack(tx: Tx, ctx: Context, chatHash: string): Promise<{ failed: number; answer: Joined | null }> {
  const now = ctx.clock.now();
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

async function refuse(
  tx: Tx,
  ctx: Context,
  { chatHash, failed, input }: { chatHash: string; failed: number; input: JoinStaffInput },
): Promise<Joined> {
  const row = { failed, failedAt: ctx.clock.now(), toldAt: null };
  await tx
    .insert(staffCodeAttempts)
    .values({ chatHash, ...row })
    .onConflictDoUpdate({ target: staffCodeAttempts.chatHash, set: row });
  const known = await findResidentByAddress(tx, input.address);
  const subject = known === null ? 'stranger' : `resident:${known.id}`;
  await recordAudit(tx, ctx, { action: 'staff.code-refused', subject, after: { failed } });
  const { ms, silent } = pauseAfter(failed);
  return silent ? { state: 'silent' } : { state: 'refused', minutes: ms / 60_000 };
}

async function findMember(tx: Tx, municipalityId: number, residentId: number): Promise<Role | null> {
  const [found] = await tx
    .select({ role: staff.role })
    .from(staff)
    .where(and(eq(staff.municipalityId, municipalityId), eq(staff.residentId, residentId), isNull(staff.removedAt)));
  return found?.role ?? null;
}
