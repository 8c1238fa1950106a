import { splitText } from '../../core/split-text.ts';
import type { OutboundContent, OutboundFile } from '../../messaging/contract.ts';
import { numbered } from '../../messaging/numbered.ts';
import { isGroup } from './inbound.ts';
import type { OwnMessage, Piece } from './ipc.ts';
import { toMarkup } from './markup.ts';

/** WhatsApp takes longer ones, but shows the rest behind a tap. */
const MAX_CAPTION = 1024;
/** The longest that WhatsApp takes has 65,536. */
const MAX_TEXT = 32_768;

/**
 * The messages that `content` becomes, in order: options are a numbered list below the text, the text stands below the
 * first file where it fits, else before it. Pure.
 */
export function toPieces(content: OutboundContent, chatId = ''): Piece[] {
  const hint = isGroup(chatId) ? (content.hintInGroup ?? content.hint) : content.hint;
  const text = toMarkup(numbered(content, hint ?? ''));
  const files =
    content.file === undefined ? [...(content.moreFiles ?? [])] : [content.file, ...(content.moreFiles ?? [])];
  const captioned = files[0] !== undefined && kindOf(files[0]) !== 'voice' && text.length <= MAX_CAPTION;
  const before = captioned ? [] : splitText(text, MAX_TEXT).map(([from, to]) => ({ text: text.slice(from, to) }));
  const pieces: Piece[] = [
    ...before,
    ...files.map(({ path, name, mime }, index) => ({
      text: captioned && index === 0 ? text : '',
      file: { path, name, mime },
    })),
  ];
  return pieces.map((piece, index) =>
    index === 0 && content.answers !== undefined ? { ...piece, answers: content.answers } : piece,
  );
}

/** How WhatsApp shows a file: pictures in the chat, voices to be heard, all else to be opened. */
export function kindOf({ mime }: Pick<OutboundFile, 'mime'>): 'photo' | 'voice' | 'file' {
  if (mime === 'image/jpeg' || mime === 'image/png') return 'photo';
  return mime.startsWith('audio/ogg') ? 'voice' : 'file';
}

/** Whether a message of ours that stands in a chat says this. */
export function says(message: OwnMessage, { text, file }: Piece): boolean {
  if (message.text.trim() !== text) return false;
  if (file === undefined) return message.kind === 'text';
  const kind = kindOf(file);
  return message.kind === kind && (kind !== 'file' || message.fileName === file.name);
}
