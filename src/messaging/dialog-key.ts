import type { ChannelAddress, ChannelName } from './contract.ts';

/** Whose conversation it is: two residents in one group have a dialog each. */
export interface DialogKey {
  readonly channel: ChannelName;
  readonly account: string;
  readonly chatId: string;
  readonly personId: string;
}

/** A dialog's key as statements written by hand return it. */
export interface DialogKeyRow {
  readonly channel: ChannelName;
  readonly account: string;
  readonly chat_id: string;
  readonly person_id: string;
}

/** The key in a row. */
export function keyOfRow({ channel, account, chat_id: chatId, person_id: personId }: DialogKeyRow): DialogKey {
  return { channel, account, chatId, personId };
}

/** The key as one string, for maps. */
export function keyOf({ channel, account, chatId, personId }: DialogKey): string {
  return JSON.stringify([channel, account, chatId, personId]);
}

/** Whether others read along: a chat with one person has that person's own id. */
export function isAmongOthers({ chatId, personId }: Pick<DialogKey, 'chatId' | 'personId'>): boolean {
  return chatId !== personId;
}

/** The chat that the dialog is held in. */
export function addressOf({ channel, account, chatId }: DialogKey): ChannelAddress {
  return { channel, account, id: chatId };
}

/** Where the person of the dialog is talked to alone: platforms name a person and the chat with them alike. */
export function personOf({ channel, account, personId }: DialogKey): ChannelAddress {
  return { channel, account, id: personId };
}
