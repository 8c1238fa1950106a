import { createHash } from 'node:crypto';
import { taggedText } from '../../core/proposal-tag.ts';
import type { InboundEvent } from '../../messaging/contract.ts';
import { parseUpdate, type TelegramMessage, type TelegramRepliedMessage } from './payload.ts';
import { withoutOthers } from './without-others.ts';

/** The kinds of update we ask Telegram for. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'channel_post',
] as const;

// What a channel posts is for its readers. The other kinds may still arrive from before `allowed_updates` was set, and
// hold nothing said to us.
const DROPPED = [
  'channel_post',
  'edited_channel_post',
  'inline_query',
  'chosen_inline_result',
  'poll',
  'poll_answer',
  'chat_member',
  'message_reaction',
  'message_reaction_count',
];

/** Our own bot, as far as known: `username` tells commands for us from commands for another bot of the group. */
export interface TelegramSelf {
  readonly account: string;
  readonly username: string | null;
}

/**
 * The event to store for an update, or null when nothing in it was said to us: talk of a group, posts of a channel but
 * for the command that links it to a village.
 * Never throws: an update of unknown shape still becomes an event, so that its words are kept.
 */
export function toEvent(update: unknown, self: TelegramSelf): InboundEvent | null {
  const known = parseUpdate(update);
  const said = known.message ?? known.edited_message;
  if (said ? isGroup(said) && !concernsUs(said, self) : isDropped(update) && !isLinking(known.channel_post, self))
    return null;
  return toKeptEvent(update, self);
}

/** The event for an update that is to be stored, whatever it holds. */
export function toKeptEvent(update: unknown, self: TelegramSelf): InboundEvent {
  const known = parseUpdate(update);
  const { callback_query: query, my_chat_member: member } = known;
  const message = known.message ?? known.edited_message ?? known.channel_post;
  const from = message ? (message.sender_chat ?? message.from) : (query?.from ?? member?.from);
  const chat = message?.chat ?? query?.message?.chat ?? member?.chat ?? query?.from;
  return {
    channel: 'telegram',
    account: self.account,
    eventId: known.update_id === undefined ? fingerprint(update) : String(known.update_id),
    chatId: chat?.id ?? UNKNOWN,
    personId: from?.id ?? chat?.id ?? UNKNOWN,
    payload: isGroup({ chat }) ? withoutOthers(update, message ? answeredIn(message, self) : null) : update,
  };
}

// No chat of Telegram has this id.
const UNKNOWN = '0';

/** Whether a chat is one that many read: a group, or a channel. */
export function isGroup({ chat }: Pick<TelegramMessage, 'chat'>): boolean {
  return chat?.type === 'group' || chat?.type === 'supergroup' || chat?.type === 'channel';
}

/** Whether somebody brought it from elsewhere, or Telegram did from the channel of the group. */
export function isForwarded(message: TelegramMessage): boolean {
  return message.forward_origin !== undefined || message.is_automatic_forward === true;
}

/** The one thing in a channel that is for us. There nobody marks commands as such. */
function isLinking(post: TelegramMessage | undefined, self: TelegramSelf): boolean {
  const command = post && isGroup(post) ? /^\/link(@\w+)?(?:\s|$)/i.exec(post.text ?? '') : null;
  return command !== null && isAddressed(command[1], self);
}

/** Whether a command is for us: it names us (`@bot`), or nobody. */
function isAddressed(addressee: string | undefined, { username }: TelegramSelf): boolean {
  return addressee === undefined || addressee.slice(1).toLowerCase() === username?.toLowerCase();
}

// Privacy: of a group's talk only commands to us, replies to us and what is tagged as a proposal are kept, where it is
// not forwarded, and that the group has moved.
function concernsUs(message: TelegramMessage, self: TelegramSelf): boolean {
  if (message.migrate_to_chat_id) return true;
  // nobody's own words: our answers, which name the tag, are forwarded too
  if (isForwarded(message)) return false;
  if (isOurs(message.reply_to_message, self)) return true;
  const text = message.text ?? message.caption ?? '';
  const command = commandOf(message);
  if (command === null) return taggedText(text) !== null;
  return isAddressed(/@.*$/s.exec(text.slice(0, command))?.[0], self);
}

/**
 * The message that somebody answers with the tag of a proposal and nothing else: it is the proposal. Null where more is
 * said, where it is one of a bot, and where a message without words or a file is answered.
 */
export function quotedIn(message: TelegramMessage): TelegramRepliedMessage | null {
  const { reply_to_message: quoted } = message;
  // a file that comes with the tag is the proposal itself
  if (quoted?.message_id === undefined || message.text === undefined || taggedText(message.text) !== '') return null;
  const isOfBot = quoted.from?.is_bot === true && quoted.sender_chat === undefined;
  return isOfBot ? null : quoted;
}

/** What may be kept of the message that is answered: all of one that is tagged, of ours that it is ours. */
function answeredIn(message: TelegramMessage, self: TelegramSelf): 'quoted' | 'ours' | null {
  if (quotedIn(message) !== null) return 'quoted';
  return isOurs(message.reply_to_message, self) ? 'ours' : null;
}

function isOurs(message: TelegramRepliedMessage | undefined, { account }: TelegramSelf): boolean {
  return message?.from?.id === account;
}

/** Length of the command that the message begins with (`/propose@bot`), or null. */
export function commandOf(message: TelegramRepliedMessage): number | null {
  const entities = message.entities ?? message.caption_entities;
  return entities?.find((entity) => entity.type === 'bot_command' && entity.offset === 0)?.length ?? null;
}

function isDropped(update: unknown): boolean {
  return typeof update === 'object' && update !== null && DROPPED.some((kind) => kind in update);
}

function fingerprint(update: unknown): string {
  return `sha256:${createHash('sha256')
    .update(JSON.stringify(update) ?? '')
    .digest('hex')}`;
}
