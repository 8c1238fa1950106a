import { sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';

/**
 * Erases a person from the deliveries, before their addresses go: what waits for them is canceled, nothing points to
 * them any more, and contents that nobody else waits for are emptied. The counts of the sends stay true.
 */
export async function eraseDeliveries(tx: Tx, residentId: number): Promise<void> {
  // in the order in which the sender locks them
  await tx.execute(sql`select from addresses where resident_id = ${residentId} order by id for update`);
  const touched = await tx.execute<{ send_id: string }>(sql`
    update deliveries d
    set address_id = null, external_id = null,
      status = case when d.status = 'pending' then 'canceled' else d.status end,
      settled_at = case when d.status = 'pending' then now() else d.settled_at end
    from addresses a where a.id = d.address_id and a.resident_id = ${residentId}
    returning d.send_id::text`);
  const sendIds = touched.map(({ send_id }) => send_id);
  await tx.execute(sql`
    update sends s set contents = null
    where s.id = any(${sql.param(sendIds)}::bigint[]) and s.contents is not null and s.kind = 'notice'
      and not exists (select from deliveries d where d.send_id = s.id and d.status in ('pending', 'sending'))`);
}
