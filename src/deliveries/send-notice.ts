import { sql } from 'drizzle-orm';
import type { Context, Tx } from '../core/context.ts';
import { LOCALES, type Locale, type Translate, translator } from '../core/texts.ts';
import type { ChannelName, OutboundContent } from '../messaging/contract.ts';
import { noticeOrder } from '../residents/notice-chat.ts';
import { sends } from './tables.ts';

export interface Notice {
  readonly municipalityId: number;
  /** What it is about: `proposal:45`. */
  readonly subject: string;
  /** Each once, in the chat that `noticeOrder` puts first; those who are erased or have no chat get none. */
  readonly residentIds: readonly number[];
  /** `own`: word on what the person sent or supports, which `/stop` may have ended. `staff`: always sent. */
  readonly audience: 'own' | 'staff';
  /** The channel that it cannot go by, since it is about that one. */
  readonly notBy?: ChannelName;
  /** The address of the one chat in which it is said, since it is about that one. */
  readonly inChat?: number;
  /** Written once in each language. */
  write(t: Translate, locale: Locale): OutboundContent;
}

let written = 0;

/**
 * How many notices this process has begun to write: when it has grown over a commit, a look at the deliveries is worth
 * while. Only a hint; their senders find them without it.
 */
export function noticesWritten(): number {
  return written;
}

/** An answer is of use for days; then nobody waits for it any more. */
const DEADLINE_DAYS = 7;

/**
 * Writes a personal notice to a few people in the verb's own transaction: a send, and a delivery for each of them.
 * The sender of their channel takes it from there, once. Returns the send's id; null where nobody is to get it.
 */
export async function sendNotice(tx: Tx, ctx: Context, notice: Notice): Promise<number | null> {
  const residentIds = [...new Set(notice.residentIds)];
  if (residentIds.length === 0) return null;
  const contents = Object.fromEntries(
    LOCALES.map((locale) => [locale, notice.write(translator(locale), locale)]),
  ) as Record<Locale, OutboundContent>;
  const [send] = await tx
    .insert(sends)
    .values({
      municipalityId: notice.municipalityId,
      kind: 'notice',
      subject: notice.subject,
      contents,
      createdAt: ctx.clock.now(),
      deadlineAt: sql`now() + ${DEADLINE_DAYS} * interval '1 day'`,
    })
    .returning({ id: sends.id });
  if (send === undefined) throw new Error('insert into sends returned no row');
  written++;
  await tx.execute(sql`
    insert into deliveries (send_id, address_id, channel, account, language, status, reason, settled_at)
    select ${send.id}, a.id, a.channel, a.account, r.language,
      case when w.reason is null then 'pending' else 'skipped' end, w.reason,
      case when w.reason is null then null else now() end
    from residents r
    join lateral (
      select * from addresses
      where resident_id = r.id and channel is distinct from ${notice.notBy ?? null}
        and (${notice.inChat ?? null}::bigint is null or id = ${notice.inChat ?? null})
      order by ${noticeOrder('addresses')}
      limit 1
    ) a on true
    cross join lateral (
      select case
        when a.unreachable_at is not null then a.unreachable_reason
        when ${notice.audience === 'own'} and r.answers_stopped_at is not null then 'opted_out'
      end as reason
    ) w
    where r.id = any(${sql.param(residentIds)}::bigint[]) and r.erased_at is null`);
  return send.id;
}
