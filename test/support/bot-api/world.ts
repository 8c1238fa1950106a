import type { Mark } from './html.ts';

export interface Button {
  readonly text: string;
  readonly data: string;
}

/** A file that the bot sent, by what it may be sent again. */
export interface SentFile {
  readonly kind: string;
  readonly id: string;
  readonly uniqueId: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/** A message as it stands now; `text` is what people see. */
export interface Message {
  readonly id: number;
  readonly chatId: number;
  /** Null: the bot. */
  readonly fromId: number | null;
  readonly text: string;
  readonly marks: readonly Mark[];
  /** The keyboard, row by row. */
  readonly buttons: readonly (readonly Button[])[];
  readonly file: SentFile | null;
  /** Seconds. */
  readonly date: number;
  /** What was `sendMessage`d or said, for `reply_to_message`. */
  readonly replyTo: number | null;
}

/** One thing that happened in a chat, in order; `message` as it was right after. */
export interface Happening {
  readonly kind: 'said' | 'sent' | 'edited';
  readonly message: Message;
}

export interface Person {
  readonly id: number;
  readonly first_name: string;
  readonly last_name?: string;
  readonly username?: string;
  readonly language_code?: string;
}

export type ChatType = 'private' | 'group' | 'supergroup' | 'channel';

/** A chat with all that was said in it. */
export class Chat {
  readonly id: number;
  readonly type: ChatType;
  readonly title: string;
  readonly happenings: Happening[] = [];
  readonly #messages = new Map<number, Message>();
  readonly #watchers = new Set<() => void>();
  /** Why sends fail, or null. */
  closed: 'blocked' | 'deactivated' | 'kicked' | { movedTo: number } | null = null;
  #nextMessageId = 1;

  constructor(id: number, type: ChatType, title: string) {
    this.id = id;
    this.type = type;
    this.title = title;
  }

  add(kind: 'said' | 'sent', message: Omit<Message, 'id' | 'chatId'>): Message {
    const added = { ...message, id: this.#nextMessageId, chatId: this.id };
    this.#nextMessageId += 1;
    this.#record(kind, added);
    return added;
  }

  change(message: Message): void {
    this.#record('edited', message);
  }

  find(messageId: number): Message | null {
    return this.#messages.get(messageId) ?? null;
  }

  remove(messageId: number): boolean {
    return this.#messages.delete(messageId);
  }

  /** Messages as they stand now, oldest first. */
  messages(): Message[] {
    return [...this.#messages.values()];
  }

  /** Calls `watcher` after each happening until the returned function is called. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  #record(kind: Happening['kind'], message: Message): void {
    this.#messages.set(message.id, message);
    this.happenings.push({ kind, message });
    for (const watcher of this.#watchers) watcher();
  }
}

/** A file that the bot may fetch. */
export interface StoredFile {
  readonly id: string;
  readonly uniqueId: string;
  readonly path: string;
  readonly name: string;
  readonly bytes: Buffer;
  /** What `getFile` says; may lie. */
  readonly size: number;
  gone: boolean;
}

/** All that the platform knows: people, chats, files, open clicks. */
export class World {
  readonly chats = new Map<number, Chat>();
  readonly people = new Map<number, Person>();
  readonly files = new Map<string, StoredFile>();
  /** Clicks the bot has not answered yet. */
  readonly openClicks = new Set<string>();
  readonly commands = new Map<string, unknown>();
  #nextFile = 1;

  addFile(kind: string, bytes: Uint8Array, { size = bytes.byteLength, name = kind } = {}): StoredFile {
    const number = this.#nextFile;
    this.#nextFile += 1;
    const file = {
      id: `${kind}-file-${number}`,
      uniqueId: `${kind}-unique-${number}`,
      path: `${kind}s/file_${number}`,
      name,
      bytes: Buffer.from(bytes),
      size,
      gone: false,
    };
    this.files.set(file.id, file);
    return file;
  }
}
