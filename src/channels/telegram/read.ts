import { cleanText } from '../../core/text.ts';
import type { InboundContent, InboundMessage, MediaRef, QuotedMessage } from '../../messaging/contract.ts';
import { commandOf, isGroup, quotedIn } from './inbound.ts';
import {
  keysOf,
  parseUpdate,
  type TelegramFile,
  type TelegramMessage,
  type TelegramRepliedMessage,
  type TelegramUpdate,
} from './payload.ts';

/** The largest file that a bot may download: https://core.telegram.org/bots/api#getfile */
export const MAX_DOWNLOAD_BYTES = 20 * 1024 * 1024;

/** Reads a stored update; pure, never throws. `null`: nothing a person said to us (service messages and the like). */
export function readUpdate(payload: unknown): InboundMessage | null {
  const update = parseUpdate(payload);
  if (update.message) return readMessage(update.message, false, keysOf(payload, 'message'));
  if (update.edited_message) return readMessage(update.edited_message, true, keysOf(payload, 'edited_message'));
  if (update.channel_post && isGroup(update.channel_post)) return readMessage(update.channel_post, false, []);
  if (update.callback_query) return readPick(update.callback_query);
  if (update.my_chat_member) return readMembership(update.my_chat_member);
  return null;
}

function readMessage(message: TelegramMessage, edited: boolean, keys: string[]): InboundMessage | null {
  const content = contentOf(message, keys);
  // A live location is edited every few seconds, and of a sticker nothing can be changed: no words in either.
  if (content === null || (edited && content.kind !== 'text' && content.kind !== 'media')) return null;
  const quoted = isGroup(message) ? quotedOf(message) : null;
  return {
    messageId: message.message_id ?? null,
    edited,
    sentAt: toDate(message.edit_date ?? message.date),
    ...placeOf(message),
    ...(message.sender_chat && { anonymous: true }),
    ...(quoted && { quoted }),
    ...(isGroup(message) && answersUs(message)),
    ...personOf(message.from),
    content,
  };
}

function quotedOf(message: TelegramMessage): QuotedMessage | null {
  const quoted = quotedIn(message);
  if (quoted === null) return null;
  const { message_id: messageId = '', from, sender_chat: inTheNameOf, location = null } = quoted;
  const personId = inTheNameOf === undefined ? (from?.id ?? null) : null;
  return { messageId, personId, text: textOf(quoted), media: mediaOf(quoted), location };
}

/** Of other bots' messages none is stored with its answer. */
function answersUs({ reply_to_message: before }: TelegramMessage): Pick<InboundMessage, 'answersUs'> {
  const id = before?.from?.is_bot === true && before.sender_chat === undefined ? before.message_id : undefined;
  return id === undefined ? {} : { answersUs: id };
}

// A pick carries no time of its own: `sentAt` is that of the keyboard.
function readPick(query: NonNullable<TelegramUpdate['callback_query']>): InboundMessage | null {
  const { message } = query;
  return {
    messageId: message?.message_id ?? null,
    edited: false,
    sentAt: toDate(message?.edit_date ?? message?.date),
    ...(message ? placeOf(message) : { group: false }),
    ...personOf(query.from),
    content: { kind: 'pick', data: cleanText(query.data ?? '') },
  };
}

function readMembership(member: NonNullable<TelegramUpdate['my_chat_member']>): InboundMessage | null {
  const out = (status: string | undefined) => status === 'kicked' || status === 'left';
  const before = out(member.old_chat_member?.status);
  const now = out(member.new_chat_member?.status);
  if (before === now) return null;
  return {
    messageId: null,
    edited: false,
    sentAt: toDate(member.date),
    group: member.chat?.type !== 'private',
    ...personOf(member.from),
    content: { kind: now ? 'blocked' : 'unblocked' },
  };
}

function contentOf(message: TelegramMessage, keys: string[]): InboundContent | null {
  if (message.migrate_to_chat_id) return { kind: 'moved', toChatId: message.migrate_to_chat_id };
  if (message.text !== undefined) return { kind: 'text', text: textOf(message) };
  const media = mediaOf(message);
  if (media) return { kind: 'media', media, caption: textOf(message), albumId: message.media_group_id ?? null };
  if (message.location) return { kind: 'location', ...message.location };
  if (message.contact) {
    const own = message.contact.user_id !== undefined && message.contact.user_id === message.from?.id;
    return { kind: 'contact', phone: message.contact.phone_number, own };
  }
  if (keys.some((key) => SERVICE.has(key) || key.startsWith('forum_topic') || key.startsWith('video_chat')))
    return null;
  return { kind: 'unsupported', what: keys.find((key) => UNSUPPORTED.has(key)) ?? 'unknown' };
}

/** The text or caption, its leading command without the `@bot` that groups add. */
function textOf(message: TelegramRepliedMessage): string {
  const text = message.text ?? message.caption ?? '';
  const length = commandOf(message);
  if (length === null) return cleanText(text);
  return cleanText(text.slice(0, length).replace(/@\w+$/, '') + text.slice(length));
}

function mediaOf(message: TelegramRepliedMessage): MediaRef | null {
  const photos = message.photo?.filter((size) => (size.file_size ?? 0) <= MAX_DOWNLOAD_BYTES);
  const largest = photos?.at(-1) ?? message.photo?.at(0);
  if (largest) return toMedia('photo', { mime_type: 'image/jpeg', ...largest });
  if (message.voice) return toMedia('voice', message.voice);
  if (message.audio) return toMedia('audio', message.audio);
  const video = message.video ?? message.video_note ?? message.animation;
  if (video) return toMedia('video', video);
  if (message.document) return toMedia('document', message.document);
  return null;
}

function toMedia(kind: MediaRef['kind'], file: TelegramFile): MediaRef {
  return {
    kind,
    ref: file.file_id,
    uniqueRef: file.file_unique_id,
    mime: file.mime_type ?? null,
    fileName: file.file_name ? cleanText(file.file_name) || null : null,
    size: file.file_size ?? null,
  };
}

function personOf(from: TelegramMessage['from']): Pick<InboundMessage, 'personName' | 'languageCode'> {
  const name = cleanText([from?.first_name, from?.last_name].filter(Boolean).join(' '));
  return { personName: name || null, languageCode: from?.language_code ?? null };
}

function placeOf(message: TelegramMessage): Pick<InboundMessage, 'group' | 'groupTitle' | 'readOnly'> {
  if (!isGroup(message)) return { group: false };
  const title = cleanText(message.chat?.title ?? '');
  const readOnly = message.chat?.type === 'channel' && ({ readOnly: true } as const);
  return { group: true, ...(title !== '' && { groupTitle: title }), ...readOnly };
}

function toDate(seconds: number | undefined): Date {
  return new Date((seconds ?? 0) * 1000);
}

// Sent by a person who expects an answer.
const UNSUPPORTED = new Set(['sticker', 'poll', 'dice', 'game', 'story', 'paid_media', 'checklist', 'invoice', 'gift']);

// Written by Telegram itself; nobody waits for an answer. https://core.telegram.org/bots/api#message
const SERVICE = new Set([
  'new_chat_members',
  'left_chat_member',
  'new_chat_title',
  'new_chat_photo',
  'delete_chat_photo',
  'group_chat_created',
  'supergroup_chat_created',
  'channel_chat_created',
  'message_auto_delete_timer_changed',
  'migrate_from_chat_id',
  'pinned_message',
  'successful_payment',
  'refunded_payment',
  'users_shared',
  'chat_shared',
  'connected_website',
  'write_access_allowed',
  'proximity_alert_triggered',
  'boost_added',
  'chat_background_set',
  'general_forum_topic_hidden',
  'general_forum_topic_unhidden',
  'giveaway_created',
  'giveaway_completed',
  'web_app_data',
]);
