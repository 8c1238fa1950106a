import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import WAWebJS, { type Chat, type GroupChat, type GroupNotification } from 'whatsapp-web.js';
import { SendError } from '../../messaging/contract.ts';
import { forUs, isGroup } from './inbound.ts';
import type { ChildEvent, ChildOptions, OwnMessage, Piece, Verb, Verbs } from './ipc.ts';
import { kindOf } from './outbound.ts';
import type { WhatsAppPayload } from './payload.ts';
import { parseRaw, type RawMessage, toAck, toOwnMessage, toPayload, Wid } from './serialize.ts';
import { within } from './within.ts';

const { Client, LocalAuth, MessageMedia } = WAWebJS;

/** A question about who somebody is must not hold up what they wrote. */
const KNOW_WITHIN_MS = 2_000;
const REMEMBERED = 10_000;
const PAGE = 50;
/** Of one chat no more is read back: a group of a thousand writes that much in a day. */
const MOST_READ_BACK = 3_200;

/** The profile on disk, which the parent alone removes: the library would do so under the running browser. */
class Profile extends LocalAuth {
  readonly #onBrowser: () => void;

  constructor(profileDir: string, onBrowser: () => void) {
    super({ clientId: basename(profileDir).replace(/^session-/, ''), dataPath: dirname(profileDir) });
    this.#onBrowser = onBrowser;
  }

  override afterBrowserInitialized = async (): Promise<void> => this.#onBrowser();
  override logout = async (): Promise<void> => {};
}

/**
 * whatsapp-web.js, with what it does in trouble left to the parent: it is told what happens, and ends the process that
 * this runs in.
 */
export class Library {
  readonly #client: InstanceType<typeof Client>;
  readonly #tell: (event: ChildEvent) => void;
  readonly #others = new Map<string, string | null>();
  #mine: string[] = [];
  #closing = false;
  /** Messages are told in the order in which they came, sends begin one after the other. */
  #telling: Promise<unknown> = Promise.resolve();
  #sending: Promise<unknown> = Promise.resolve();
  /** What is being sent, and the id that the page has given it. */
  #underWay: { readonly chatId: string; readonly text: string; id: string | null } | null = null;

  static async create(options: ChildOptions, tell: (event: ChildEvent) => void): Promise<Library> {
    return new Library(options, tell, await userAgentOf(options.chromium));
  }

  private constructor(options: ChildOptions, tell: (event: ChildEvent) => void, userAgent: string | false) {
    this.#tell = tell;
    this.#client = new Client({
      authStrategy: new Profile(options.profileDir, () => this.#watchBrowser()),
      // the default writes into the working folder, and never gets ready where it may not
      webVersionCache: { type: 'none' },
      authTimeoutMs: 60_000,
      qrMaxRetries: 0,
      takeoverOnConflict: true,
      takeoverTimeoutMs: 10_000,
      ...(userAgent === false ? {} : { userAgent }),
      ...(options.pairPhone === null
        ? {}
        : { pairWithPhoneNumber: { phoneNumber: options.pairPhone, showNotification: true } }),
      puppeteer: {
        headless: true,
        executablePath: options.chromium,
        pipe: true, // the browser ends with the process at the other end
        protocolTimeout: options.protocolTimeoutMs,
        timeout: 60_000,
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
        args: [...BROWSER_ARGS, ...(options.noSandbox ? ['--no-sandbox'] : [])],
      },
    });
    this.#listen();
  }

  /** Starts the browser; resolves once WhatsApp's page is there, linked or not. */
  open(): Promise<void> {
    return this.#client.initialize();
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
      if (!this.#closing) this.#tell({ event: 'failed', message: 'the browser ended' });
    });
  }

  #listen(): void {
    const client = this.#client;
    client.on('qr', (value) => this.#tell({ event: 'qr', value }));
    client.on('code', (value) => this.#tell({ event: 'code', value }));
    client.on('authenticated', () => this.#tell({ event: 'authenticated' }));
    client.on('ready', () => void this.#ready());
    client.on('change_state', (state) => this.#tell({ event: 'connection', state }));
    client.on('disconnected', (reason) => this.#tell({ event: 'disconnected', reason }));
    client.on('message', ({ rawData }) => this.#received(rawData, { editedAtMs: null }));
    client.on('message_edit', ({ rawData }, _text, before: unknown) => {
      const at = parseRaw(rawData)?.latestEditSenderTimestampMs;
      // the words of a sealed message are no edit: they are the first
      if (at !== undefined || (typeof before === 'string' && before !== ''))
        this.#received(rawData, { editedAtMs: at ?? Date.now() });
    });
    client.on('message_ciphertext_failed', ({ rawData }) => this.#received(rawData, { type: 'unreadable' }));
    client.on('message_create', ({ rawData }) => this.#noteOwn(rawData));
    client.on('message_ack', ({ rawData }) => {
      const raw = parseRaw(rawData);
      if (raw?.id.fromMe) this.#tell({ event: 'acks', acks: [{ id: raw.id._serialized, ack: toAck(raw.ack) }] });
    });
    client.on('call', (call) => {
      const from = Wid.safeParse(call.from).data;
      if (call.fromMe || call.isGroup || from === undefined) return;
      const at = Math.floor(Date.now() / 1000);
      this.#pass({ ...NOTHING, id: `call_${call.id}`, chatId: from, type: 'call', at });
    });
    client.on('group_join', (notice) => this.#membership(notice, 'joined'));
    client.on('group_leave', (notice) => this.#membership(notice, 'left'));
  }

  async #ready(): Promise<void> {
    const me = this.#client.info.wid._serialized;
    this.#mine = [me];
    const lid = await this.#evaluate<string | null>(
      `window.require('WAWebUserPrefsMeUser').getMaybeMeLidUser()?._serialized ?? null`,
    ).catch(() => null);
    if (lid !== null) this.#mine.push(lid);
    this.#tell({ event: 'ready', me });
  }

  #membership(notice: GroupNotification, type: 'joined' | 'left'): void {
    const { recipientIds, chatId, timestamp } = notice;
    if (!recipientIds.some((id) => this.#mine.includes(id))) return;
    const author = this.#mine[0] ?? null;
    this.#pass({ ...NOTHING, id: `${type}_${chatId}_${timestamp}`, chatId, author, type, at: timestamp });
  }

  #received(data: unknown, change: Partial<WhatsAppPayload>): void {
    const raw = parseRaw(data);
    if (raw !== null && !raw.id.fromMe) this.#pass({ ...toPayload(raw), ...change });
  }

  /** A message that may have been told, and may have been corrected since. */
  #passAgain(raw: RawMessage): void {
    if (raw.id.fromMe) return;
    const payload = toPayload(raw);
    this.#pass({ ...payload, editedAtMs: null });
    if (payload.editedAtMs !== null) this.#pass(payload);
  }

  /** Tells of what is for us; of a group's talk nothing leaves this process. */
  #pass(found: WhatsAppPayload): void {
    const payload = forUs(found, this.#mine);
    if (payload === null) return;
    this.#telling = this.#telling.then(async () => {
      this.#tell({ event: 'messages', payloads: [await this.#complete(payload)] });
    });
  }

  async #complete(payload: WhatsAppPayload): Promise<WhatsAppPayload> {
    const { chatId, author } = payload;
    const groupTitle = isGroup(chatId) ? await this.#titleOf(chatId) : null;
    return { ...payload, groupTitle, alsoKnownAs: await this.#otherIdOf(author ?? chatId) };
  }

  #titleOf(chatId: string): Promise<string | null> {
    const title = this.#evaluate<string | null>(`${CHAT(chatId)}?.formattedTitle ?? null`);
    return within(KNOW_WITHIN_MS, 'title', title).catch(() => null);
  }

  async #otherIdOf(id: string): Promise<string | null> {
    const known = this.#others.get(id);
    if (known !== undefined) return known;
    const asked = this.#client.getContactLidAndPhone([id]);
    const [pair] = await within(KNOW_WITHIN_MS, 'contact', asked).catch(() => []);
    if (pair === undefined) return null;
    const other = [pair.lid, pair.pn].find((one) => one !== undefined && one !== '' && one !== id) ?? null;
    if (this.#others.size >= REMEMBERED) this.#others.clear();
    this.#others.set(id, other);
    return other;
  }

  #noteOwn(data: unknown): void {
    const raw = parseRaw(data);
    const sending = this.#underWay;
    if (!raw?.id.fromMe || sending?.chatId !== raw.id.remote || toOwnMessage(raw).text !== sending.text) return;
    sending.id ??= raw.id._serialized;
  }

  /** What the parent may ask for. */
  readonly verbs: { readonly [V in Verb]: (args: Verbs[V]['args']) => Promise<Verbs[V]['result']> } = {
    send: (args) => {
      const sent = this.#sending.then(() => this.#send(args));
      this.#sending = sent.catch(() => undefined);
      return sent;
    },
    sentIn: async ({ chatId, since }) => {
      const found = await this.#messagesSince(chatId, since, true);
      return found.map(toOwnMessage);
    },
    acksOf: async ({ ids }) => {
      const found: { id: string; ack: OwnMessage['ack'] }[] = [];
      for (const id of ids) {
        const raw = parseRaw((await this.#client.getMessageById(id))?.rawData);
        if (raw) found.push({ id, ack: toAck(raw.ack) });
      }
      return found;
    },
    fetch: ({ messageId, maxBytes }) => this.#fetch(messageId, maxBytes),
    readBack: async ({ since }) => {
      const chats = await this.#chatsSince(since);
      for (const chatId of chats) {
        for (const raw of await this.#messagesSince(chatId, since, false)) this.#passAgain(raw);
      }
      await this.#telling;
      return { chats: chats.length };
    },
    seen: async ({ chatIds }) => {
      for (const chatId of chatIds) await this.#client.sendSeen(chatId);
      return null;
    },
    connection: async () => (await this.#client.getState()) ?? null,
    rescue: async () => {
      await this.#evaluate(
        `(() => { if (window.require('WAWebSocketModel').Socket.hasSynced) window.onAppStateHasSyncedEvent?.(); })()`,
      );
      return null;
    },
    stop: async () => {
      await this.close();
      return null;
    },
  };

  async #send({ chatId, piece }: Verbs['send']['args']): Promise<Verbs['send']['result']> {
    const to = await this.#reachable(chatId);
    const underWay = { chatId: to, text: piece.text, id: null as string | null };
    this.#underWay = underWay;
    try {
      const { content, options } = await toContent(piece);
      const sent = await this.#client.sendMessage(to, content, { ...options, linkPreview: false, sendSeen: false });
      const id = parseRaw(sent?.rawData)?.id._serialized;
      if (id === undefined) throw new SendError('gone', 'WhatsApp has no such chat');
      return { id };
    } catch (thrown) {
      if (underWay.id === null) throw thrown;
      return { id: underWay.id };
    } finally {
      this.#underWay = null;
    }
  }

  /** The id to send to: of somebody who never wrote, as WhatsApp has it. @throws {SendError} `gone` */
  async #reachable(chatId: string): Promise<string> {
    if (isGroup(chatId)) {
      if (await this.#isClosed(chatId)) throw new SendError('gone', 'the group takes no messages of ours');
      return chatId;
    }
    if (!chatId.endsWith('@c.us') || (await this.#evaluate<boolean>(`${CHAT(chatId)} != null`))) return chatId;
    const found = await this.#client.getNumberId(chatId);
    if (found === null) throw new SendError('gone', 'the number is not on WhatsApp');
    return found._serialized;
  }

  /** Whether we are out of the group, or only its administrators write there. */
  async #isClosed(chatId: string): Promise<boolean> {
    const chat = await this.#client.getChatById(chatId);
    if (!isGroupChat(chat)) return true;
    const own = chat.participants.find(({ id }) => this.#mine.includes(id._serialized));
    const isAdmin = own?.isAdmin === true || own?.isSuperAdmin === true;
    // a list that did not come is no proof
    return (own === undefined && chat.participants.length > 0) || (chat.isReadOnly && !isAdmin);
  }

  async #fetch(messageId: string, maxBytes: number): Promise<Uint8Array> {
    const message = await this.#client.getMessageById(messageId);
    const raw = parseRaw(message?.rawData);
    if (!message || raw === null) throw new SendError('gone', 'WhatsApp has the message no more');
    // all of it passes through the pipe to the browser as text: the size is looked at before
    if ((raw.size ?? 0) > maxBytes) throw new SendError('rejected', `the file has ${raw.size} bytes`);
    const media = await message.downloadMedia();
    if (!media) {
      const stage = await this.#evaluate<string | null>(MEDIA_STAGE(messageId));
      if (stage?.includes('ERROR') === true || !message.hasMedia) throw new SendError('gone', 'the file has expired');
      throw new SendError('unreachable', 'the file is not there yet');
    }
    return Buffer.from(media.data, 'base64');
  }

  #chatsSince(since: Date): Promise<string[]> {
    return this.#evaluate<string[]>(`
      window.require('WAWebCollections').Chat.getModelsArray()
        .filter((chat) => chat.t >= ${Math.floor(since.getTime() / 1000)})
        .map((chat) => chat.id._serialized)
        .filter((id) => /@(c\\.us|lid|g\\.us)$/.test(id))`);
  }

  /** In the order of the chat. */
  async #messagesSince(chatId: string, since: Date, fromMe: boolean): Promise<RawMessage[]> {
    const from = Math.floor(since.getTime() / 1000);
    const chat = await this.#client.getChatById(chatId);
    for (let limit = PAGE; limit <= MOST_READ_BACK; limit *= 4) {
      const loaded = await chat.fetchMessages({ limit });
      if (loaded.length < limit || loaded.some(({ timestamp }) => timestamp < from)) break;
    }
    // with a limit the library cuts and turns round what came within one second: this is all that has been loaded
    const messages = await chat.fetchMessages(fromMe ? { fromMe } : {});
    const raws = messages.map(({ rawData }) => parseRaw(rawData)).filter((raw) => raw !== null);
    return raws.filter(({ t }) => t >= from).toSorted((one, other) => one.t - other.t);
  }

  /** What an expression is in WhatsApp's page; its value is taken at its word. */
  async #evaluate<T>(expression: string): Promise<T> {
    if (!this.#client.pupPage) throw new SendError('unreachable', 'the browser has no page');
    return (await this.#client.pupPage.evaluate(expression)) as T;
  }
}

const BROWSER_ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const CHAT = (chatId: string) => `window.require('WAWebCollections').Chat.get(${JSON.stringify(chatId)})`;
const MEDIA_STAGE = (id: string) =>
  `window.require('WAWebCollections').Msg.get(${JSON.stringify(id)})?.mediaData?.mediaStage ?? null`;

const NOTHING = {
  author: null,
  text: '',
  editedAtMs: null,
  personName: null,
  groupTitle: null,
  media: null,
  location: null,
  phone: null,
  viewOnce: false,
  alsoKnownAs: null,
  quoted: null,
} as const;

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

/** As the browser would call itself with a window: the library's own names one from years ago. */
async function userAgentOf(chromium: string): Promise<string | false> {
  const { stdout } = await promisify(execFile)(chromium, ['--version'], { timeout: 10_000 }).catch(() => ({
    stdout: '',
  }));
  const major = /(\d+)\.\d+\.\d+/.exec(stdout)?.[1];
  if (major === undefined) return false;
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
}
