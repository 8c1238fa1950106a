import type { Acks, Channel } from './contract.ts';

/** Tells `listener` how far messages of the channel get, where its platform says so. */
export function listenForAcks(channel: Channel, listener: Parameters<Acks['tellAcks']>[0]): void {
  if (hasAcks(channel)) channel.tellAcks(listener);
}

function hasAcks(channel: Channel): channel is Channel & Acks {
  return 'tellAcks' in channel;
}
