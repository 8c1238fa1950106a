import { toError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type {
  Ack,
  Acks,
  Aging,
  Channel,
  InboundEvent,
  Link,
  Media,
  OutboundContent,
  Pieces,
  SentSearch,
} from '../../messaging/contract.ts';
import { Files } from './files.ts';
import { ACCOUNT } from './inbound.ts';
import { Inflow } from './inflow.ts';
import type { ChildEvent, OwnMessage } from './ipc.ts';
import { toPieces } from './outbound.ts';
import { Profile } from './profile.ts';
import { readMessage } from './read.ts';
import { Sends } from './sends.ts';
import { SentAcks } from './sent-acks.ts';
import { ageDays, StatusFile, type WhatsAppStatus } from './status-file.ts';
import { Supervisor } from './supervisor.ts';
import { TIMING, type WhatsAppTiming } from './timing.ts';

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
  /** The ids of up to `most` messages that are stored as sent and not as read, newest first. */
  readonly listUnread: (most: number) => Promise<readonly string[]>;
  /** Called with each new QR or pairing code. */
  readonly onCode?: (code: { readonly kind: 'qr' | 'pairing'; readonly value: string }) => void;
  readonly timing?: Partial<WhatsAppTiming>;
}

export interface WhatsAppChannel extends Channel, Media, Pieces, Acks, Aging, SentSearch, Link {
  readonly status: WhatsAppStatus;
  /** Notes what staff were told of the link; null: that it is back. */
  noteTold(told: WhatsAppStatus['told']): void;
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

/** Of so many of the last messages, how far they got is asked for at each `ready`, some at a time. */
const ACKS_ASKED = 500;
const ACKS_AT_ONCE = 50;

class WhatsApp implements WhatsAppChannel {
  readonly name = 'whatsapp';
  readonly account = ACCOUNT;
  readonly #log: Logger;
  readonly #timing: WhatsAppTiming;
  readonly #status: StatusFile;
  readonly #supervisor: Supervisor;
  readonly #inflow: Inflow;
  readonly #files: Files;
  readonly #acks = new SentAcks();
  readonly #sends: Sends;
  readonly #listUnread: WhatsAppOptions['listUnread'];
  readonly #onCode: NonNullable<WhatsAppOptions['onCode']>;
  #tellAcks: Parameters<Acks['tellAcks']>[0] = () => {};
  #running = false;

  constructor(options: WhatsAppOptions) {
    const { dataDir, log, timeZone, chromium, pairPhone, lastStoredAt, listUnread, onCode = () => {} } = options;
    this.#log = log;
    this.#listUnread = listUnread;
    this.#onCode = onCode;
    this.#timing = { ...TIMING, ...options.timing };
    const profile = new Profile(dataDir);
    this.#status = new StatusFile(profile.dir, log);
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
    const supervisor = this.#supervisor;
    const status = this.#status;
    this.#files = new Files(supervisor);
    this.#sends = new Sends({ supervisor, acks: this.#acks, timing: this.#timing, log });
    this.#inflow = new Inflow({ supervisor, status, lastStoredAt, againMs: this.#timing.readAgainMs, log });
  }

  get status(): WhatsAppStatus {
    return this.#status.get();
  }

  get linked(): boolean {
    return this.#running && this.#supervisor.state === 'ready';
  }

  noteTold(told: WhatsAppStatus['told']): void {
    this.#status.set({ told });
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

  send(...args: Parameters<Channel['send']>): ReturnType<Channel['send']> {
    return this.#sends.send(...args);
  }

  findSent(...args: Parameters<SentSearch['findSent']>): ReturnType<SentSearch['findSent']> {
    return this.#sends.findSent(...args);
  }

  fetch(ref: string): ReturnType<Media['fetch']> {
    return this.#files.fetch(ref);
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

  /** What changed while nobody listened: in the browser's absence, or in ours. */
  async #askAcks(): Promise<void> {
    try {
      const ids = [...new Set([...this.#acks.unread(ACKS_ASKED), ...(await this.#listUnread(ACKS_ASKED))])];
      for (let at = 0; at < ids.length; at += ACKS_AT_ONCE) {
        const some = ids.slice(at, at + ACKS_AT_ONCE);
        this.#noteAcks(await this.#supervisor.ask('acksOf', { ids: some }));
      }
    } catch (thrown) {
      this.#log.warn({ err: toError(thrown) }, 'how far messages got could not be asked; the next start does');
    }
  }
}

function isAck(ack: OwnMessage['ack']): ack is Ack {
  return ack !== null && ack !== 'failed';
}
