import type { Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { ClaimedDelivery } from './claim.ts';
import type { DeliveryReason } from './tables.ts';

/** What is settled is settled only while the claim stands: a later sender may have taken the row over. */
type Claim = Pick<ClaimedDelivery, 'id' | 'epoch' | 'sentAgain'>;

// whoever was erased while it was on the wire is named by WhatsApp's id of the message
const sentRows = statement()`
  update deliveries d
  set status = 'sent', external_id = case when d.address_id is not null then done.external_id end, reason = null,
    settled_at = now(),
    possibly_doubled = d.possibly_doubled and d.id <> all(${'found'}::bigint[])
  from unnest(${'ids'}::bigint[], ${'epochs'}::bigint[], ${'externalIds'}::text[]) as done (id, epoch, external_id)
  where d.id = done.id and d.status = 'sending' and d.claimed_epoch = done.epoch`;

/** Writes down that these arrived at their platform. `found`: by an attempt before; the only one is not doubled. */
export async function completeDeliveries(
  db: Database,
  sent: readonly (Claim & { readonly externalId: string; readonly found: boolean })[],
): Promise<void> {
  const externalIds = sent.map(({ externalId }) => externalId);
  const found = sent.filter((one) => one.found && !one.sentAgain).map(({ id }) => id);
  await sentRows(db, { ...columns(sent), externalIds, found });
}

// locked, here and below, so that a send that is paused or resumed just now is seen as it is then
const releasedRows = statement()`
  with send as materialized (
    select id, paused_at from sends
    where id in (select send_id from deliveries where id = any(${'ids'}::bigint[]))
    order by id
    for share
  )
  update deliveries d
  set status = 'pending', attempts = d.attempts - 1, claimed_epoch = null,
    claimed_at = case when d.id = any(${'sentAgain'}::bigint[]) then d.claimed_at end,
    next_attempt_at = case when send.paused_at is null then d.next_attempt_at else 'infinity' end
  from unnest(${'ids'}::bigint[], ${'epochs'}::bigint[]) as untried (id, epoch), send
  where d.id = untried.id and send.id = d.send_id and d.status = 'sending' and d.claimed_epoch = untried.epoch`;

/** Gives claims back that were not tried. Those of a send that was paused meanwhile wait with it. */
export async function releaseDeliveries(db: Database, untried: readonly Claim[]): Promise<void> {
  const sentAgain = untried.filter((one) => one.sentAgain).map(({ id }) => id);
  await releasedRows(db, { ...columns(untried), sentAgain });
}

const failedRow = statement()`
  update deliveries
  set status = 'failed', reason = ${'reason'}, settled_at = now(),
    possibly_doubled = possibly_doubled or ${'mayHaveArrived'}::boolean
  where id = ${'id'}::bigint and status = 'sending' and claimed_epoch = ${'epoch'}::bigint`;

/** Gives one up for good. `mayHaveArrived`: whoever it is for counts as told. */
export async function failDelivery(
  db: Database,
  { id, epoch }: Claim,
  args: { reason: DeliveryReason; mayHaveArrived: boolean },
): Promise<void> {
  await failedRow(db, { id, epoch, ...args });
}

const postponedRow = statement<{ status: 'pending' | 'failed' }>()`
  with send as materialized (
    select id, paused_at, deadline_at from sends
    where id = (select send_id from deliveries where id = ${'id'}::bigint)
    for share
  )
  update deliveries d
  set status = case when late.so then 'failed' else 'pending' end,
    reason = case when late.so then ${'reason'} end,
    settled_at = case when late.so then now() end,
    next_attempt_at = case
      when s.paused_at is null then now() + ${'waitMs'}::float8 * interval '1 ms' else 'infinity'
    end,
    possibly_doubled = d.possibly_doubled or ${'mayHaveArrived'}::boolean,
    tried_at = case when ${'mayHaveArrived'}::boolean then coalesce(d.tried_at, d.claimed_at) else d.tried_at end,
    claimed_epoch = null,
    claimed_at = case
      when ${'sentAgain'}::boolean or (${'mayHaveArrived'}::boolean and d.tried_at is not null) then d.claimed_at
    end
  from send s
  cross join lateral (select s.deadline_at <= now() + ${'waitMs'}::float8 * interval '1 ms' as so) late
  where s.id = d.send_id and d.id = ${'id'}::bigint and d.status = 'sending' and d.claimed_epoch = ${'epoch'}::bigint
  returning d.status`;

/**
 * Puts one off by the database's clock; where its deadline comes before, it has failed for `reason`; where its send
 * is paused, it waits for that. `mayHaveArrived`: another attempt may double it, and knows since when. Resolves to what
 * it is now; null: the claim stands no more.
 */
export async function postponeDelivery(
  db: Database,
  { id, epoch, sentAgain }: Claim,
  args: { waitMs: number; reason: DeliveryReason; mayHaveArrived: boolean },
): Promise<'pending' | 'failed' | null> {
  const [row] = await postponedRow(db, { id, epoch, sentAgain, ...args });
  return row?.status ?? null;
}

function columns(claims: readonly Claim[]): { ids: number[]; epochs: number[] } {
  return { ids: claims.map(({ id }) => id), epochs: claims.map(({ epoch }) => epoch) };
}
