import { and, eq, type SQL, sql } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Database } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { ResidentNotFoundError, requireSelf } from './rules.ts';
import { addresses } from './tables.ts';

/**
 * The order in which chats of a person come into question for what is said to them unasked: those that can be reached,
 * of these the one that they chose, else the one where they were reached last. `alias`: of `addresses` in the statement.
 */
export function noticeOrder(alias: 'a' | 'addresses'): SQL {
  return sql.raw(`(${alias}.unreachable_at is not null), ${alias}.preferred_at desc nulls last, ${alias}.id desc`);
}

/** One of the chats in which a person talks to us. */
export interface Chat {
  /** Of its address. */
  readonly id: number;
  readonly address: ChannelAddress;
  /** Whether notices come to it. */
  readonly noticed: boolean;
}

/** All chats of a person, oldest first. */
export async function listChats(db: Database, residentId: number): Promise<Chat[]> {
  const rows = await db
    .select({ id: addresses.id, channel: addresses.channel, account: addresses.account, chatId: addresses.externalId })
    .from(addresses)
    .where(eq(addresses.residentId, residentId))
    .orderBy(noticeOrder('addresses'));
  return rows
    .map(({ id, channel, account, chatId }, at) => ({
      id,
      address: { channel, account, id: chatId },
      noticed: at === 0,
    }))
    .sort((one, other) => one.id - other.id);
}

/**
 * To which of their chats a person wants notices; to another one while that cannot be reached.
 * @throws {ForbiddenError} @throws {ResidentNotFoundError} also where the chat is not theirs
 */
export async function chooseNoticeChat(
  ctx: Context,
  { residentId, addressId }: { residentId: number; addressId: number },
): Promise<void> {
  requireSelf(ctx.actor, residentId);
  await withTransaction(ctx, async (tx) => {
    const own = eq(addresses.residentId, residentId);
    await tx.update(addresses).set({ preferredAt: null }).where(own);
    const chosen = await tx
      .update(addresses)
      .set({ preferredAt: ctx.clock.now() })
      .where(and(own, eq(addresses.id, addressId)))
      .returning({ channel: addresses.channel });
    const [chat] = chosen;
    if (chat === undefined) throw new ResidentNotFoundError(residentId);
    const { channel } = chat;
    await recordAudit(tx, ctx, {
      action: 'resident.notice-chat',
      subject: `resident:${residentId}`,
      after: { channel },
    });
  });
}
