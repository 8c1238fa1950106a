import { cleanText } from '../../core/text.ts';
import type { InboundContent, InboundMessage, MediaRef, QuotedMessage } from '../../messaging/contract.ts';
import { isGroup } from './inbound.ts';
import { type WhatsAppMedia, WhatsAppPayload } from './payload.ts';

/** Reads a stored message; pure, never throws. Null: nothing a person said to us. */
export function readMessage(stored: unknown): InboundMessage | null {
  const payload = WhatsAppPayload.safeParse(stored).data;
  if (payload === undefined) return null;
  const content = contentOf(payload);
  if (content === null) return null;
  const { id, chatId, at, editedAtMs, quoted, alsoKnownAs, answersUs } = payload;
  const title = cleanText(payload.groupTitle ?? '');
  return {
    messageId: idIn(chatId, id),
    edited: editedAtMs !== null,
    sentAt: new Date(editedAtMs ?? at * 1000),
    group: isGroup(chatId),
    ...(title !== '' && { groupTitle: title }),
    ...(alsoKnownAs !== null && { alsoKnownAs }),
    ...(quoted !== null && { quoted: readQuoted(chatId, quoted) }),
    ...(answersUs !== null && { answersUs }),
    personName: cleanText(payload.personName ?? '') || null,
    languageCode: null,
    content,
  };
}

/** In a group without its author, whom WhatsApp names now by a number and now by an id that hides it. */
function idIn(chatId: string, id: string): string {
  return isGroup(chatId) ? id.split('_', 3).join('_') : id;
}

function contentOf(payload: WhatsAppPayload): InboundContent | null {
  const { type, text, location, phone } = payload;
  // what is to be seen once only stays on the phone
  if (payload.viewOnce) return { kind: 'unsupported', what: 'view once' };
  const media = toMedia(payload.id, type, payload.media);
  if (media) return { kind: 'media', media, caption: cleanText(text), albumId: null };
  if (location && (type === 'location' || type === 'live_location')) return { kind: 'location', ...location };
  if (phone !== null) return { kind: 'contact', phone, own: false };
  if (type === 'joined') return { kind: 'unblocked' };
  if (type === 'left') return { kind: 'blocked' };
  const words = cleanText(text);
  return words === '' ? { kind: 'unsupported', what: type } : { kind: 'text', text: words };
}

const MEDIA_KINDS: ReadonlyMap<string, MediaRef['kind']> = new Map([
  ['image', 'photo'],
  ['ptt', 'voice'],
  ['audio', 'audio'],
  ['video', 'video'],
  ['document', 'document'],
]);

/** The message's whole id is what its file is fetched by. */
function toMedia(id: string, type: string, media: WhatsAppMedia | null): MediaRef | null {
  const kind = MEDIA_KINDS.get(type);
  if (kind === undefined || media === null) return null;
  const fileName = cleanText(media.fileName ?? '') || null;
  return { kind, ref: id, uniqueRef: media.hash ?? id, mime: media.mime, fileName, size: media.size };
}

function readQuoted(chatId: string, quoted: NonNullable<WhatsAppPayload['quoted']>): QuotedMessage {
  const { id, author, alsoKnownAs, text, type, media, location } = quoted;
  return {
    messageId: idIn(chatId, id),
    personId: author,
    ...(alsoKnownAs !== null && { alsoKnownAs }),
    text: cleanText(text),
    media: toMedia(id, type, media),
    location,
  };
}
