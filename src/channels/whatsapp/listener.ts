import type { Client, GroupNotification } from 'whatsapp-web.js';
import { forUs, isGroup } from './inbound.ts';
import type { ChildEvent } from './ipc.ts';
import { chatInPage, evaluate } from './page.ts';
import type { Quoted, WhatsAppPayload } from './payload.ts';
import { parseRaw, type RawMessage, toAck, toPayload, toQuoted, Wid } from './serialize.ts';
import { within } from './within.ts';

/** A question about who somebody is must not hold up what they wrote. */
const KNOW_WITHIN_MS = 5_000;
const REMEMBERED = 10_000;

/** What the library's events tell, in the order in which they came; of a group only what is for us. */
export class Listener {
  readonly #client: Client;
  readonly #tell: (event: ChildEvent) => void;
  /** By an id of a person: the other one; null: WhatsApp tells of none. */
  readonly #others = new Map<string, string | null>();
  #telling: Promise<unknown> = Promise.resolve();
  /** Our own ids, once we are ready. */
  mine: readonly string[] = [];

  constructor(client: Client, tell: (event: ChildEvent) => void) {
    this.#client = client;
    this.#tell = tell;
    this.#listen();
  }

  /** Resolves once all that came has been told. */
  async told(): Promise<void> {
    await this.#telling;
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
      const edited = at !== undefined || (typeof before === 'string' && before !== '');
      // the words of a sealed message are no edit: they are the first, and where it came while we were away, all there is
      this.#received(rawData, { editedAtMs: edited ? (at ?? Date.now()) : null });
    });
    client.on('message_ciphertext_failed', ({ rawData }) => this.#received(rawData, { type: 'unreadable' }));
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
    const lid = await evaluate<string | null>(
      this.#client,
      `window.require('WAWebUserPrefsMeUser').getMaybeMeLidUser()?._serialized ?? null`,
    ).catch(() => null);
    this.mine = lid === null ? [me] : [me, lid];
    this.#tell({ event: 'ready', me });
  }

  #membership(notice: GroupNotification, type: 'joined' | 'left'): void {
    const { recipientIds, chatId, timestamp } = notice;
    if (!recipientIds.some((id) => this.mine.includes(id))) return;
    const author = this.mine[0] ?? null;
    this.#pass({ ...NOTHING, id: `${type}_${chatId}_${timestamp}`, chatId, author, type, at: timestamp });
  }

  #received(data: unknown, change: Partial<WhatsAppPayload>): void {
    const raw = parseRaw(data);
    if (raw !== null && !raw.id.fromMe) this.#pass({ ...toPayload(raw), ...change });
  }

  /** Tells once more of a message that may have been told, and may have been corrected since. */
  tellAgain(raw: RawMessage): void {
    if (raw.id.fromMe) return;
    const payload = toPayload(raw);
    this.#pass({ ...payload, editedAtMs: null });
    if (payload.editedAtMs !== null) this.#pass(payload);
  }

  /** Tells of what is for us; of a group's talk nothing leaves this process. */
  #pass(found: WhatsAppPayload): void {
    const payload = forUs(found, this.mine);
    if (payload === null) return;
    this.#telling = this.#telling.then(async () => {
      this.#tell({ event: 'messages', payloads: [await this.#complete(payload)] });
    });
  }

  async #complete(payload: WhatsAppPayload): Promise<WhatsAppPayload> {
    const { chatId, author, quoted, answersUs } = payload;
    const groupTitle = isGroup(chatId) ? await this.#titleOf(chatId) : null;
    return {
      ...payload,
      groupTitle,
      alsoKnownAs: await this.#otherIdOf(author ?? chatId),
      quoted: quoted && (await this.#completeQuoted(chatId, quoted)),
      answersUs: answersUs && (await this.idInPage(chatId, answersUs)),
    };
  }

  /** The message itself, where the page still has it: the copy in the answer knows it by halves. */
  async #completeQuoted(chatId: string, copy: Quoted): Promise<Quoted> {
    const id = await this.idInPage(chatId, copy.id);
    const message = await within(KNOW_WITHIN_MS, 'message', this.#client.getMessageById(id)).catch(() => null);
    const raw = parseRaw(message?.rawData);
    const found = raw === null ? { ...copy, id } : { ...toQuoted(toPayload(raw)), id };
    const author = found.author || copy.author;
    return { ...found, author, alsoKnownAs: await this.#otherIdOf(author) };
  }

  /** The id that a message itself has: who tells of it may name its author otherwise, or not at all. */
  async idInPage(chatId: string, id: string): Promise<string> {
    const stanza = JSON.stringify(id.split('_')[2] ?? '');
    const found = evaluate<string | null>(
      this.#client,
      `${chatInPage(chatId)}?.msgs.getModelsArray().find(({ id }) => id.id === ${stanza})?.id._serialized ?? null`,
    );
    return (await within(KNOW_WITHIN_MS, 'message', found).catch(() => null)) ?? id;
  }

  #titleOf(chatId: string): Promise<string | null> {
    const title = evaluate<string | null>(this.#client, `${chatInPage(chatId)}?.formattedTitle ?? null`);
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
}

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
  forwarded: false,
  alsoKnownAs: null,
  quoted: null,
  answersUs: null,
} as const;
