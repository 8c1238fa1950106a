import { and, eq, isNull } from 'drizzle-orm';
import type { Context, Database } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import type { ChannelAddress, SendFailure } from '../messaging/contract.ts';
import { addresses } from './tables.ts';

/**
 * Notes that an address cannot be reached, and since when; the first reason stands until it is reachable again. False:
 * that was known, or nobody knows the address.
 */
export async function markUnreachable(ctx: Context, address: ChannelAddress, reason: SendFailure): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const marked = await tx
      .update(addresses)
      .set({ unreachableReason: reason, unreachableAt: ctx.clock.now() })
      .where(and(at(address), isNull(addresses.unreachableAt)))
      .returning({ id: addresses.id });
    return marked.length > 0;
  });
}

/** The person can be reached again: they wrote, or took the block back. */
export async function markReachable(ctx: Context, address: ChannelAddress): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    await tx.update(addresses).set({ unreachableReason: null, unreachableAt: null }).where(at(address));
  });
}

/** The platform gave a chat a new id. Where the new one is known already, the old one goes. */
export async function moveAddress(ctx: Context, address: ChannelAddress, toId: string): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const there = { ...address, id: toId };
    if (await isKnown(tx, there)) {
      const [gone] = await tx.delete(addresses).where(at(address)).returning();
      await tx.update(addresses).set({ formerId: address.id }).where(at(there));
      const { residentId = null, preferredAt = null } = gone ?? {};
      // who wanted notices in the one wants them in the other
      if (residentId !== null && preferredAt !== null) {
        const theirs = and(at(there), eq(addresses.residentId, residentId));
        await tx.update(addresses).set({ preferredAt }).where(theirs);
      }
    } else await tx.update(addresses).set({ externalId: toId, formerId: address.id }).where(at(address));
  });
}

async function isKnown(db: Database, address: ChannelAddress): Promise<boolean> {
  return (await db.select({ id: addresses.id }).from(addresses).where(at(address))).length > 0;
}

function at({ channel, account, id }: ChannelAddress) {
  return and(eq(addresses.channel, channel), eq(addresses.account, account), eq(addresses.externalId, id));
}
