import type { Database } from '../core/context.ts';
import { statement } from '../db/statement.ts';
import type { SenderOf } from './claim.ts';

const deliveredRow = statement<{ known: boolean }>()`
  select exists (
    select from deliveries
    where channel = ${'channel'} and account = ${'account'} and external_id = ${'externalId'}
  ) as known`;

/** Whether the platform's id of a message is that of a delivery. Quick on WhatsApp only, which alone has an index for it. */
export async function isDelivered(db: Database, of: SenderOf, externalId: string): Promise<boolean> {
  const { channel, account } = of;
  const [row] = await deliveredRow(db, { channel, account, externalId });
  return row?.known ?? false;
}
