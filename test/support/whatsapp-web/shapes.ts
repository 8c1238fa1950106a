export type Json = Record<string, unknown>;

/** A message's key as WhatsApp Web writes it: `<fromMe>_<chat>_<id>[_<participant>]`. */
export interface MessageKey {
  fromMe: boolean;
  remote: string;
  id: string;
  participant?: string;
  _serialized: string;
}

/** A message as the page's `Msg` model holds it; ids of people and chats are text on the wire. */
export interface Message extends Json {
  id: MessageKey;
  type: string;
  /** Unix time in seconds. */
  t: number;
  from: string;
  to: string;
  /** -1 failed, 0 on its way, 1 at the server, 2 delivered, 3 read, 4 played */
  ack: number;
}

export interface Media {
  /** null: nobody may ask for it; only its size is known */
  bytes: Buffer | null;
  mimetype: string;
  size: number;
  /** What a download meets: the bytes, 404, 500 or no answer at all. */
  state: 'there' | 'expired' | 'broken' | 'cut off' | 'silent';
}

export interface GroupInfo {
  participants: { id: string; isAdmin: boolean }[];
  /** Only admins may write. */
  announce: boolean;
  /** Members are named by their LID. */
  isLidAddressingMode: boolean;
  owner: string;
  creation: number;
}

export interface Chat {
  readonly id: string;
  title: string;
  unread: number;
  readonly messages: Message[];
  group: GroupInfo | null;
}

/** Somebody WhatsApp knows. Either of the two ids may be missing. */
export interface PersonInfo {
  number: string | null;
  lid: string | null;
  name: string;
  /** Under which of the two the person appears to the bot. */
  speaksAs: 'number' | 'lid';
  /** The page never learns the number behind the LID. */
  hidesNumber: boolean;
  /** The page never learns the LID behind the number. */
  hidesLid: boolean;
  onWhatsApp: boolean;
  blocksBot: boolean;
  /** In contact with the bot, or looked up: the page can address the person. */
  known: boolean;
}

export function messageKey(parts: { fromMe: boolean; remote: string; id: string; participant?: string }): MessageKey {
  const tail = parts.participant ? `_${parts.participant}` : '';
  return { ...parts, _serialized: `${parts.fromMe}_${parts.remote}_${parts.id}${tail}` };
}
