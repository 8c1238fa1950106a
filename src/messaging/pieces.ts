import type { Channel, OutboundContent, Pieces } from './contract.ts';

/** How many messages of the platform a content becomes there. */
export function piecesOn(channel: Channel): (content: OutboundContent) => number {
  return hasPieces(channel) ? (content) => channel.pieces(content) : () => 1;
}

function hasPieces(channel: Channel): channel is Channel & Pieces {
  return 'pieces' in channel;
}
