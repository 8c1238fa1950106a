import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import type { ChannelAddress } from './contract.ts';
import { dialogs, inbox, media, replies } from './tables.ts';

/**
 * Closes the conversations of others, of these kinds, in which a name stands: whoever opens them anew is shown who is
 * there now.
 */
export async function closeNaming(tx: Tx, name: string, flows: readonly string[]): Promise<void> {
  // as it stands within a JSON string
  const written = JSON.stringify(name).slice(1, -1);
  await tx
    .update(dialogs)
    .set({ saved: null, expiresAt: null })
    .where(
      and(
        sql`${dialogs.saved} ->> 'flow' = any(${sql.param([...flows])}::text[])`,
        sql`strpos(${dialogs.saved}::text, ${written}) > 0`,
      ),
    );
}

/** A platform's handle of a file may name who sent it; what is fetched needs none. */
function unlessPending(column: typeof media.ref | typeof media.uniqueRef) {
  return sql<string>`case when ${media.status} = 'pending' then ${column} else '' end`;
}

/**
 * Erases what is kept of a person's chats: open dialogs, waiting replies, stored events, files. `keptMedia` are ids
 * of files that stay (part of a proposal): they lose the reference to the person. Other files that are on disk are
 * marked for the sweeper, which removes them with their rows.
 */
export async function erasePerson(
  tx: Tx,
  addresses: readonly ChannelAddress[],
  keptMedia: readonly number[],
): Promise<void> {
  for (const { channel, account, id } of addresses) {
    const of = (table: typeof inbox | typeof dialogs | typeof media) =>
      and(eq(table.channel, channel), eq(table.account, account), or(eq(table.chatId, id), eq(table.personId, id)));
    await tx
      .delete(replies)
      .where(and(eq(replies.channel, channel), eq(replies.account, account), eq(replies.chatId, id)));
    await tx
      .update(inbox)
      .set({ payload: null, refused: null, personId: '', chatId: '', status: 'handled', handledAt: sql`now()` })
      .where(of(inbox));
    await tx.delete(dialogs).where(of(dialogs));
    const kept = sql`${media.id} = any(${sql.param([...keptMedia])}::bigint[])`;
    await tx
      .update(media)
      .set({ chatId: '', personId: '', ref: unlessPending(media.ref), uniqueRef: unlessPending(media.uniqueRef) })
      .where(and(of(media), kept));
    await tx.delete(media).where(and(of(media), isNull(media.path)));
    const nothing = { chatId: '', personId: '', ref: '', uniqueRef: '' };
    await tx
      .update(media)
      .set({ ...nothing, status: 'refused' })
      .where(of(media));
  }
}
