import { type SQL, sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';

/**
 * Deliveries of `sendId` to people whom a group of their village was to tell, although none has or will: the group took
 * no message, or was unlinked meanwhile. `reason` is why a person gets none either.
 */
export function leftByGroups(sendId: SQL): SQL {
  const spoken = sql`
    select from addresses other join deliveries said on said.address_id = other.id and said.send_id = ${sendId}
    where other.group_village_id = a_group.group_village_id and other.channel = a_group.channel
      and other.account = a_group.account and said.status in ('pending', 'sending', 'sent')`;
  return sql`
    select d.id,
      case
        when r.announcements_stopped_at is not null then 'opted_out'
        when at.unreachable_at is not null then coalesce(at.unreachable_reason, 'gone')
      end as reason
    from addresses a_group
    join deliveries unsaid on unsaid.address_id = a_group.id and unsaid.send_id = ${sendId}
      and unsaid.status in ('failed', 'skipped', 'canceled')
    join residents r on r.village_id = a_group.group_village_id
    join addresses at on at.resident_id = r.id and at.channel = a_group.channel and at.account = a_group.account
    join deliveries d on d.send_id = ${sendId} and d.address_id = at.id and d.reason = 'by_group'
    where a_group.group_village_id is not null and not exists (${spoken})`;
}

/** They get it themselves, before its deadline. The announcement is locked by the caller. Returns how many it was. */
export async function tellWithoutGroups(tx: Tx, sendId: number): Promise<number> {
  const told = await tx.execute(sql`
    update deliveries d
    set status = case when left_out.reason is null then 'pending' else 'skipped' end,
      reason = left_out.reason,
      settled_at = case when left_out.reason is null then null else now() end,
      next_attempt_at = now()
    from (${leftByGroups(sql`${sendId}`)}) left_out
    where d.id = left_out.id`);
  return told.count;
}
