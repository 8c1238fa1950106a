import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import type { Locale } from '../core/texts.ts';
import {
  addAcks,
  addTotals,
  countDeliveries,
  NO_ACKS,
  NO_TOTALS,
  type SendAcks,
  type SendTotals,
} from '../deliveries/count-deliveries.ts';
import type { DeliveryReason, DeliveryStatus } from '../deliveries/tables.ts';
import type { ChannelName } from '../messaging/contract.ts';
import { getAnnouncement, listRungs } from './queries.ts';
import type { AnnouncementState, RungState } from './tables.ts';

export type Reasons = Readonly<Partial<Record<DeliveryReason, number>>>;

/** One send of an announcement. */
export interface RungReport {
  readonly rung: string;
  readonly dueAt: Date;
  readonly state: RungState;
  readonly totals: SendTotals;
  readonly acks: SendAcks;
  readonly reasons: Reasons;
}

/** What became of an announcement; of each send the six states add up to its audience, groups counted as one each. */
export interface AnnouncementReport {
  readonly id: number;
  readonly state: AnnouncementState;
  readonly totals: SendTotals;
  readonly acks: SendAcks;
  readonly sends: readonly RungReport[];
}

/** @throws {AnnouncementNotFoundError} */
export async function reportAnnouncement(db: Database, announcementId: number): Promise<AnnouncementReport> {
  const { id, state } = await getAnnouncement(db, announcementId);
  const rungs = await listRungs(db, id);
  const counts = await countDeliveries(
    db,
    rungs.flatMap(({ sendId }) => (sendId === null ? [] : [sendId])),
  );
  const sends = rungs.map(({ rung, dueAt, state: sendState, sendId }): RungReport => {
    const count = sendId === null ? undefined : counts.get(sendId);
    // one that came too late has no audience: nobody was to get it any more
    const { totals = NO_TOTALS, acks = NO_ACKS, reasons = {} } = count ?? {};
    return { rung, dueAt, state: sendState, totals, acks, reasons };
  });
  const totals = addTotals(sends.map((send) => send.totals));
  return { id, state, totals, acks: addAcks(sends.map((send) => send.acks)), sends };
}

/** By what the deliveries of an announcement may be counted. */
export const REPORT_PARTS = ['village', 'language', 'channel'] as const;
export type ReportPart = (typeof REPORT_PARTS)[number];

const PART: Readonly<Record<ReportPart, SQL>> = {
  village: sql`coalesce(r.village_id, a.group_village_id)`,
  language: sql`d.language`,
  channel: sql`d.channel`,
};

/** Deliveries of an announcement by village, language or channel, and state. `part` null: the person is erased. */
export async function countByPart(
  db: Database,
  announcementId: number,
  by: ReportPart,
): Promise<readonly { readonly part: string | null; readonly status: DeliveryStatus; readonly count: number }[]> {
  return db.execute<{ part: string | null; status: DeliveryStatus; count: number }>(sql`
    select ${PART[by]} as part, d.status, count(*)::int as count
    from announcement_rungs g
    join deliveries d on d.send_id = g.send_id
    left join addresses a on a.id = d.address_id
    left join residents r on r.id = a.resident_id
    where g.announcement_id = ${announcementId}
    group by 1, 2 order by 1 nulls last, 2`);
}

/** One delivery, as it stands in the file of all recipients. */
export interface Recipient {
  readonly deliveryId: number;
  readonly rung: string;
  readonly channel: ChannelName;
  /** The chat; null: erased, or the reader may not see it. */
  readonly address: string | null;
  readonly name: string | null;
  readonly villageId: string | null;
  readonly language: Locale;
  readonly status: DeliveryStatus;
  readonly reason: DeliveryReason | null;
  readonly possiblyDoubled: boolean;
  readonly ack: 'server' | 'delivered' | 'read' | null;
  /** When it was settled. */
  readonly at: Date | null;
}

const PAGE = 2_000;

interface RecipientRow {
  readonly id: string;
  readonly rung: string;
  readonly channel: ChannelName;
  readonly address: string | null;
  readonly name: string | null;
  readonly village_id: string | null;
  readonly language: Locale;
  readonly status: DeliveryStatus;
  readonly reason: DeliveryReason | null;
  readonly possibly_doubled: boolean;
  readonly ack: Recipient['ack'];
  readonly at: string | null;
  readonly [column: string]: unknown;
}

/**
 * All deliveries of an announcement, one after the other, page by page. `names`: with name and address, for those with
 * the right to see them.
 */
export async function* listRecipients(
  db: Database,
  announcementId: number,
  { names }: { names: boolean },
): AsyncGenerator<Recipient> {
  let after = 0;
  for (;;) {
    const rows = await db.execute<RecipientRow>(sql`
      select d.id::text, g.rung, d.channel, a.external_id as address, coalesce(r.name, a.group_title) as name,
        coalesce(r.village_id, a.group_village_id) as village_id, d.language, d.status, d.reason, d.possibly_doubled,
        d.ack, to_json(d.settled_at) #>> '{}' as at
      from announcement_rungs g
      join deliveries d on d.send_id = g.send_id
      left join addresses a on a.id = d.address_id
      left join residents r on r.id = a.resident_id
      where g.announcement_id = ${announcementId} and d.id > ${after}
      order by d.id limit ${PAGE}`);
    for (const row of rows) yield toRecipient(row, names);
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return;
    after = Number(last.id);
  }
}

function toRecipient(row: RecipientRow, names: boolean): Recipient {
  const { id, rung, channel, language, status, reason, ack } = row;
  return {
    deliveryId: Number(id),
    ...{ rung, channel, language, status, reason, ack },
    address: names ? row.address : null,
    name: names ? row.name : null,
    villageId: row.village_id,
    possiblyDoubled: row.possibly_doubled,
    at: row.at === null ? null : new Date(row.at),
  };
}
