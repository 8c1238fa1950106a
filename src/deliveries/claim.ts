import type { Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { ChannelName, OutboundContent } from '../messaging/contract.ts';
import type { Outgoing } from '../messaging/outgoing.ts';

/** A delivery that goes on the wire now, claimed under `epoch` of the lease. `attempts`: those made before. */
export interface ClaimedDelivery extends Outgoing {
  readonly sendId: number;
  readonly epoch: number;
  readonly attempts: number;
  /** Since `triedAt` it was sent once more, and that may have arrived too: what a search finds may be one of two. */
  readonly sentAgain: boolean;
}

/** Whose sender asks. */
export interface SenderOf {
  readonly channel: ChannelName;
  readonly account: string;
}

interface ClaimedRow {
  readonly id: string;
  readonly send_id: string;
  readonly chat_id: string;
  readonly content: OutboundContent;
  readonly attempts: number;
  readonly tried_at: string | null;
  readonly sent_again: boolean;
}

// `materialized`, so that the locking select runs once
const claimPersonalRows = statement<ClaimedRow>()`
  with due as materialized (
    select d.id, a.external_id, s.contents, d.claimed_at is not null as sent_again
    from deliveries d join addresses a on a.id = d.address_id join sends s on s.id = d.send_id
    where d.channel = ${'channel'} and d.account = ${'account'} and not d.bulk and d.status = 'pending'
      and d.next_attempt_at <= now() and s.deadline_at > now() and s.paused_at is null and s.contents is not null
      and a.external_id <> all(${'pausedChats'}::text[])
      and not exists (
        select from deliveries earlier
        where earlier.address_id = d.address_id and earlier.id < d.id and not earlier.bulk
          and earlier.status in ('pending', 'sending')
      )
    order by d.next_attempt_at, d.id
    limit ${'limit'}::int
    for update of d skip locked
  )
  update deliveries d
  set status = 'sending', claimed_epoch = ${'epoch'}::bigint, claimed_at = now(), attempts = d.attempts + 1
  from due where d.id = due.id
  returning d.id, d.send_id, due.external_id as chat_id, due.contents -> d.language as content, d.attempts,
    to_json(d.tried_at) #>> '{}' as tried_at, due.sent_again`;

/**
 * Claims up to `limit` due personal deliveries of the account for the sender that holds `epoch`, oldest due first; they
 * go on the wire at once. Of one address one at a time, in the order they were made; none to `pausedChats`. Two senders
 * never get the same row.
 */
export async function claimPersonal(
  db: Database,
  { channel, account }: SenderOf,
  args: { epoch: number; limit: number; pausedChats: readonly string[] },
): Promise<ClaimedDelivery[]> {
  const rows = await claimPersonalRows(db, { channel, account, ...args });
  return inOrder(rows.map((row) => toClaimed(row, { channel, account }, args.epoch)));
}

interface BulkRow extends ClaimedRow {
  readonly status: 'sending' | 'skipped' | 'failed' | 'paused';
  readonly first_at: string;
  readonly first_id: string;
}

/** A place in the order in which deliveries fall due. */
export interface DuePlace {
  readonly at: string;
  readonly id: string;
}

const FROM_THE_FIRST: DuePlace = { at: '-infinity', id: '0' };

// what was tried and is too late has failed: it may have arrived
const claimBulkRows = statement<BulkRow>()`
  with head as materialized (
    select d.id, d.send_id, d.address_id, d.next_attempt_at, a.external_id, s.contents,
      d.claimed_at is not null as sent_again,
      case
        when s.paused_at is not null then 'paused'
        when s.deadline_at <= now() then case when d.attempts > 0 then 'failed' else 'skipped' end
        when a.unreachable_at is not null or r.announcements_stopped_at is not null then 'skipped'
        else 'sending'
      end as status,
      case
        when s.deadline_at <= now() then case when d.attempts > 0 then 'unreachable' else 'stale' end
        when a.unreachable_at is not null then coalesce(a.unreachable_reason, 'unreachable')
        when r.announcements_stopped_at is not null then 'opted_out'
      end as reason
    from deliveries d join addresses a on a.id = d.address_id join sends s on s.id = d.send_id
      left join residents r on r.id = a.resident_id
    where d.channel = ${'channel'} and d.account = ${'account'} and d.bulk and d.status = 'pending'
      and d.next_attempt_at <= now() and s.contents is not null
      and (d.next_attempt_at, d.id) >= (${'fromAt'}::timestamptz, ${'fromId'}::bigint)
      and a.external_id <> all(${'pausedChats'}::text[])
      and not exists (
        select from deliveries other where other.address_id = d.address_id and other.status = 'sending'
      )
    order by d.next_attempt_at, d.id
    limit ${'scan'}::int
    for update of d skip locked
  ), ready as (
    select *, row_number() over (partition by address_id order by next_attempt_at, id) as of_address
    from head where status = 'sending'
  ), due as (
    select *, row_number() over (order by next_attempt_at, id) as place from ready where of_address = 1
    union all
    select *, 1, 0 from head where status in ('skipped', 'failed')
  ), changed as (
    update deliveries d
    set status = due.status, reason = due.reason,
      settled_at = case when due.status <> 'sending' then now() end,
      claimed_epoch = case when due.status = 'sending' then ${'epoch'}::bigint end,
      claimed_at = case when due.status = 'sending' then now() end,
      attempts = d.attempts + case when due.status = 'sending' then 1 else 0 end
    from due
    where d.id = due.id and due.place <= ${'limit'}::int
    returning d.id, d.send_id, due.status, due.external_id as chat_id, d.attempts,
      case when due.status = 'sending' then due.contents -> d.language end as content,
      to_json(d.tried_at) #>> '{}' as tried_at, due.sent_again
  )
  select told.*, first.next_attempt_at::text as first_at, first.id as first_id
  from (
    select * from changed
    union all
    select id, send_id, status, external_id, 0, null, null, false from head where status = 'paused'
  ) told
  cross join (select next_attempt_at, id from head order by next_attempt_at, id limit 1) first`;

/**
 * The same of an announcement, in which nobody waits for anybody: only what is on the wire to an address holds back the
 * next one. Whoever has stopped announcements by now, cannot be reached, or would get it too late is settled instead,
 * for that reason, of the `scan` oldest due; those of a paused send are set aside. `passed`: how many both were.
 * `from`: where the last claim began, which `began` is; what was claimed before lies as dead rows in front of it, and to
 * walk over all of them would take longer and longer.
 */
export async function claimBulk(
  db: Database,
  { channel, account }: SenderOf,
  args: { epoch: number; limit: number; scan: number; pausedChats: readonly string[]; from: DuePlace | null },
): Promise<{ claimed: ClaimedDelivery[]; passed: number; began: DuePlace | null }> {
  const { from, ...rest } = args;
  const { at: fromAt, id: fromId } = from ?? FROM_THE_FIRST;
  const rows = await claimBulkRows(db, { channel, account, ...rest, fromAt, fromId });
  const paused = rows.filter(({ status }) => status === 'paused').map(({ id }) => id);
  if (paused.length > 0) await setAsideRows(db, { ids: paused });
  const sending = rows.filter(({ status }) => status === 'sending');
  const claimed = inOrder(sending.map((row) => toClaimed(row, { channel, account }, args.epoch)));
  const began = rows[0] ? { at: rows[0].first_at, id: rows[0].first_id } : null;
  return { claimed, passed: rows.length - claimed.length, began };
}

// locked, so that a send that is resumed just now leaves none of them aside
const setAsideRows = statement()`
  with paused as materialized (
    select id from sends
    where id in (select send_id from deliveries where id = any(${'ids'}::bigint[])) and paused_at is not null
    order by id
    for share
  )
  update deliveries d set next_attempt_at = 'infinity'
  from paused
  where d.id = any(${'ids'}::bigint[]) and paused.id = d.send_id and d.status = 'pending'`;

function toClaimed(row: ClaimedRow, of: SenderOf, epoch: number): ClaimedDelivery {
  return {
    id: Number(row.id),
    sendId: Number(row.send_id),
    to: { ...of, id: row.chat_id },
    content: row.content,
    attempts: row.attempts - 1,
    ...(row.tried_at === null ? {} : { triedAt: new Date(row.tried_at) }),
    sentAgain: row.sent_again,
    epoch,
  };
}

function inOrder(claimed: ClaimedDelivery[]): ClaimedDelivery[] {
  return claimed.sort((one, other) => one.id - other.id);
}
