import { sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import type { ChannelAddress } from './contract.ts';

/**
 * Whether somebody has a conversation open anywhere but in the chat `here`, of those whose chats these are. A menu is
 * none: nobody loses anything with it.
 */
export async function hasOpenDialog(tx: Tx, chats: readonly ChannelAddress[], here: ChannelAddress): Promise<boolean> {
  const [found] = await tx.execute<{ open: boolean }>(sql`
    select exists (
      select from dialogs d
      join json_to_recordset(${JSON.stringify(chats)}::json) as c(channel text, account text, id text)
        on c.channel = d.channel and c.account = d.account and c.id = d.person_id
      where (d.channel, d.account, d.chat_id) <> (${here.channel}, ${here.account}, ${here.id})
        and (d.saved ->> 'flow' <> 'menu' or d.memory ->> 'suspended' is not null)
    ) as open`);
  return found?.open === true;
}
