import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import type { Locale } from '../core/texts.ts';
import { withTransaction } from '../db/transaction.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { findResidentByAddress } from './queries.ts';
import { addresses, residents } from './tables.ts';

/**
 * Keeps a person who joins the staff: known by the chat, without having agreed to sending proposals, which is asked
 * when they first send one. Whoever is known stays the same resident. Returns the resident's number.
 */
export async function knowResident(
  ctx: Context,
  input: { address: ChannelAddress; language: Locale; name: string | null },
): Promise<number> {
  const { address, language, name } = input;
  return withTransaction(ctx, async (tx) => {
    const known = await findResidentByAddress(tx, address);
    if (known !== null) return known.id;
    const [row] = await tx
      .insert(residents)
      .values({ language, name, createdAt: ctx.clock.now() })
      .returning({ id: residents.id });
    if (row === undefined) throw new Error('insert into residents returned no row');
    const { channel, account, id } = address;
    await tx.insert(addresses).values({ residentId: row.id, channel, account, externalId: id });
    await recordAudit(tx, ctx, { action: 'resident.known', subject: `resident:${row.id}` });
    return row.id;
  });
}
