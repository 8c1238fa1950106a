import type { Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { ChannelAddress, OutboundOption } from '../messaging/contract.ts';

/** What a chat was sent last that gives something to choose. */
export interface LastOptions {
  readonly deliveryId: number;
  /** In the order in which they are numbered. */
  readonly options: readonly OutboundOption[];
  /** By the database's clock. */
  readonly sentAt: Date;
  /** No other delivery came after it. */
  readonly isLast: boolean;
}

interface Row {
  readonly id: string;
  readonly options: readonly OutboundOption[];
  readonly sent_ms: number;
  readonly is_last: boolean;
}

// what is on the wire may be answered before it is written down that it arrived
const lastRow = statement<Row>()`
  select d.id, o.options, (extract(epoch from w.sent_at) * 1000)::float8 as sent_ms,
    not exists (
      select from deliveries later
      where later.address_id = d.address_id and later.status = 'sent' and (later.settled_at, later.id) > (w.sent_at, d.id)
    ) as is_last
  from addresses a
  join deliveries d on d.address_id = a.id
  join sends s on s.id = d.send_id
  cross join lateral (select coalesce(d.settled_at, d.claimed_at) as sent_at) w
  cross join lateral (select s.contents -> d.language -> 'options' as options) o
  where a.channel = ${'channel'} and a.account = ${'account'} and a.external_id = ${'id'}
    and d.status in ('sent', 'sending') and w.sent_at > now() - ${'days'}::float8 * interval '1 day'
    and s.contents is not null and json_typeof(o.options) = 'array' and json_array_length(o.options) > 0
  order by w.sent_at desc, d.id desc
  limit 1`;

/** The notice with options that a chat was sent last within so many days; null: none. */
export async function findLastOptions(
  db: Database,
  { channel, account, id }: ChannelAddress,
  days: number,
): Promise<LastOptions | null> {
  const [row] = await lastRow(db, { channel, account, id, days });
  if (row === undefined) return null;
  return { deliveryId: Number(row.id), options: row.options, sentAt: new Date(row.sent_ms), isLast: row.is_last };
}

const ofMessage = statement<{ readonly options: readonly OutboundOption[] | null }>()`
  select s.contents -> d.language -> 'options' as options
  from deliveries d
  join addresses a on a.id = d.address_id
  join sends s on s.id = d.send_id
  where d.channel = ${'channel'} and d.account = ${'account'} and d.external_id = ${'messageId'}
    and a.external_id = ${'id'}`;

/** What a notice that was sent to a chat gives to choose, by the platform's id of its message; null: it is no notice. */
export async function findOptionsOf(
  db: Database,
  { channel, account, id }: ChannelAddress,
  messageId: string,
): Promise<readonly OutboundOption[] | null> {
  const [row] = await ofMessage(db, { channel, account, id, messageId });
  return row === undefined ? null : (row.options ?? []);
}
