import { sql } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { inTransaction } from '../db/transaction.ts';

/**
 * Ends what no sender will end: deliveries past their deadline have failed, also those of an account that nobody sends
 * for, and those of an announcement that were never tried are skipped, since they would come too late; those of people
 * who are erased are canceled. Then empties the contents of notices that nobody waits for any more, since they hold
 * personal words; their options stay for another week, since people answer by the number of one. Safe to run in any
 * number of processes. Returns how many sends it emptied, in whole or of their words.
 */
export async function settleSends({ db }: Pick<Context, 'db'>): Promise<number> {
  return inTransaction(db, async (tx) => {
    await tx.execute(sql`
      update deliveries d set status = 'canceled', settled_at = now()
      where d.status = 'pending' and d.address_id is null`);
    // what is on the wire belongs to its sender for as long as the lease lasts
    await tx.execute(sql`
      update deliveries d
      set status = case when d.bulk and d.status = 'pending' and d.attempts = 0 then 'skipped' else 'failed' end,
        reason = case when d.bulk and d.status = 'pending' and d.attempts = 0 then 'stale' else 'unreachable' end,
        settled_at = now(),
        possibly_doubled = d.possibly_doubled or d.status = 'sending'
      from sends s
      where s.id = d.send_id and s.contents is not null and s.deadline_at <= now()
        and d.status in ('pending', 'sending')
        and (d.status = 'pending' or d.status = 'sending' and not exists (
          select from leases l
          where l.channel = d.channel and l.account = d.account and l.epoch = d.claimed_epoch and l.until > now()
        ))`);
    const emptied = await tx.execute(sql`
      with done as materialized (
        select id, contents,
          deadline_at > now() - interval '7 days' and contents::jsonb @? '$.*.options[0]' as with_options
        from sends s
        where contents is not null and kind = 'notice'
          and not exists (select from deliveries d where d.send_id = s.id and d.status in ('pending', 'sending'))
      )
      update sends s
      set contents = case when done.with_options then (
        select json_object_agg(key, json_build_object('text', '', 'options', value -> 'options'))
        from json_each(done.contents)
      ) end
      from done
      where s.id = done.id and not (done.with_options and done.contents::jsonb @> '{"ky": {"text": ""}}')
      returning s.id`);
    return emptied.length;
  });
}
