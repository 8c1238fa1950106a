import type { Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { ChannelName, OutboundContent } from '../messaging/contract.ts';
import type { Outgoing } from '../messaging/outgoing.ts';

/** A delivery that goes on the wire now, claimed under `epoch` of the lease. `attempts`: those made before. */
export interface ClaimedDelivery extends Outgoing {
  readonly epoch: number;
  readonly attempts: number;
}

/** Whose sender asks. */
export interface SenderOf {
  readonly channel: ChannelName;
  readonly account: string;
}

const lookRow = statement<{ due: boolean; left: boolean }>()`
  select exists (
      select from deliveries
      where channel = ${'channel'} and account = ${'account'} and status = 'pending' and next_attempt_at <= now()
    ) as due,
    exists (
      select from deliveries
      where channel = ${'channel'} and account = ${'account'} and status = 'sending'
        and claimed_epoch is distinct from ${'epoch'}::bigint and id <> all(${'onWire'}::bigint[])
    ) as left`;

/**
 * Whether anything of the account is due, and whether a sender before this one left something half sent; two probes of
 * small indexes. `onWire`: what this process has on the wire, from whatever epoch.
 */
export async function lookForDeliveries(
  db: Database,
  { channel, account }: SenderOf,
  args: { epoch: number; onWire: readonly number[] },
): Promise<{ due: boolean; leftBehind: boolean }> {
  const [row] = await lookRow(db, { channel, account, epoch: args.epoch, onWire: args.onWire });
  return { due: row?.due ?? false, leftBehind: row?.left ?? false };
}

const recoverRows = statement<{ id: string }>()`
  update deliveries
  set status = 'pending', possibly_doubled = true, next_attempt_at = now(), claimed_epoch = null, claimed_at = null
  where channel = ${'channel'} and account = ${'account'} and status = 'sending'
    and id <> all(${'onWire'}::bigint[])
    and (${'all'}::boolean or claimed_epoch is distinct from ${'epoch'}::bigint)
  returning id`;

/**
 * Takes back what an earlier sender of the account had on the wire when it ended: nobody knows whether it arrived, so
 * it is sent again and said to be possibly doubled. `all`: nothing can be this sender's own yet. Returns how many.
 */
export async function recoverDeliveries(
  db: Database,
  { channel, account }: SenderOf,
  args: { epoch: number; onWire: readonly number[]; all: boolean },
): Promise<number> {
  return (await recoverRows(db, { channel, account, ...args })).length;
}

interface ClaimedRow {
  readonly id: string;
  readonly chat_id: string;
  readonly content: OutboundContent;
  readonly attempts: number;
}

// `materialized`, so that the locking select runs once
const claimRows = statement<ClaimedRow>()`
  with due as materialized (
    select d.id, a.external_id, s.contents
    from deliveries d join addresses a on a.id = d.address_id join sends s on s.id = d.send_id
    where d.channel = ${'channel'} and d.account = ${'account'} and d.status = 'pending'
      and d.next_attempt_at <= now() and s.deadline_at > now() and s.contents is not null
      and a.external_id <> all(${'pausedChats'}::text[])
      and not exists (
        select from deliveries earlier
        where earlier.address_id = d.address_id and earlier.id < d.id and earlier.status in ('pending', 'sending')
      )
    order by d.next_attempt_at, d.id
    limit ${'limit'}::int
    for update of d skip locked
  )
  update deliveries d
  set status = 'sending', claimed_epoch = ${'epoch'}::bigint, claimed_at = now(), attempts = d.attempts + 1
  from due where d.id = due.id
  returning d.id, due.external_id as chat_id, due.contents -> d.language as content, d.attempts`;

/**
 * Claims up to `limit` due deliveries of the account for the sender that holds `epoch`, oldest due first; they go on
 * the wire at once. Of one address one at a time, in the order they were made; none to `pausedChats`. Two senders
 * never get the same row.
 */
export async function claimDueDeliveries(
  db: Database,
  { channel, account }: SenderOf,
  args: { epoch: number; limit: number; pausedChats: readonly string[] },
): Promise<ClaimedDelivery[]> {
  const rows = await claimRows(db, { channel, account, ...args });
  return rows
    .map((row) => ({
      id: Number(row.id),
      to: { channel, account, id: row.chat_id },
      content: row.content,
      attempts: row.attempts - 1,
      epoch: args.epoch,
    }))
    .sort((one, other) => one.id - other.id);
}
