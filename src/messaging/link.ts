import type { Channel, Link } from './contract.ts';

/** Whether the channel can send now. */
export function isLinked(channel: Channel): boolean {
  return !hasLink(channel) || channel.linked;
}

/** Ends the program behind the channel, where it has one. */
export async function closeLink(channel: Channel): Promise<void> {
  if (hasLink(channel)) await channel.close();
}

function hasLink(channel: Channel): channel is Channel & Link {
  return 'linked' in channel;
}
