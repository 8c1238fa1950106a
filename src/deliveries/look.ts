import type { Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { OutboundContent } from '../messaging/contract.ts';
import type { SenderOf } from './claim.ts';

// ordered, so that the first is found by the index also where most of the table was due when it was last counted
const lookRow = statement<{ due: boolean; left: boolean }>()`
  select (
      select true from deliveries
      where channel = ${'channel'} and account = ${'account'} and bulk = ${'bulk'}::boolean and status = 'pending'
        and next_attempt_at <= now()
      order by next_attempt_at, id limit 1
    ) is not null as due,
    exists (
      select from deliveries
      where channel = ${'channel'} and account = ${'account'} and bulk = ${'bulk'}::boolean and status = 'sending'
        and claimed_epoch is distinct from ${'epoch'}::bigint and id <> all(${'onWire'}::bigint[])
    ) as left`;

/**
 * Whether anything of the account is due, in bulk or personal, and whether a sender before this one left something half
 * sent; two probes of small indexes. `onWire`: what this process has on the wire, from whatever epoch.
 */
export async function lookForDeliveries(
  db: Database,
  { channel, account }: SenderOf,
  args: { bulk: boolean; epoch: number; onWire: readonly number[] },
): Promise<{ due: boolean; leftBehind: boolean }> {
  const [row] = await lookRow(db, { channel, account, ...args });
  return { due: row?.due ?? false, leftBehind: row?.left ?? false };
}

// locked, so that a send that is paused or resumed just now is seen as it is then
const recoverRows = statement<{ id: string }>()`
  with left_behind as materialized (
    select id, send_id from deliveries
    where channel = ${'channel'} and account = ${'account'} and bulk = ${'bulk'}::boolean and status = 'sending'
      and id <> all(${'onWire'}::bigint[])
      and (${'all'}::boolean or claimed_epoch is distinct from ${'epoch'}::bigint)
  ), send as materialized (
    select id, paused_at from sends where id in (select send_id from left_behind) order by id for share
  )
  update deliveries d
  set status = 'pending', possibly_doubled = true, tried_at = coalesce(d.tried_at, d.claimed_at),
    claimed_epoch = null, claimed_at = case when d.tried_at is not null then d.claimed_at end,
    next_attempt_at = case when send.paused_at is null then now() else 'infinity' end
  from left_behind join send on send.id = left_behind.send_id
  where d.id = left_behind.id and d.status = 'sending'
  returning d.id`;

/**
 * Takes back what an earlier sender of the account had on the wire when it ended: nobody knows whether it arrived, so
 * it is sent again and said to be possibly doubled. `all`: nothing can be this sender's own yet. Returns how many.
 */
export async function recoverDeliveries(
  db: Database,
  { channel, account }: SenderOf,
  args: { bulk: boolean; epoch: number; onWire: readonly number[]; all: boolean },
): Promise<number> {
  return (await recoverRows(db, { channel, account, ...args })).length;
}

const recentRows = statement<{ ms: string; content: OutboundContent | null }>()`
  select (extract(epoch from now() - d.claimed_at) * 1000)::float8::text as ms, s.contents -> d.language as content
  from deliveries d join sends s on s.id = d.send_id
  where d.channel = ${'channel'} and d.account = ${'account'} and d.status in ('sent', 'sending')
    and d.claimed_at > now() - interval '1 day'`;

/**
 * How many milliseconds ago each delivery of the last day was claimed that arrived or is on the wire, as often as it has
 * pieces; a notice whose content is gone counts once. Reads them all.
 */
export async function listRecentClaims(
  db: Database,
  { channel, account }: SenderOf,
  pieces: (content: OutboundContent) => number,
): Promise<number[]> {
  const rows = await recentRows(db, { channel, account });
  return rows.flatMap(({ ms, content }) => Array<number>(content === null ? 1 : pieces(content)).fill(Number(ms)));
}
