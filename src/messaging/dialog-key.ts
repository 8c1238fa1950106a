import type { ChannelAddress, ChannelName } from './contract.ts';

/** Whose conversation it is: two residents in one group have a dialog each. */
export interface DialogKey {
  readonly channel: ChannelName;
  readonly account: string;
  readonly chatId: string;
  readonly personId: string;
}

/** The key as one string, for maps. */
export function keyOf({ channel, account, chatId, personId }: DialogKey): string {
  return JSON.stringify([channel, account, chatId, personId]);
}

export function addressOf({ channel, account, chatId }: DialogKey): ChannelAddress {
  return { channel, account, id: chatId };
}
