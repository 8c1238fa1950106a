import type { Pages } from './pages.ts';
import type { Json, Media, Message } from './shapes.ts';
import type { World } from './world.ts';

/** A message the page handed to WhatsApp. */
export interface SentMessage {
  readonly id: string;
  readonly chatId: string;
  readonly kind:
    | 'text'
    | 'image'
    | 'voice'
    | 'audio'
    | 'video'
    | 'document'
    | 'sticker'
    | 'location'
    | 'poll'
    | 'other';
  /** The body, the caption of media or the question of a poll. */
  readonly text: string;
  readonly media: { bytes: Buffer; mimetype: string; filename: string | null } | null;
  readonly location: { latitude: number; longitude: number; name: string | null } | null;
  readonly poll: { options: string[] } | null;
  /** The message it replies to. */
  readonly quotedId: string | null;
  readonly mentions: string[];
  readonly at: Date;
  /** As it stands now: -1 failed, 0 on its way, 1 at the server, 2 delivered, 3 read. */
  readonly ack: number;
}

/** What the page sent, in the order it reached WhatsApp. */
export class Sent {
  readonly #world: World;
  readonly #all: SentMessage[] = [];
  #taken = 0;

  constructor(world: World) {
    this.#world = world;
  }

  get all(): readonly SentMessage[] {
    return this.#all;
  }

  /** What went to one chat. */
  to(chatId: string): SentMessage[] {
    return this.#all.filter((message) => message.chatId === chatId);
  }

  /** The next message that no `next` has given yet; waits for it. */
  async next(withinMs?: number): Promise<SentMessage> {
    const message = await this.#world.waiting.until(() => this.#all[this.#taken], 'message sent', withinMs);
    this.#taken++;
    return message;
  }

  /** The first message that fits, also an earlier one; waits for it. */
  waitFor(fits: (message: SentMessage) => boolean, withinMs?: number): Promise<SentMessage> {
    return this.#world.waiting.until(() => this.#all.find(fits), 'such message sent', withinMs);
  }

  /** Takes a message over from the page; one that comes again is the same. */
  take(message: Message): void {
    if (this.#all.some((other) => other.id === message.id._serialized)) return;
    this.#all.push(toSent(message, this.#world));
    this.#world.waiting.changed();
  }
}

const KINDS: Record<string, SentMessage['kind']> = {
  chat: 'text',
  image: 'image',
  ptt: 'voice',
  audio: 'audio',
  video: 'video',
  document: 'document',
  sticker: 'sticker',
  location: 'location',
  poll_creation: 'poll',
};

function toSent(message: Message, world: World): SentMessage {
  const file = world.media.get(text(message.directPath));
  const quoted = text(message.quotedStanzaID);
  const options = Array.isArray(message.pollOptions) ? message.pollOptions : [];
  return {
    id: message.id._serialized,
    chatId: message.id.remote,
    kind: KINDS[message.type] ?? 'other',
    text: text(file ? message.caption : (message.pollName ?? message.body)),
    media: file?.bytes ? mediaOf(file, message) : null,
    location:
      message.type === 'location'
        ? { latitude: Number(message.lat), longitude: Number(message.lng), name: text(message.loc) || null }
        : null,
    poll: message.type === 'poll_creation' ? { options: options.map((option: Json) => text(option.name)) } : null,
    quotedId: quoted ? quotedIn(world, message, quoted) : null,
    mentions: Array.isArray(message.mentionedJidList) ? message.mentionedJidList.map(String) : [],
    at: new Date(message.t * 1000),
    get ack() {
      return message.ack;
    },
  };
}

function mediaOf(file: Media, message: Message): SentMessage['media'] {
  const bytes = file.bytes ?? Buffer.alloc(0);
  return { bytes, mimetype: text(message.mimetype), filename: text(message.filename) || null };
}

function quotedIn(world: World, message: Message, stanza: string): string {
  const chat = world.chats.get(message.id.remote);
  return chat?.messages.find((other) => other.id.id === stanza)?.id._serialized ?? stanza;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** How far messages of the bot come, and the news of it. */
export class Acks {
  /** How far a message comes by itself; `none`: not even to the server. */
  automatic: 'none' | 'server' | 'delivered' | 'read' = 'delivered';
  /** Between one ack and the next. */
  everyMs = 0;
  readonly #world: World;
  readonly #pages: Pages;

  constructor(world: World, pages: Pages) {
    this.#world = world;
    this.#pages = pages;
  }

  server(id: string): void {
    this.set(id, 1);
  }

  delivered(id: string): void {
    this.set(id, 2);
  }

  read(id: string): void {
    this.set(id, 3);
  }

  failed(id: string): void {
    this.set(id, -1);
  }

  /** @throws {Error} for a message WhatsApp does not have */
  set(id: string, ack: number): void {
    const message = this.#world.findMessage(id);
    if (!message) throw new Error(`WhatsApp has no message ${id}`);
    message.ack = ack;
    this.#pages.news('ack', { id, ack });
    this.#world.waiting.changed();
  }

  /** Lets a message that has reached the server go on as far as it comes by itself. */
  async goOn(message: Message): Promise<void> {
    const blocked = this.#world.findPerson(message.id.remote)?.blocksBot ?? false;
    const far = blocked ? 1 : { none: 0, server: 1, delivered: 2, read: 3 }[this.automatic];
    for (let ack = 2; ack <= far; ack++) {
      if (this.everyMs > 0) await new Promise((resolve) => setTimeout(resolve, this.everyMs).unref());
      this.set(message.id._serialized, ack);
    }
  }
}
