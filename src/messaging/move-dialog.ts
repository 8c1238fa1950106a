import { and, eq } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import type { DialogKey } from './dialog-key.ts';
import { dialogs } from './tables.ts';
import type { LockedDialog } from './turn-queries.ts';

/** Takes the place in a conversation away from a key that is no longer used, for the one that stands for it now. Null: none. */
export async function takeDialog(
  tx: Tx,
  { channel, account, chatId, personId }: DialogKey,
): Promise<Pick<LockedDialog, 'saved' | 'memory' | 'expiresAt'> | null> {
  const [taken] = await tx
    .delete(dialogs)
    .where(
      and(
        eq(dialogs.channel, channel),
        eq(dialogs.account, account),
        eq(dialogs.chatId, chatId),
        eq(dialogs.personId, personId),
      ),
    )
    .returning({ saved: dialogs.saved, memory: dialogs.memory, expiresAt: dialogs.expiresAt });
  return taken ?? null;
}
