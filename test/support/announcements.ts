import { sql } from 'drizzle-orm';
import type { Database } from '../../src/core/context.ts';
import { LOCALES } from '../../src/core/texts.ts';
import { sends } from '../../src/deliveries/tables.ts';
import type { OutboundContent } from '../../src/messaging/contract.ts';

export interface GivenSend {
  readonly municipalityId: number;
  /** Before the language of each. */
  readonly text: string;
  /** More of what is sent: files, options. */
  readonly content?: Partial<OutboundContent>;
  /** From now on; default a day. */
  readonly deadlineMs?: number;
  /** Default: all addresses that there are. */
  readonly chats?: readonly string[];
}

/** One send of an announcement, with a delivery to each of the chats; returns its id. */
export async function givenSend(db: Database, given: GivenSend): Promise<number> {
  const contents = Object.fromEntries(
    LOCALES.map((locale) => [locale, { ...given.content, text: `${given.text} ${locale}` }]),
  ) as Record<(typeof LOCALES)[number], OutboundContent>;
  const [send] = await db
    .insert(sends)
    .values({
      municipalityId: given.municipalityId,
      kind: 'announcement',
      subject: 'announcement:1',
      contents,
      createdAt: new Date(),
      deadlineAt: sql`now() + ${given.deadlineMs ?? 86_400_000} * interval '1 ms'`,
    })
    .returning({ id: sends.id });
  if (send === undefined) throw new Error('insert into sends returned no row');
  const chats = given.chats ? sql`a.external_id = any(${sql.param([...given.chats])}::text[])` : sql`true`;
  await db.execute(sql`
    insert into deliveries (send_id, address_id, channel, account, language, bulk, status)
    select ${send.id}, a.id, a.channel, a.account, coalesce(r.language, 'ky'), true, 'pending'
    from addresses a left join residents r on r.id = a.resident_id
    where ${chats}
    order by a.id`);
  return send.id;
}
