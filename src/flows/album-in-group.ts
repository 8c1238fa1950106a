import type { InboundMessage, MediaRef } from '../messaging/contract.ts';
import { personOf } from '../messaging/dialog-key.ts';
import { dropMedia, MAX_FILE_MEGABYTES, noteMedia } from '../messaging/media.ts';
import { addToProposal } from '../proposals/add-to-proposal.ts';
import { ProposalClosedError, ProposalNotFoundError } from '../proposals/errors.ts';
import { SenderBlockedError } from '../residents/block-resident.ts';
import type { Turn } from './answering.ts';

/**
 * A part of an album in a group joins the proposal that its tagged part became: without a word, since the group has the
 * receipt, but where the file is too large. Other files are nothing to us.
 */
export async function addPartInGroup(
  { ctx, input, kit, session }: Turn,
  { messageId, edited }: InboundMessage,
  { media, albumId }: { media: MediaRef; albumId: string | null },
): Promise<void> {
  const { sent } = kit.memory;
  if (edited || albumId === null || sent?.albums.includes(albumId) !== true) return;
  if ((media.size ?? 0) > MAX_FILE_MEGABYTES * 1024 * 1024) {
    const text = session.t('file-too-large', { max: MAX_FILE_MEGABYTES });
    session.replies.push({ text, ...(messageId !== null && { answers: messageId }) });
    return;
  }
  // a file that cannot be kept is spoken of with its author alone
  const { channel, account, id: alone } = personOf(input.key);
  const { id } = await noteMedia(input.tx, { channel, account, chatId: alone, personId: alone }, media);
  try {
    await addToProposal(ctx, { proposalId: sent.proposalId, mediaIds: [id], text: '' });
  } catch (error) {
    const gone = [SenderBlockedError, ProposalClosedError, ProposalNotFoundError];
    if (!gone.some((kind) => error instanceof kind)) throw error;
    await dropMedia(ctx, [id]);
  }
}
