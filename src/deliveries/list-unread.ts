import type { Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { SenderOf } from './claim.ts';

/** What was not read by then is asked for no more. */
const WITHIN_DAYS = 7;

const unreadRows = statement<{ external_id: string }>()`
  select external_id from deliveries
  where channel = ${'channel'} and account = ${'account'} and external_id is not null
    and ack is distinct from 'read' and settled_at > now() - ${'days'}::float8 * interval '1 day'
  order by settled_at desc, id desc
  limit ${'most'}::int`;

/**
 * The platform's ids of what was delivered in the last days and is not known to be read, newest first. Quick on WhatsApp
 * only, which alone has an index for it.
 */
export async function listUnread(db: Database, { channel, account }: SenderOf, most: number): Promise<string[]> {
  const rows = await unreadRows(db, { channel, account, most, days: WITHIN_DAYS });
  return rows.map(({ external_id: id }) => id);
}
