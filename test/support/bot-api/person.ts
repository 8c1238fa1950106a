import { type Json, textField } from './api-error.ts';
import type { BotApi } from './bot-api.ts';
import { toApiChat, toApiMessage } from './shapes.ts';
import type { Button, Chat, Message, Person } from './world.ts';

export interface SayOptions {
  /** Default: the private chat with the bot. */
  readonly chat?: Chat;
  /** The message that this one answers. */
  readonly replyTo?: number;
  /** In the name of the group: the bot is not told who wrote it. */
  readonly anonymous?: true;
}

export interface FileOptions extends SayOptions {
  readonly caption?: string;
  /** Parts of an album share one. */
  readonly albumId?: string;
  readonly name?: string;
  readonly mime?: string;
  /** What the platform says of the size, if not the truth. */
  readonly claimedSize?: number;
}

/** Somebody with a phone. What they do becomes an update; what the bot does to them is heard in order. */
export class FakePerson {
  readonly id: number;
  readonly chat: Chat;
  readonly #api: BotApi;
  /** Of each chat: how many happenings were heard. */
  readonly #heard = new Map<number, number>();
  #clicks = 0;

  constructor(api: BotApi, person: Person, chat: Chat) {
    this.#api = api;
    this.id = person.id;
    this.chat = chat;
  }

  /** Sends a text; returns its message id. */
  sends(text: string, options: SayOptions = {}): number {
    return this.sendsRaw({ text }, options);
  }

  /** Sends a message with these fields of the Bot API, whatever they are; returns its id. */
  sendsRaw(fields: Json, options: SayOptions = {}): number {
    const chat = this.#open(options);
    const shown = textField(fields, 'text') || textField(fields, 'caption');
    const message = chat.add('said', {
      fromId: this.id,
      text: shown,
      marks: [],
      buttons: [],
      file: null,
      date: this.#api.nowSeconds(),
      replyTo: options.replyTo ?? null,
    });
    this.#update('message', chat, message, options.anonymous ? { ...fields, ...this.#anonymous(chat) } : fields);
    return message.id;
  }

  sendsPhoto(bytes: Uint8Array, options: FileOptions = {}): number {
    const [small, large] = [this.#file('photo', bytes, options), this.#file('photo', bytes, options)];
    const photo = [
      { ...small, width: 90, height: 90, file_size: Math.min(1000, Number(small.file_size)) },
      { ...large, width: 1280, height: 1280 },
    ];
    return this.#sendsMedia({ photo }, options);
  }

  sendsVoice(bytes: Uint8Array, options: FileOptions = {}): number {
    return this.#sendsMedia(
      { voice: { mime_type: 'audio/ogg', duration: 3, ...this.#file('voice', bytes, options) } },
      options,
    );
  }

  sendsDocument(bytes: Uint8Array, options: FileOptions = {}): number {
    return this.#sendsMedia({ document: this.#file('document', bytes, options) }, options);
  }

  sendsLocation(latitude: number, longitude: number, options: SayOptions = {}): number {
    return this.sendsRaw({ location: { latitude, longitude } }, options);
  }

  /** A contact; `ownerId` is the person it belongs to, where Telegram knows. */
  sendsContact(phone: string, ownerId?: number, options: SayOptions = {}): number {
    const contact = { phone_number: phone, first_name: 'X', ...(ownerId !== undefined && { user_id: ownerId }) };
    return this.sendsRaw({ contact }, options);
  }

  /** Changes an own message. */
  edits(messageId: number, text: string, chat: Chat = this.chat): void {
    const old = chat.find(messageId);
    if (old?.fromId !== this.id) throw new Error(`no own message ${messageId}`);
    const message = { ...old, text };
    chat.change(message);
    this.#update('edited_message', chat, message, { text, edit_date: this.#api.nowSeconds() });
  }

  /** Taps the button with this label on the latest message that has one; `page` buttons are buttons too. */
  taps(label: string | RegExp, chat: Chat = this.chat): string {
    const fits = (button: Button) => (typeof label === 'string' ? button.text === label : label.test(button.text));
    for (const message of chat.messages().reverse()) {
      const button = message.buttons.flat().find(fits);
      if (button) return this.tapsData(button.data, message.id, chat);
    }
    const seen = chat.messages().flatMap((message) => message.buttons.flat().map((button) => button.text));
    throw new Error(`no button ${String(label)}; there are: ${seen.join(' | ') || 'none'}`);
  }

  /** Sends a click with this data, be it on a keyboard or not; returns the id of the click. */
  tapsData(data: string, messageId: number, chat: Chat = this.chat): string {
    this.#clicks += 1;
    const id = `${this.id}-${this.#clicks}`;
    this.#api.world.openClicks.add(id);
    const message = chat.find(messageId);
    const shown = message
      ? toApiMessage(chat, message, this.#api.world, this.#api.bot)
      : { message_id: messageId, date: 0, chat: toApiChat(chat, this.#api.world) };
    this.#api.updates.add(
      'callback_query',
      { id, from: this.#self(), message: shown, chat_instance: '1', data },
      chat.id,
    );
    return id;
  }

  blocks(): void {
    this.chat.closed = 'blocked';
    this.#membership(this.chat, 'member', 'kicked');
  }

  unblocks(): void {
    this.chat.closed = null;
    this.#membership(this.chat, 'kicked', 'member');
  }

  /** Puts the bot out of a group or a channel. */
  putsOut(group: Chat): void {
    group.closed = 'kicked';
    this.#membership(group, group.type === 'channel' ? 'administrator' : 'member', 'kicked');
  }

  /** Brings it back. */
  bringsIn(group: Chat): void {
    group.closed = null;
    this.#membership(group, 'left', group.type === 'channel' ? 'administrator' : 'member');
  }

  /**
   * The next message of the bot (new or edited) that fits, after the last one heard; what came between is passed over.
   * @throws when none came in time, with what was said instead
   */
  hears(pattern: string | RegExp, options: { timeoutMs?: number; chat?: Chat } = {}): Promise<Message> {
    const chat = options.chat ?? this.chat;
    const found = this.#next(chat, pattern);
    if (found) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const end = () => {
        unwatch();
        clearTimeout(timer);
      };
      const unwatch = chat.watch(() => {
        const message = this.#next(chat, pattern);
        if (!message) return;
        end();
        resolve(message);
      });
      const timer = setTimeout(() => {
        end();
        const said = chat.happenings.slice(this.#heard.get(chat.id) ?? 0).filter(({ kind }) => kind !== 'said');
        const texts = said.map(({ kind, message }) => `${kind}: ${message.text}`).join('\n');
        reject(new Error(`person ${this.id} waited for ${String(pattern)} and heard:\n${texts || '(nothing)'}`));
      }, options.timeoutMs ?? 60_000);
    });
  }

  /** All that the bot has in this chat now, oldest first. */
  received(): Message[] {
    return this.chat.messages().filter((message) => message.fromId === null);
  }

  #next(chat: Chat, pattern: string | RegExp): Message | null {
    for (let index = this.#heard.get(chat.id) ?? 0; index < chat.happenings.length; index += 1) {
      const happening = chat.happenings[index];
      if (!happening || happening.kind === 'said') continue;
      const { text } = happening.message;
      if (typeof pattern === 'string' ? text.includes(pattern) : pattern.test(text)) {
        this.#heard.set(chat.id, index + 1);
        return happening.message;
      }
    }
    return null;
  }

  #sendsMedia(fields: Json, options: FileOptions): number {
    const { caption, albumId } = options;
    const extra = {
      ...(caption !== undefined && { caption }),
      ...(albumId !== undefined && { media_group_id: albumId }),
    };
    return this.sendsRaw({ ...fields, ...extra }, options);
  }

  #file(kind: string, bytes: Uint8Array, options: FileOptions): Json {
    const file = this.#api.world.addFile(kind, bytes, { size: options.claimedSize });
    return {
      file_id: file.id,
      file_unique_id: file.uniqueId,
      file_size: file.size,
      ...(options.name !== undefined && { file_name: options.name }),
      ...(options.mime !== undefined && { mime_type: options.mime }),
    };
  }

  #open(options: SayOptions): Chat {
    const chat = options.chat ?? this.chat;
    this.#api.world.chats.set(chat.id, chat);
    return chat;
  }

  #self(): Json {
    return { is_bot: false, ...this.#api.world.people.get(this.id) };
  }

  #update(kind: string, chat: Chat, message: Message, fields: Json): void {
    const service = 'migrate_to_chat_id' in fields;
    if (chat.type !== 'private' && this.#api.privacyMode && !service && !this.#meantForBot(chat, message)) return;
    const api = toApiMessage(chat, message, this.#api.world, this.#api.bot);
    const { text: _, caption: __, ...rest } = api;
    this.#api.updates.add(kind, { ...rest, ...fields }, chat.id);
  }

  // What a bot in privacy mode gets of a group: https://core.telegram.org/bots/features#privacy-mode
  #meantForBot(chat: Chat, message: Message): boolean {
    if (message.replyTo !== null && chat.find(message.replyTo)?.fromId === null) return true;
    const command = /^\/\w+(?:@(\w+))?/.exec(message.text);
    return command !== null && (command[1] ?? this.#api.bot.username) === this.#api.bot.username;
  }

  // https://core.telegram.org/bots/api#message: `sender_chat`, and a stand-in for those who cannot read it
  #anonymous(chat: Chat): Json {
    const from = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' };
    return { from, sender_chat: toApiChat(chat, this.#api.world) };
  }

  #membership(of: Chat, from: string, to: string): void {
    const user = { id: this.#api.bot.id, is_bot: true, first_name: 'Bot' };
    const change = { old_chat_member: { user, status: from }, new_chat_member: { user, status: to } };
    const chat = toApiChat(of, this.#api.world);
    this.#api.updates.add(
      'my_chat_member',
      { chat, from: this.#self(), date: this.#api.nowSeconds(), ...change },
      of.id,
    );
  }
}
