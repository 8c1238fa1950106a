import { sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { type Locale, translator } from '../core/texts.ts';
import { countDeliveries } from '../deliveries/count-deliveries.ts';
import type { ChannelName, OutboundContent } from '../messaging/contract.ts';
import type { DialogKey } from '../messaging/dialog-key.ts';
import { findItsHearing, getAnnouncement } from './queries.ts';
import { countTried } from './tell-staff.ts';
import { rungName, titleOf } from './title.ts';

export interface ProgressOptions {
  readonly db: Database;
  /** Writes into a chat. */
  readonly tell: (key: DialogKey, content: OutboundContent) => Promise<void>;
  /** Those that this process sends for. */
  readonly accounts: () => readonly { readonly channel: ChannelName; readonly account: string }[];
}

interface Row {
  readonly announcement_id: string;
  readonly send_id: string;
  readonly rung: string;
  readonly channel: ChannelName;
  readonly account: string;
  readonly chat_id: string;
  readonly language: Locale;
  readonly message_id: string;
  readonly [column: string]: unknown;
}

/** Keeps the one message up to date that shows how far a send is: edited, and only when something has changed. */
export class ProgressTeller {
  readonly #options: ProgressOptions;
  readonly #shown = new Map<string, string>();

  constructor(options: ProgressOptions) {
    this.#options = options;
  }

  async run(): Promise<void> {
    const { db, tell } = this.#options;
    const rows = await this.#underWay();
    const live = new Set(rows.map(({ message_id }) => message_id));
    for (const known of this.#shown.keys()) if (!live.has(known)) this.#shown.delete(known);
    for (const row of rows) {
      const text = await this.#describe(db, row);
      if (text === null || this.#shown.get(row.message_id) === text) continue;
      this.#shown.set(row.message_id, text);
      const { channel, account, chat_id: chatId } = row;
      await tell({ channel, account, chatId, personId: chatId }, { text, replaces: row.message_id });
    }
  }

  #underWay(): Promise<readonly Row[]> {
    const { db, accounts } = this.#options;
    const held = accounts();
    return db.execute<Row>(sql`
      select a.id::text as announcement_id, g.send_id::text, g.rung, d.channel, d.account, d.language,
        x.external_id as chat_id, d.external_id as message_id
      from announcements a
      join announcement_rungs g on g.announcement_id = a.id and g.state = 'running'
      join deliveries d on d.send_id = a.progress_send_id and d.status = 'sent' and d.external_id is not null
      join addresses x on x.id = d.address_id
      where a.state in ('running', 'paused') and (d.channel, d.account) in (
        select * from unnest(
          ${sql.param(held.map(({ channel }) => channel))}::text[], ${sql.param(held.map(({ account }) => account))}::text[])
      )
      and g.id = (select max(o.id) from announcement_rungs o where o.announcement_id = a.id and o.state = 'running')`);
  }

  /** Null: nothing has gone out yet. */
  async #describe(db: Database, row: Row): Promise<string | null> {
    const sendId = Number(row.send_id);
    const totals = (await countDeliveries(db, [sendId])).get(sendId)?.totals;
    if (totals === undefined || totals.sent + totals.failed === 0) return null;
    const announcement = await getAnnouncement(db, Number(row.announcement_id));
    const hearing = await findItsHearing(db, announcement);
    const t = translator(row.language);
    const { sent, failed } = totals;
    const total = countTried(totals);
    const title = titleOf(announcement, hearing, row.language);
    return `${title} · ${rungName(row.rung, t)}\n${t('announcement-progress', { sent, total, failed })}`;
  }
}
