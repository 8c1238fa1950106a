import type { Context } from '../core/context.ts';
import { followAddress } from '../deliveries/change-address.ts';
import { personOf } from '../messaging/dialog-key.ts';
import { takeDialog } from '../messaging/move-dialog.ts';
import type { TurnInput } from '../messaging/turn-runner.ts';
import { findResidentByAddress } from '../residents/queries.ts';

/**
 * A platform may name a person anew, and tell that it is the same one: whoever was known by the other id stays who they
 * are, and where they were in the conversation. In a group it may name everybody otherwise than in their own chats: who
 * writes there stays known by the chat with them alone. Returns the turn as theirs; null: nobody is known by it.
 */
export async function recognize(ctx: Context, input: TurnInput): Promise<TurnInput | null> {
  const { tx, key, message, saved } = input;
  const before = message?.alsoKnownAs;
  if (message === null || before === undefined || before === key.personId) return null;
  const address = { ...personOf(key), id: before };
  if ((await findResidentByAddress(tx, address)) === null) return null;
  const { alsoKnownAs: _, ...known } = message;
  if (message.group) return { ...input, key: { ...key, personId: before }, message: known };
  await followAddress({ ...ctx, tx }, address, key.personId);
  const chatId = key.chatId === key.personId ? before : key.chatId;
  const dialog = saved === null ? await takeDialog(tx, { ...key, chatId, personId: before }) : null;
  return { ...input, ...dialog, message: known };
}
