import { readFile } from 'node:fs/promises';
import WAWebJS, { type Chat, type Client, type GroupChat } from 'whatsapp-web.js';
import { SendError } from '../../messaging/contract.ts';
import { createClient } from './client.ts';
import { download } from './download.ts';
import { History } from './history.ts';
import { isGroup } from './inbound.ts';
import type { ChildEvent, ChildOptions, OwnMessage, Piece, Verb, Verbs } from './ipc.ts';
import { Listener } from './listener.ts';
import { kindOf } from './outbound.ts';
import { chatInPage, evaluate } from './page.ts';
import { parseRaw, toAck, toOwnMessage } from './serialize.ts';
import { within } from './within.ts';

const { MessageMedia } = WAWebJS;

interface UnderWay {
  readonly chatId: string;
  readonly text: string;
  id: string | null;
}

/**
 * whatsapp-web.js, with what it does in trouble left to the parent: it is told what happens, and ends the process that
 * this runs in.
 */
export class Library {
  readonly #client: Client;
  readonly #tell: (event: ChildEvent) => void;
  readonly #listener: Listener;
  readonly #history: History;
  readonly #callMs: number;
  #closing = false;
  /** Sends begin one after the other; who waits for an answer does not wait for a long file before it. */
  #sending: Promise<unknown> = Promise.resolve();
  /** By chat and piece: what the page has begun cannot be taken back, so a retry waits for the first. */
  readonly #open = new Map<string, Promise<Verbs['send']['result']>>();
  /** What is being sent, and the id that the page has given it. */
  readonly #underWay = new Set<UnderWay>();

  static async create(options: ChildOptions, tell: (event: ChildEvent) => void): Promise<Library> {
    // the browser runs only once `open` is called
    const client = await createClient(options, () => library.#watchBrowser());
    const library = new Library(client, options, tell);
    return library;
  }

  private constructor(client: Client, { callMs }: ChildOptions, tell: (event: ChildEvent) => void) {
    this.#client = client;
    this.#callMs = callMs;
    this.#tell = tell;
    this.#listener = new Listener(client, tell);
    this.#history = new History(client, callMs);
    client.on('message_create', ({ rawData }) => this.#noteOwn(rawData));
  }

  /** Starts the browser; resolves once WhatsApp's page is there, linked or not. */
  async open(): Promise<void> {
    await this.#client.initialize();
    // the browser shows a page of its own where WhatsApp’s cannot be loaded again, and leaves it at that
    this.#client.pupPage?.on('framenavigated', (frame) => {
      if (frame.url().startsWith('chrome-error:')) {
        this.#tell({ event: 'failed', reason: 'WhatsApp’s page could not be loaded again' });
      }
    });
  }

  async close(): Promise<void> {
    this.#closing = true;
    await this.#client.destroy();
  }

  /** The browser's process; null before it runs. */
  get browserPid(): number | null {
    return this.#client.pupBrowser?.process()?.pid ?? null;
  }

  #watchBrowser(): void {
    const { browserPid } = this;
    if (browserPid !== null) this.#tell({ event: 'browser', pid: browserPid });
    this.#client.pupBrowser?.on('disconnected', () => {
      if (!this.#closing) this.#tell({ event: 'failed', reason: 'the browser ended' });
    });
  }

  #noteOwn(data: unknown): void {
    const raw = parseRaw(data);
    if (!raw?.id.fromMe) return;
    const { remote, _serialized: id } = raw.id;
    const { text } = toOwnMessage(raw);
    const all = [...this.#underWay];
    if (all.some((sending) => sending.id === id)) return;
    const sending = all.find((one) => one.id === null && one.chatId === remote && one.text === text);
    if (sending) sending.id = id;
  }

  /** What the parent may ask for. */
  readonly verbs: { readonly [V in Verb]: (args: Verbs[V]['args']) => Promise<Verbs[V]['result']> } = {
    send: (args) => this.#open.get(JSON.stringify(args)) ?? this.#begin(args),
    sentIn: async ({ chatId, since }) => {
      const chat = await this.#chatOf(chatId);
      if (chat === null) return [];
      const { messages } = await this.#history.messages(chat, { since, fromMe: true });
      return messages.map(toOwnMessage);
    },
    acksOf: async ({ ids }) => {
      const found: { id: string; ack: OwnMessage['ack'] }[] = [];
      for (const id of ids) {
        const message = await this.#client.getMessageById(id).catch(() => null); // one alone hides no other
        const raw = parseRaw(message?.rawData);
        if (raw) found.push({ id, ack: toAck(raw.ack) });
      }
      return found;
    },
    fetch: ({ messageId, maxBytes }) => download(this.#client, messageId, maxBytes),
    readBack: (args) => this.#readBack(args),
    seen: async ({ chatIds }) => {
      for (const chatId of chatIds) await this.#client.sendSeen(chatId);
      return null;
    },
    // a page on its way has no WhatsApp in it yet; one that was loaded anew has, but nothing of the library
    connection: () =>
      evaluate(
        this.#client,
        `(() => {
          const listening = window.WWebJS !== undefined;
          try {
            return { state: window.require('WAWebSocketModel').Socket?.state ?? null, listening };
          } catch {
            return { state: null, listening };
          }
        })()`,
      ),
    rescue: () =>
      evaluate(
        this.#client,
        `(() => {
          const tell = window.require('WAWebSocketModel').Socket.hasSynced && window.onAppStateHasSyncedEvent;
          if (tell) tell();
          return Boolean(tell);
        })()`,
      ),
    stop: async ({ sendsMs }) => {
      await within(sendsMs, 'sends', Promise.allSettled(this.#open.values())).catch(() => undefined);
      await this.close();
      return null;
    },
  };

  async #readBack({ since, unreadSince }: Verbs['readBack']['args']): Promise<Verbs['readBack']['result']> {
    const chats = await this.#history.chats({ since, unreadSince });
    let failed = 0;
    let cutOff = 0;
    for (const { id, unread } of chats) {
      try {
        const { messages, cut } = await this.#history.messages(id, { since, unread, unreadSince });
        for (const raw of messages) this.#listener.tellAgain(raw);
        if (cut) cutOff++;
      } catch {
        failed++; // those behind it can be read all the same
      }
    }
    await this.#listener.told();
    return { chats: chats.length, failed, cut: cutOff };
  }

  #begin(args: Verbs['send']['args']): Promise<Verbs['send']['result']> {
    const key = JSON.stringify(args);
    const before = this.#sending;
    const sent = before.then(() => this.#send(args)).finally(() => this.#open.delete(key));
    this.#open.set(key, sent);
    this.#sending = before.then(() => this.#inTime(sent)).catch(() => undefined);
    return sent;
  }

  /** What should take no longer than a call, though the browser itself lets it: it lets the longest send. */
  #inTime<T>(answer: Promise<T>): Promise<T> {
    return within(this.#callMs, 'the page', answer);
  }

  async #send({ chatId, piece }: Verbs['send']['args']): Promise<Verbs['send']['result']> {
    const to = await this.#reachable(chatId);
    const underWay: UnderWay = { chatId: to, text: piece.text, id: null };
    this.#underWay.add(underWay);
    try {
      const answers = piece.answers === undefined ? {} : { answers: await this.#listener.idInPage(to, piece.answers) };
      const { content, options } = await toContent({ ...piece, ...answers });
      const sent = await this.#client.sendMessage(to, content, { ...options, linkPreview: false, sendSeen: false });
      const id = parseRaw(sent?.rawData)?.id._serialized;
      if (id === undefined) throw new SendError('unreachable', 'WhatsApp’s page has no such chat');
      return { id };
    } catch (thrown) {
      if (underWay.id === null) throw thrown;
      return { id: underWay.id };
    } finally {
      this.#underWay.delete(underWay);
    }
  }

  /** The id to send to: of somebody who never wrote, as WhatsApp has it. @throws {SendError} `gone` */
  async #reachable(chatId: string): Promise<string> {
    if (isGroup(chatId)) {
      if (await this.#isClosed(chatId)) throw new SendError('gone', 'the group takes no messages of ours');
      return chatId;
    }
    if (!chatId.endsWith('@c.us') || (await this.#isInPage(chatId))) return chatId;
    const found = await this.#client.getNumberId(chatId);
    if (found === null) throw new SendError('gone', 'the number is not on WhatsApp');
    return found._serialized;
  }

  /** The chat that sends to this id go to. Null: there is none yet, and to ask for its messages would fail. */
  async #chatOf(chatId: string): Promise<string | null> {
    if (await this.#isInPage(chatId)) return chatId;
    if (!chatId.endsWith('@c.us')) return null;
    const found = await this.#client.getNumberId(chatId);
    return found !== null && (await this.#isInPage(found._serialized)) ? found._serialized : null;
  }

  #isInPage(chatId: string): Promise<boolean> {
    return evaluate<boolean>(this.#client, `${chatInPage(chatId)} != null`);
  }

  /** Whether we are out of the group, or only its administrators write there. */
  async #isClosed(chatId: string): Promise<boolean> {
    const chat = await this.#client.getChatById(chatId);
    if (chat === undefined || !isGroupChat(chat)) return true;
    const own = chat.participants.find(({ id }) => this.#listener.mine.includes(id._serialized));
    const isAdmin = own?.isAdmin === true || own?.isSuperAdmin === true;
    // a list that did not come is no proof
    return (own === undefined && chat.participants.length > 0) || (chat.isReadOnly && !isAdmin);
  }
}

async function toContent({ text, file, answers }: Piece) {
  const answering = answers === undefined ? {} : { quotedMessageId: answers };
  if (file === undefined) return { content: text, options: answering };
  const bytes = await readFile(file.path).catch((cause: unknown) => {
    throw new SendError('rejected', 'the file to send cannot be read', { cause });
  });
  const kind = kindOf(file);
  const content = new MessageMedia(file.mime, bytes.toString('base64'), file.name);
  const options = {
    ...answering,
    ...(text !== '' && { caption: text }),
    ...(kind === 'voice' && { sendAudioAsVoice: true }),
    ...(kind === 'file' && { sendMediaAsDocument: true }),
  };
  return { content, options };
}

function isGroupChat(chat: Chat): chat is GroupChat {
  return 'participants' in chat;
}
