import type { Client } from 'whatsapp-web.js';
import { evaluate } from './page.ts';
import { parseRaw, type RawMessage } from './serialize.ts';
import { within } from './within.ts';

const PAGE = 50;
/** Of one chat no more is read back: a group of a thousand writes that much in a day. */
const MOST_READ_BACK = 3_200;

interface ChatToRead {
  readonly id: string;
  /** How many messages of it nobody has taken; of a group 0, where we never say that we have. */
  readonly unread: number;
}

/** What is read of a chat: all since then, and the last `unread` messages, as far as they came since `unreadSince`. */
interface Reading {
  readonly since: Date;
  readonly unread?: number;
  readonly unreadSince?: Date;
  readonly fromMe?: boolean;
}

/** The messages that WhatsApp's page holds, and loads. */
export class History {
  readonly #client: Client;
  readonly #callMs: number;

  constructor(client: Client, callMs: number) {
    this.#client = client;
    this.#callMs = callMs;
  }

  /** Those first in which somebody waits: of an account with hundreds of chats the reading takes minutes. */
  chats({ since, unreadSince }: { since: Date; unreadSince: Date }): Promise<ChatToRead[]> {
    const found = evaluate<ChatToRead[]>(
      this.#client,
      `
      window.require('WAWebCollections').Chat.getModelsArray()
        .map(({ id, t, unreadCount }) => ({ id: id._serialized, t, unread: Math.max(0, unreadCount ?? 0) }))
        .filter(({ id }) => /@(c\\.us|lid|g\\.us)$/.test(id))
        .map((chat) => ({ ...chat, taken: chat.id.endsWith('@g.us') ? 0 : chat.unread }))
        .filter(({ t, taken }) => t >= ${seconds(since)} || (taken > 0 && t >= ${seconds(unreadSince)}))
        .sort((one, other) => (other.unread > 0) - (one.unread > 0))
        .map(({ id, taken }) => ({ id, unread: taken }))`,
    );
    return this.#inTime(found);
  }

  /** In the order of the chat. `cut`: it holds more than is read back. */
  async messages(
    chatId: string,
    { since, unread = 0, unreadSince = since, fromMe }: Reading,
  ): Promise<{ messages: RawMessage[]; cut: boolean }> {
    const from = seconds(since);
    const chat = await this.#inTime(this.#client.getChatById(chatId));
    let cut = true;
    for (let limit = PAGE; cut && limit <= MOST_READ_BACK; limit *= 4) {
      const loaded = await this.#inTime(chat.fetchMessages({ limit }));
      const enough = loaded.some(({ timestamp }) => timestamp < from) && loaded.length >= unread;
      cut = loaded.length >= limit && !enough;
    }
    // with a limit the library cuts and turns round what came within one second: this is all that has been loaded
    const all = await this.#inTime(chat.fetchMessages(fromMe === undefined ? {} : { fromMe }));
    const raws = all.map(({ rawData }) => parseRaw(rawData)).filter((raw) => raw !== null);
    const theirs = raws.filter(({ id }) => !id.fromMe);
    const late = theirs.slice(theirs.length - Math.min(unread, theirs.length));
    const lateIds = new Set(late.filter(({ t }) => t >= seconds(unreadSince)).map(({ id }) => id._serialized));
    const messages = raws.filter(({ t, id }) => t >= from || lateIds.has(id._serialized));
    return { messages: messages.toSorted((one, other) => one.t - other.t), cut };
  }

  /** What should take no longer than a call, though the browser itself lets it: it lets the longest send. */
  #inTime<T>(answer: Promise<T>): Promise<T> {
    return within(this.#callMs, 'the page', answer);
  }
}

function seconds(at: Date): number {
  return Math.floor(at.getTime() / 1000);
}
