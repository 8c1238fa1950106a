import { commandWord, controlWords, isSmallTalk, isThanks } from '../core/words.ts';
import { nameOf } from '../dialog/journal.ts';
import type { Input, Saved } from '../dialog/types.ts';
import type { InboundMessage } from '../messaging/contract.ts';
import { MAX_FILE_MEGABYTES, noteMedia } from '../messaging/media.ts';
import type { TurnInput } from '../messaging/turn-runner.ts';
import type { Places } from '../places/places.ts';
import { matchVillage } from '../places/suggest-village.ts';
import { hashJoinCode, readJoinCode } from '../residents/join-code.ts';
import { hashCode, readCode } from '../staff/codes.ts';
import { UNREADABLE_JOIN_CODE } from './join.ts';
import { isNeed } from './kit.ts';
import type { MenuReason } from './menu.ts';
import { UNREADABLE_CODE } from './office/staff.ts';
import type { ProposeArgs } from './propose.ts';
import type { Session } from './session.ts';

/** What people can send otherwise; of the rest they are only told that it cannot be read. */
const UNSUPPORTED: Readonly<Record<string, 'no-calls' | 'send-again' | 'no-view-once'>> = {
  call: 'no-calls',
  unreadable: 'send-again',
  'view once': 'no-view-once',
};

/** A message as a conversation understands it; a file is noted for the worker. Null: answered already. */
export async function toInput(
  { tx, key }: TurnInput,
  session: Session,
  { content, messageId }: InboundMessage,
): Promise<Input | null> {
  const id = messageId === null ? {} : { messageId };
  switch (content.kind) {
    case 'text':
      return { kind: 'text', text: content.text, ...id };
    case 'location':
      return { kind: 'location', latitude: content.latitude, longitude: content.longitude, ...id };
    case 'media': {
      const { media, caption, albumId } = content;
      if ((media.size ?? 0) > MAX_FILE_MEGABYTES * 1024 * 1024) {
        session.say(session.t('file-too-large', { max: MAX_FILE_MEGABYTES }));
        return null;
      }
      const item = await noteMedia(tx, key, media);
      return { kind: 'media', media: [item], text: caption, ...id, ...(albumId === null ? {} : { albumId }) };
    }
    case 'contact':
      if (session.saved === null)
        await session.start('menu', { args: { why: content.own ? 'menu' : 'not-own-contact' } });
      else session.say(session.t(content.own ? 'not-readable' : 'not-own-contact'));
      return null;
    case 'unsupported': {
      const text = UNSUPPORTED[content.what];
      if (text === undefined) return { kind: 'unsupported', ...id };
      session.say(session.t(text));
      return null;
    }
    default:
      return { kind: 'unsupported', ...id };
  }
}

/** Why a message is answered by the menu where nothing is open; null: it begins a proposal. */
export function menuReason(input: Input, places: Places): MenuReason | null {
  if (input.kind === 'media' || input.kind === 'location') return null;
  if (input.kind !== 'text' || input.text === '') return 'not-readable';
  if (isThanks(input.text)) return 'thanks-reply';
  // the name of a village says where, not what: it is how whoever opens the link of a village says hello
  if (isSmallTalk(input.text) || linkedVillage(input.text, places) !== null) return 'hello';
  return isNeed(input.text) ? null : 'not-understood';
}

/** Most words of a greeting before the name of a village. */
const MOST_OPENING = 2;

/**
 * The village that a link's text names: `/start mantysh`, «Салам, Мантыш», «сунуш ортоктон», or the name alone. Null
 * where anything else is said.
 */
export function linkedVillage(text: string, places: Places): string | null {
  const words = text.split(/[\s,.!]+/).filter((word) => word !== '');
  for (let at = 0; at <= MOST_OPENING && at < words.length; at++) {
    const opening = words.slice(0, at).join(' ');
    const name = words.slice(at).join(' ');
    if (at > 0 && !isSmallTalk(opening) && commandWord(opening) === null) continue;
    const byId = places.villages.find(({ id }) => id === name.toLowerCase())?.id;
    const found = byId ?? matchVillage(name, places.villages);
    if (found !== null) return found;
  }
  return null;
}

/**
 * What a message that wants to join the staff is about: the hash of its code, or that none can be read in it. Null: it
 * does not want to. `/start staff_CODE` of a link, `/staff CODE`, and «кызматкер CODE» where a code follows.
 */
export function joiningCode(text: string): string | null {
  const linked = /^\s*\/start(?:@\w+)?\s+staff_(\S+)\s*$/i.exec(text)?.[1];
  const [, word = '', rest = ''] = /^\s*(\S+)\s+(\S.*)$/su.exec(text) ?? [];
  const typed = linked ?? (commandWord(word) === 'staff' ? rest : '');
  if (typed === '') return null;
  const code = readCode(typed);
  if (code !== null) return hashCode(code);
  return text.trimStart().startsWith('/') ? UNREADABLE_CODE : null;
}

/**
 * What a message that wants to join two chats is about: the hash of its code, or that none can be read in it. Null: it
 * does not want to, or asks for a code. `/start join_CODE` of a link, `/join CODE`, and «кошуу CODE».
 */
export function chatCode(text: string): string | null {
  const linked = /^\s*\/start(?:@\w+)?\s+join_(\S+)\s*$/i.exec(text)?.[1];
  const [, words = '', digits = ''] = /^\s*(\S.*?)[\s:]+(\d[\d\s\p{Pd}._]*)$/su.exec(text) ?? [];
  const code = readJoinCode(linked ?? (commandWord(words) === 'join' ? digits : ''));
  if (code !== null) return hashJoinCode(code);
  const slash = /^\s*\/join(?:@\w+)?\s+\S/i.test(text);
  return slash || linked !== undefined ? UNREADABLE_JOIN_CODE : null;
}

/** Questions of the office at which nothing would be lost yet, or nothing any more. */
const HOLDS_NOTHING: Readonly<Record<string, ReadonlySet<string>>> = {
  register: new Set(['office', 'text']),
  meeting: new Set(['office', 'which', 'item', 'sure', 'saved']),
  announce: new Set('office which kind card watch sure drop-sure field by part several language what-files'.split(' ')),
};

/** Whether words of a proposal that is not sent yet stand in this conversation, or what an office has begun to write. */
export function holdsDraft({ flow, question, args }: Saved): boolean {
  const nothing = HOLDS_NOTHING[flow];
  if (nothing !== undefined) return question !== null && !nothing.has(nameOf(question));
  if (flow !== 'propose' || question === 'text' || asksDemographics(question)) return false;
  return question !== 'language' || (args as ProposeArgs).opened;
}

/** The questions after a proposal that is sent. */
export function asksDemographics(question: Saved['question']): boolean {
  return question === 'sex' || question === 'age';
}

/** Whether a word that is also a command is an answer here: free words are wanted, or «stop» means this conversation. */
export function keepsWord({ flow, question }: Saved, text: string): boolean {
  const isOpen = flow !== 'menu' && flow !== 'stop' && flow !== 'mydata';
  const wantsWords = question !== null && (question === 'new-text' || nameOf(question) === 'own-words');
  return wantsWords || (isOpen && controlWords(text).has('cancel'));
}
