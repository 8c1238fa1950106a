import { randomBytes } from 'node:crypto';
import type { Chat, Media, Message, PersonInfo } from './shapes.ts';
import { Waiting } from './waiting.ts';

/** What WhatsApp knows and keeps, whether or not a browser runs: people, chats, messages, media. */
export class World {
  readonly me: { number: string; lid: string; name: string };
  readonly chats = new Map<string, Chat>();
  readonly media = new Map<string, Media>();
  /** Ids of messages whose media the page asked for. */
  readonly downloads: string[] = [];
  /** What came while no page could show it. */
  readonly arrivedUnseen: Message[] = [];
  readonly waiting = new Waiting();
  readonly #people = new Map<string, PersonInfo>();

  constructor(me: { number: string; lid: string; name: string }) {
    this.me = me;
  }

  isMe(id: string): boolean {
    return id === this.me.number || id === this.me.lid;
  }

  /** By number or LID. */
  findPerson(id: string): PersonInfo | undefined {
    return this.#people.get(id);
  }

  people(): PersonInfo[] {
    return [...new Set(this.#people.values())];
  }

  /** Puts a person in, or what is newly known about one. */
  meet(person: PersonInfo): void {
    for (const id of [person.number, person.lid]) if (id) this.#people.set(id, person);
  }

  /** Under which id this person's chat is kept. */
  chatIdOf(id: string): string {
    const person = this.#people.get(id);
    if (!person || this.chats.has(id)) return id;
    const other = id === person.lid ? person.number : person.lid;
    if (other && this.chats.has(other)) return other;
    return id;
  }

  chat(id: string, title?: string): Chat {
    const found = this.chats.get(id);
    if (found) return found;
    const chat: Chat = {
      id,
      title: title ?? this.#people.get(id)?.name ?? id,
      unread: 0,
      messages: [],
      group: null,
    };
    this.chats.set(id, chat);
    return chat;
  }

  findMessage(id: string): Message | undefined {
    for (const chat of this.chats.values()) {
      const found = chat.messages.find((message) => message.id._serialized === id);
      if (found) return found;
    }
    return undefined;
  }

  /** Keeps a message in its chat, in the order of time. */
  keep(message: Message): Chat {
    const chat = this.chat(message.id.remote);
    const after = chat.messages.findIndex((other) => other.t > message.t);
    if (after < 0) chat.messages.push(message);
    else chat.messages.splice(after, 0, message);
    if (!message.id.fromMe && message.type !== 'gp2') chat.unread++;
    return chat;
  }

  /** Keeps a file and gives its path on the server. */
  keepMedia(media: Media): string {
    const path = `/v/t62.7118-24/${randomBytes(12).toString('hex')}.enc`;
    this.media.set(path, media);
    return path;
  }
}
