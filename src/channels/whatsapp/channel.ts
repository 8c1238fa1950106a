import { stat } from 'node:fs/promises';
import { toError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import {
  type Ack,
  type Acks,
  type Aging,
  type Channel,
  type ChannelAddress,
  type InboundEvent,
  type Link,
  type Media,
  type OutboundContent,
  type Pieces,
  SendError,
  type SentSearch,
} from '../../messaging/contract.ts';
import { MAX_FILE_MEGABYTES } from '../../messaging/media.ts';
import { ACCOUNT } from './inbound.ts';
import { Inflow } from './inflow.ts';
import type { ChildEvent, OwnMessage, Piece, Verbs } from './ipc.ts';
import { says, toPieces } from './outbound.ts';
import { Profile } from './profile.ts';
import { readMessage } from './read.ts';
import { SentAcks } from './sent-acks.ts';
import { ageDays, StatusFile, type WhatsAppStatus } from './status-file.ts';
import { Supervisor } from './supervisor.ts';
import { sendLimitMs, TIMING, type WhatsAppTiming } from './timing.ts';

export interface WhatsAppOptions {
  readonly dataDir: string;
  /** The browser's executable; absent: it is looked for. */
  readonly chromium?: string | undefined;
  /** Digits: a code to type on the phone is shown instead of a QR code. */
  readonly pairPhone?: string | undefined;
  readonly timeZone: string;
  readonly log: Logger;
  /** When the last message of the account was stored; null: none was. */
  readonly lastStoredAt: () => Promise<Date | null>;
  /** Called with each new QR or pairing code. */
  readonly onCode?: (code: { readonly kind: 'qr' | 'pairing'; readonly value: string }) => void;
  readonly timing?: Partial<WhatsAppTiming>;
}

export interface WhatsAppChannel extends Channel, Media, Pieces, Acks, Aging, SentSearch, Link {
  readonly status: WhatsAppStatus;
  /** Notes when staff were told that the link is lost; null: they were told that it is back. */
  noteTold(at: Date | null): void;
  /** Of the browser and its process, in bytes. */
  memory(): Promise<number>;
}

/**
 * WhatsApp through whatsapp-web.js in a process of its own. `start` returns at once and never throws: while the browser
 * is missing, not linked or without a connection, nothing is sent, and the status says why.
 */
export function createWhatsAppChannel(options: WhatsAppOptions): WhatsAppChannel {
  return new WhatsApp(options);
}

const MAX_FILE_BYTES = MAX_FILE_MEGABYTES * 1024 * 1024;
const FETCH_MS = 120_000;
const REMEMBERED = 5_000;
/** A message that WhatsApp has not taken for so long is worth a line in the log. */
const STUCK_MS = 120_000;
/** Of the last messages, how far they got is asked for after a start. */
const ACKS_ASKED = 200;

class WhatsApp implements WhatsAppChannel {
  readonly name = 'whatsapp';
  readonly account = ACCOUNT;
  readonly #log: Logger;
  readonly #timing: WhatsAppTiming;
  readonly #status: StatusFile;
  readonly #supervisor: Supervisor;
  readonly #inflow: Inflow;
  readonly #acks = new SentAcks();
  readonly #onCode: NonNullable<WhatsAppOptions['onCode']>;
  #tellAcks: Parameters<Acks['tellAcks']>[0] = () => {};
  #running = false;
  /** Ids of messages that were told as sent: no search takes one of them for another. */
  readonly #sent = new Set<string>();
  /** Of contents of which a part was found in the chat: the ids of the pieces that need not be sent again. */
  readonly #arrived = new Map<string, ReadonlyMap<number, string>>();

  constructor(options: WhatsAppOptions) {
    const { dataDir, log, timeZone, chromium, pairPhone, lastStoredAt, onCode = () => {} } = options;
    this.#log = log;
    this.#onCode = onCode;
    this.#timing = { ...TIMING, ...options.timing };
    const profile = new Profile(dataDir);
    profile.prepare();
    this.#status = new StatusFile(profile.dir);
    this.#supervisor = new Supervisor({
      profile,
      status: this.#status,
      chromium,
      pairPhone,
      timeZone,
      timing: this.#timing,
      log,
      onEvent: (event) => this.#happened(event),
    });
    this.#inflow = new Inflow({ supervisor: this.#supervisor, status: this.#status, lastStoredAt, log });
  }

  get status(): WhatsAppStatus {
    return this.#status.get();
  }

  get linked(): boolean {
    return this.#running && this.#supervisor.state === 'ready';
  }

  noteTold(at: Date | null): void {
    this.#status.set({ toldAt: at });
  }

  memory(): Promise<number> {
    return this.#supervisor.memory();
  }

  ageDays(at = new Date()): number | null {
    return ageDays(this.status, at);
  }

  tellAcks(listener: Parameters<Acks['tellAcks']>[0]): void {
    this.#tellAcks = listener;
  }

  async start(receive: (events: InboundEvent[]) => Promise<void>): Promise<void> {
    this.#inflow.open(receive);
    if (this.linked) this.#inflow.readBack();
    if (this.#running) return;
    this.#running = true;
    this.#status.take();
    this.#supervisor.start();
  }

  async stop(): Promise<void> {
    await this.#inflow.close();
  }

  async close(): Promise<void> {
    await this.#inflow.close();
    if (!this.#running) return;
    this.#running = false;
    await this.#supervisor.stop();
    this.#status.write();
  }

  read(payload: unknown): ReturnType<Channel['read']> {
    return readMessage(payload);
  }

  pieces(content: OutboundContent): number {
    return toPieces(content).length;
  }

  async send(to: ChannelAddress, content: OutboundContent, mayGoOn = () => true): Promise<{ externalId: string }> {
    const pieces = toPieces(content, to.id);
    const bytes = await Promise.all(pieces.map(bytesOf)); // before anything is sent
    const key = keyOf(to, content);
    const arrived = new Map(this.#arrived.get(key));
    this.#arrived.delete(key);
    let externalId: string | null = null;
    for (const [index, piece] of pieces.entries()) {
      if (arrived.has(index)) continue;
      if (!mayGoOn()) throw new SendError('unreachable', 'another process sends now', { mayHaveArrived: index > 0 });
      const ms = sendLimitMs(this.#timing, bytes[index] ?? 0);
      externalId = await this.#sendPiece({ chatId: to.id, piece }, { ms, begun: index > 0 });
      arrived.set(index, externalId);
    }
    if (externalId === null) throw new SendError('rejected', 'there is nothing to send: no text, no file');
    // not before: where a later piece fails, the next attempt has to find those that went
    for (const id of arrived.values()) remember(this.#sent, id);
    return { externalId };
  }

  async #sendPiece(args: Verbs['send']['args'], { ms, begun }: { ms: number; begun: boolean }): Promise<string> {
    try {
      const { id } = await this.#supervisor.ask('send', args, ms);
      await this.#acks.atServer(id, this.#timing.ackMs);
      return id;
    } catch (thrown) {
      const error = thrown instanceof SendError ? thrown : new SendError('unreachable', toError(thrown).message);
      if (!begun || error.mayHaveArrived) throw error;
      throw new SendError(error.reason, error.message, { cause: error, mayHaveArrived: true });
    }
  }

  async findSent(...[to, content, { since, isOther }]: Parameters<SentSearch['findSent']>) {
    const pieces = toPieces(content, to.id);
    const own = await this.#supervisor.ask('sentIn', { chatId: to.id, since }, this.#timing.sendMs);
    const left = new Set(own.filter(({ id, ack }) => ack !== 'failed' && !this.#sent.has(id)));
    const found = new Map<number, OwnMessage>();
    for (const [index, piece] of pieces.entries()) {
      for (const message of left) {
        if (!says(message, piece) || (await isOther(message.id))) continue;
        found.set(index, message);
        left.delete(message);
        break;
      }
    }
    for (const message of found.values()) this.#requireTaken(message);
    const last = found.get(pieces.length - 1);
    if (found.size < pieces.length || last === undefined) {
      this.#noteArrived(keyOf(to, content), new Map([...found].map(([index, { id }]) => [index, id])));
      return null;
    }
    for (const { id } of found.values()) remember(this.#sent, id);
    return { externalId: last.id };
  }

  /** @throws {SendError} for a message that the page has and WhatsApp has not */
  #requireTaken({ id, at, ack }: OwnMessage): void {
    if (ack !== null) return;
    if (Date.now() - at.getTime() > STUCK_MS) this.#log.warn({ at }, 'WhatsApp has not taken a message for minutes');
    this.#acks.told(id, null);
    throw new SendError('unreachable', 'the message is still on its way', { mayHaveArrived: true });
  }

  #noteArrived(key: string, pieces: ReadonlyMap<number, string>): void {
    if (this.#arrived.size >= REMEMBERED) this.#arrived.clear();
    if (pieces.size > 0) this.#arrived.set(key, pieces);
    else this.#arrived.delete(key);
  }

  async fetch(ref: string): Promise<ReadableStream<Uint8Array>> {
    const bytes = await this.#supervisor.ask('fetch', { messageId: ref, maxBytes: MAX_FILE_BYTES }, FETCH_MS);
    return new Blob([new Uint8Array(bytes)]).stream();
  }

  #happened(event: ChildEvent): void {
    switch (event.event) {
      case 'qr':
        this.#onCode({ kind: 'qr', value: event.value });
        break;
      case 'code':
        this.#onCode({ kind: 'pairing', value: event.value });
        break;
      case 'messages':
        this.#inflow.add(event.payloads);
        break;
      case 'acks':
        this.#noteAcks(event.acks);
        break;
      case 'ready':
        this.#inflow.readBack();
        void this.#askAcks();
    }
  }

  #noteAcks(acks: readonly { readonly id: string; readonly ack: OwnMessage['ack'] }[]): void {
    for (const { id, ack } of acks) this.#acks.told(id, ack);
    const told = acks.flatMap(({ id, ack }) => (isAck(ack) ? [{ externalId: id, ack }] : []));
    if (told.length === 0) return;
    this.#status.note({ lastAckAt: new Date() });
    this.#tellAcks(told);
  }

  /** What changed while nobody listened. */
  async #askAcks(): Promise<void> {
    const ids = this.#acks.unread(ACKS_ASKED);
    if (ids.length === 0) return;
    const acks = await this.#supervisor.ask('acksOf', { ids }).catch(() => []);
    this.#noteAcks(acks);
  }
}

function isAck(ack: OwnMessage['ack']): ack is Ack {
  return ack !== null && ack !== 'failed';
}

/** @throws {SendError} `rejected` where its file cannot be read */
async function bytesOf({ file }: Piece): Promise<number> {
  if (file === undefined) return 0;
  const { size } = await stat(file.path).catch((cause: unknown) => {
    throw new SendError('rejected', 'the file to send cannot be read', { cause });
  });
  return size;
}

function keyOf(to: ChannelAddress, content: OutboundContent): string {
  return JSON.stringify([to.id, content]);
}

function remember(set: Set<string>, id: string): void {
  set.add(id);
  const [oldest] = set;
  if (set.size > REMEMBERED && oldest !== undefined) set.delete(oldest);
}
