import { sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import type { Ack } from '../messaging/contract.ts';
import type { DeliveryReason, DeliveryStatus } from './tables.ts';

/** What became of a send. The six states add up to its audience; `possiblyDoubled` is counted within sent and sending. */
export interface SendTotals {
  readonly pending: number;
  readonly sending: number;
  readonly sent: number;
  readonly failed: number;
  readonly skipped: number;
  readonly canceled: number;
  readonly possiblyDoubled: number;
}

/** How many of those that were sent got at least so far, where the platform tells: whoever reads a message has it. */
export type SendAcks = Readonly<Record<Ack, number>>;

export interface SendCount {
  readonly totals: SendTotals;
  readonly acks: SendAcks;
  /** Of those that failed or were skipped; only what is above zero. */
  readonly reasons: Readonly<Partial<Record<DeliveryReason, number>>>;
}

export const NO_TOTALS: SendTotals = {
  pending: 0,
  sending: 0,
  sent: 0,
  failed: 0,
  skipped: 0,
  canceled: 0,
  possiblyDoubled: 0,
};

export const NO_ACKS: SendAcks = { server: 0, delivered: 0, read: 0 };

type Row = {
  readonly send_id: string;
  readonly status: DeliveryStatus;
  readonly reason: DeliveryReason | null;
  readonly count: number;
  readonly doubled: number;
} & SendAcks;

/** Counts deliveries of sends, by send; one statement. */
export async function countDeliveries(
  db: Database,
  sendIds: readonly number[],
): Promise<ReadonlyMap<number, SendCount>> {
  const rows = await db.execute<Row>(sql`
    select send_id::text, status, reason, count(*)::int as count,
      (count(*) filter (where possibly_doubled))::int as doubled,
      count(ack)::int as server, (count(*) filter (where ack in ('delivered', 'read')))::int as delivered,
      (count(*) filter (where ack = 'read'))::int as read
    from deliveries where send_id = any(${sql.param([...sendIds])}::bigint[])
    group by send_id, status, reason`);
  const counts = new Map<number, SendCount>(
    sendIds.map((id) => [id, { totals: NO_TOTALS, acks: NO_ACKS, reasons: {} }]),
  );
  for (const { send_id, status, reason, count, doubled, ...acks } of rows) {
    const known = counts.get(Number(send_id));
    if (known === undefined) continue;
    const { totals, reasons } = known;
    const unsure = status === 'sent' || status === 'sending' ? doubled : 0;
    counts.set(Number(send_id), {
      totals: {
        ...totals,
        [status]: totals[status] + count,
        possiblyDoubled: totals.possiblyDoubled + unsure,
      },
      acks: status === 'sent' ? addAcks([known.acks, acks]) : known.acks,
      reasons: reason === null ? reasons : { ...reasons, [reason]: (reasons[reason] ?? 0) + count },
    });
  }
  return counts;
}

/** The totals of several sends together. */
export function addTotals(all: readonly SendTotals[]): SendTotals {
  return all.reduce(
    (sum, one) => ({
      pending: sum.pending + one.pending,
      sending: sum.sending + one.sending,
      sent: sum.sent + one.sent,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
      canceled: sum.canceled + one.canceled,
      possiblyDoubled: sum.possiblyDoubled + one.possiblyDoubled,
    }),
    NO_TOTALS,
  );
}

export function addAcks(all: readonly SendAcks[]): SendAcks {
  return all.reduce(
    (sum, one) => ({
      server: sum.server + one.server,
      delivered: sum.delivered + one.delivered,
      read: sum.read + one.read,
    }),
    NO_ACKS,
  );
}
