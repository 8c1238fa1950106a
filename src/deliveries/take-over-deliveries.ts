import { sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';

/**
 * Before the chats of `joined` become those of `kept`, who is the same person: what waits for the one and has reached
 * the other, or waits for them too, is let go, so that it is said once and counted once. All else stays with its chat.
 */
export async function takeOverDeliveries(tx: Tx, { kept, joined }: { kept: number; joined: number }): Promise<void> {
  // in the order in which the sender locks them
  await tx.execute(sql`select from addresses where resident_id in (${kept}, ${joined}) order by id for update`);
  for (const [ofOne, ofOther, reached] of [
    [joined, kept, ['pending', 'sending', 'sent']],
    [kept, joined, ['sending', 'sent']],
  ] as const) {
    await tx.execute(sql`
      delete from deliveries d
      using addresses a
      where a.id = d.address_id and a.resident_id = ${ofOne} and d.status = 'pending' and d.attempts = 0
        and exists (
          select from deliveries twin join addresses b on b.id = twin.address_id
          where twin.send_id = d.send_id and b.resident_id = ${ofOther}
            and twin.status = any(${sql.param([...reached])}::text[])
        )`);
  }
}
