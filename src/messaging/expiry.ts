import { sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { type DialogKey, type DialogKeyRow, keyOfRow } from './dialog-key.ts';

/**
 * Puts an event into the inbox for each dialog that has been silent for too long, once a dialog and due time; in a group
 * also for what is remembered of a person who is asked nothing. It then goes through a turn like any message, in its
 * order. Returns the dialogs to wake.
 */
export async function expireDialogs(db: Database, now: Date): Promise<DialogKey[]> {
  const rows = await db.execute<DialogKeyRow & Record<string, unknown>>(sql`
    insert into inbox (channel, account, event_id, chat_id, person_id, internal)
    select channel, account, 'expire:' || id || ':' || extract(epoch from expires_at), chat_id, person_id, 'expire'
    from dialogs where expires_at <= ${now.toISOString()}::timestamptz 
      and (saved is not null or chat_id <> person_id)
    order by id limit 1000
    on conflict do nothing
    returning channel, account, chat_id, person_id`);
  return rows.map(keyOfRow);
}
