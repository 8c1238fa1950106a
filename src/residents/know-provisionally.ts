import { and, eq, isNull } from 'drizzle-orm';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import type { Locale } from '../core/texts.ts';
import { statement } from '../db/statement.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { findResidentByAddress, type Resident } from './queries.ts';
import { addresses, residents } from './tables.ts';

const insertRows = statement<{ id: string; reached: boolean }>()`
  with stored as (
    insert into residents (language, village_id, created_at)
    select ${'language'}::text, ${'villageId'}::text, ${'at'}::timestamptz
    where not exists (
      select from addresses
      where channel = ${'channel'}::text and account = ${'account'}::text and external_id = ${'chatId'}::text
    )
    returning id
  ), reached as (
    insert into addresses (resident_id, channel, account, external_id, unreachable_reason, unreachable_at)
    select id, ${'channel'}, ${'account'}, ${'chatId'}, ${'reason'}::text,
      case when ${'reason'}::text is not null then ${'at'}::timestamptz end
    from stored on conflict do nothing
    returning resident_id
  )
  select id, exists (select from reached) as reached from stored`;

/**
 * Keeps the author of a message of a group until they consent or are erased: nothing of them but the chat with them, not
 * even a name. Whoever is known already is returned as they are. `canWrite` false: the platform lets us write to this
 * person only after they have written to us.
 */
export async function knowProvisionally(
  tx: Tx,
  ctx: Context,
  person: { address: ChannelAddress; language: Locale; villageId: string; canWrite: boolean },
): Promise<Resident> {
  const { address, language, villageId, canWrite } = person;
  const known = await findResidentByAddress(tx, address);
  if (known !== null) return known;
  const { channel, account, id: chatId } = address;
  const reason = canWrite ? null : ('blocked' as const);
  const at = ctx.clock.now().toISOString();
  const [row] = await insertRows(tx, { language, villageId, at, channel, account, chatId, reason });
  // somebody else made them known at this very moment
  if (row?.reached === false) await tx.delete(residents).where(eq(residents.id, Number(row.id)));
  else if (row !== undefined)
    await recordAudit(tx, ctx, { action: 'resident.provisional', subject: `resident:${row.id}` });
  const found = await findResidentByAddress(tx, address);
  if (found === null) throw new Error('the address of an author is a group’s');
  return found;
}

/** Whether words arrive in any chat of the person, as far as is known. */
export async function isReachable(tx: Tx, residentId: number): Promise<boolean> {
  return (await tx.$count(addresses, and(eq(addresses.residentId, residentId), isNull(addresses.unreachableAt)))) > 0;
}
