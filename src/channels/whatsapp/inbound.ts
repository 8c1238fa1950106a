import { createHash } from 'node:crypto';
import { taggedText } from '../../core/proposal-tag.ts';
import type { InboundEvent } from '../../messaging/contract.ts';
import type { WhatsAppPayload } from './payload.ts';

/** There is one number, so one account. */
export const ACCOUNT = 'bot';

/** Written by WhatsApp itself, or no message at all: nobody waits for an answer. */
const SILENT = new Set([
  'album', // its pictures come one by one
  'broadcast_notification',
  'call_log',
  'ciphertext', // comes again once it can be read
  'debug',
  'e2e_notification',
  'gp2',
  'group_notification',
  'notification',
  'notification_template',
  'pin_message',
  'protocol',
  'reaction',
  'revoked',
  'status',
]);

/** Whether many read the chat. */
export function isGroup(chatId: string): boolean {
  return chatId.endsWith('@g.us');
}

/**
 * What of a message may leave the browser's process and be stored; null: nothing. Of a group only commands to us,
 * answers to us and what is tagged as a proposal, where it is not forwarded, and that we were let in or put out; the
 * message that is answered only where the answer is the tag and nothing else, of one of ours its id alone. `mine`: our
 * own ids.
 */
export function forUs(payload: WhatsAppPayload, mine: readonly string[]): WhatsAppPayload | null {
  const { chatId, type, text, quoted, forwarded } = payload;
  if (SILENT.has(type) || !/@(?:c\.us|lid|g\.us)$/.test(chatId)) return null;
  if (!isGroup(chatId)) return { ...payload, quoted: null };
  if (type === 'joined' || type === 'left') return payload;
  // nobody's own words: our answers, which name the tag, are forwarded too
  if (forwarded) return null;
  const tagged = taggedText(text);
  const answersUs = quoted !== null && mine.includes(quoted.author) ? quoted.id.replace(/^false_/, 'true_') : null;
  if (tagged === null && answersUs === null && !/^\s*\/\p{L}/u.test(text)) return null;
  const marks = tagged === '' && payload.media === null && answersUs === null;
  return marks ? payload : { ...payload, quoted: null, answersUs };
}

/** An event is remembered longer than a person who is erased: its id tells nothing of WhatsApp's, which holds numbers. */
export function eventIdOf(messageId: string): string {
  return createHash('sha256').update(messageId).digest('base64url');
}

export function toEvent(payload: WhatsAppPayload): InboundEvent {
  const { id, chatId, author, editedAtMs, type } = payload;
  const again = editedAtMs === null ? '' : `:${editedAtMs}`;
  return {
    channel: 'whatsapp',
    account: ACCOUNT,
    // what could not be read may come once more, and then it can
    eventId: `${eventIdOf(id)}${again}${type === 'unreadable' ? ':unreadable' : ''}`,
    chatId,
    personId: author ?? chatId,
    payload,
  };
}
