import { and, eq, or, sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import type { ChannelAddress } from './contract.ts';
import { dialogs, inbox, media, replies } from './tables.ts';

/**
 * Erases what is kept of a person's chats: open dialogs, waiting replies, stored events, files. `keptMedia` are ids
 * of files that stay (part of a proposal): they lose the reference to the person. Returns the paths of the files to
 * remove after the commit.
 */
export async function erasePerson(
  tx: Tx,
  addresses: readonly ChannelAddress[],
  keptMedia: readonly number[],
): Promise<{ removedPaths: string[] }> {
  const removedPaths: string[] = [];
  for (const { channel, account, id } of addresses) {
    await tx
      .delete(replies)
      .where(and(eq(replies.channel, channel), eq(replies.account, account), eq(replies.chatId, id)));
    await tx
      .update(inbox)
      .set({
        payload: null,
        refused: null,
        personId: '',
        chatId: '',
        status: 'handled',
        handledAt: sql`now()`,
      })
      .where(
        and(eq(inbox.channel, channel), eq(inbox.account, account), or(eq(inbox.chatId, id), eq(inbox.personId, id))),
      );
    await tx
      .update(dialogs)
      .set({ saved: null, memory: {}, expiresAt: null })
      .where(
        and(
          eq(dialogs.channel, channel),
          eq(dialogs.account, account),
          or(eq(dialogs.chatId, id), eq(dialogs.personId, id)),
        ),
      );
    const ofPerson = and(
      eq(media.channel, channel),
      eq(media.account, account),
      or(eq(media.chatId, id), eq(media.personId, id)),
    );
    const kept = sql`${media.id} = any(${sql.param([...keptMedia])}::bigint[])`;
    await tx.update(media).set({ chatId: '', personId: '' }).where(and(ofPerson, kept));
    const removed = await tx.delete(media).where(ofPerson).returning({ path: media.path });
    removedPaths.push(...removed.flatMap(({ path }) => (path === null ? [] : [path])));
  }
  return { removedPaths };
}
