import { sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { markUnreachable, moveAddress } from '../residents/change-address.ts';

/**
 * The platform takes no messages for this address any more: it is marked so, and what waits for it is skipped for that
 * reason, until the person writes again. False: that was known, or nobody knows the address.
 */
export async function giveUpAddress(
  ctx: Context,
  address: ChannelAddress,
  reason: 'blocked' | 'gone',
): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const isNew = await markUnreachable({ ...ctx, tx }, address, reason);
    await tx.execute(sql`
      update deliveries d set status = 'skipped', reason = ${reason}, settled_at = now()
      from addresses a
      where a.id = d.address_id and d.status = 'pending' and ${isAt(address)}`);
    return isNew;
  });
}

/**
 * The platform gave a chat a new id: what waits for the old one goes there. Where the new chat is known already, it
 * takes over the deliveries of the old one, but for sends that it has a delivery of.
 */
export async function followAddress(ctx: Context, address: ChannelAddress, toId: string): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    await tx.execute(sql`
      update deliveries d set address_id = known.id
      from addresses a
      join addresses known on known.channel = a.channel and known.account = a.account and known.external_id = ${toId}
      where a.id = d.address_id and ${isAt(address)}
        and not exists (select from deliveries twin where twin.send_id = d.send_id and twin.address_id = known.id)`);
    await tx.execute(sql`
      update deliveries d set status = 'skipped', reason = 'moved', settled_at = now()
      from addresses a
      join addresses known on known.channel = a.channel and known.account = a.account and known.external_id = ${toId}
      where a.id = d.address_id and ${isAt(address)} and d.status in ('pending', 'sending')`);
    await moveAddress({ ...ctx, tx }, address, toId);
  });
}

function isAt({ channel, account, id }: ChannelAddress) {
  return sql`a.channel = ${channel} and a.account = ${account} and a.external_id = ${id}`;
}
