import { setTimeout as delay } from 'node:timers/promises';
import { toError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import type { InboundEvent } from '../../messaging/contract.ts';
import { isGroup, toEvent } from './inbound.ts';
import type { Verbs } from './ipc.ts';
import type { WhatsAppPayload } from './payload.ts';
import type { StatusFile } from './status-file.ts';
import type { Supervisor } from './supervisor.ts';

interface InflowOptions {
  readonly supervisor: Pick<Supervisor, 'ask' | 'state'>;
  readonly status: StatusFile;
  readonly lastStoredAt: () => Promise<Date | null>;
  /** A read-back that failed is made again after so long. */
  readonly againMs: number;
  readonly log: Logger;
}

type Receive = (events: InboundEvent[]) => Promise<void>;

/** Phones are slow and clocks are wrong: what is read back begins so long before what is known to be stored. */
const OVERLAP_MS = 600_000;
const READ_BACK_MS = 300_000;
const RETRY_MS = 1_000;
/** A chat that fails so often fails for good, and would keep what is noted as read where it is. */
const MOST_READ_BACKS = 5;
/** What came later than it was written is unread, and no older: the inbox must still know what it has. */
const LATE_MS = 30 * 24 * 3_600_000;
const NOTE_EVERY_MS = 30_000;

/**
 * What people wrote, from the browser to the inbox. WhatsApp takes a message as delivered once the browser has it: what
 * was not stored then is read back after each start, and told apart by its id from what was.
 */
export class Inflow {
  readonly #options: InflowOptions;
  #receive: Receive | null = null;
  #waiting: WhatsAppPayload[] = [];
  #storing: Promise<void> | null = null;
  #reading: Promise<void> | null = null;
  /** All that came before this connection is in the inbox. */
  #caughtUp = false;
  #closing = new AbortController();
  #notes: NodeJS.Timeout | null = null;

  constructor(options: InflowOptions) {
    this.#options = options;
  }

  open(receive: Receive): void {
    this.#receive = receive;
    this.#closing = new AbortController();
    this.#notes ??= setInterval(() => this.#noteReadUpTo(), NOTE_EVERY_MS).unref();
  }

  /** What has come is stored; what comes after it is left for the next start. */
  async close(): Promise<void> {
    this.#noteReadUpTo();
    this.#receive = null;
    this.#closing.abort();
    if (this.#notes) clearInterval(this.#notes);
    this.#notes = null;
    await this.#storing; // what is read back now is read back again
  }

  add(payloads: readonly WhatsAppPayload[]): void {
    if (this.#receive === null) return;
    this.#waiting.push(...payloads);
    this.#storing ??= this.#store();
  }

  /** After each start, and whenever the connection was made anew. */
  readBack(): void {
    this.#caughtUp = false;
    this.#reading ??= this.#readBack(this.#closing.signal).finally(() => {
      this.#reading = null;
    });
  }

  async #store(): Promise<void> {
    const { status, supervisor, log } = this.#options;
    while (this.#waiting.length > 0) {
      const payloads = this.#waiting.splice(0);
      const receive = this.#receive;
      if (receive === null) break;
      try {
        await receive(payloads.map(toEvent));
        status.note({ lastInboundAt: new Date() });
      } catch (thrown) {
        log.error({ err: toError(thrown) }, 'messages from WhatsApp could not be stored yet');
        this.#waiting.unshift(...payloads);
        await delay(RETRY_MS, undefined, { signal: this.#closing.signal }).catch(() => undefined);
        continue;
      }
      const chatIds = [...new Set(payloads.map(({ chatId }) => chatId))].filter((id) => !isGroup(id));
      // two blue ticks, for which nobody waits
      supervisor.ask('seen', { chatIds }).catch(() => undefined);
    }
    this.#storing = null;
  }

  async #readBack(signal: AbortSignal): Promise<void> {
    const { supervisor, log, againMs } = this.#options;
    let left = MOST_READ_BACKS;
    while (!signal.aborted && !this.#caughtUp) {
      this.#caughtUp = true; // unless it is asked for again meanwhile
      try {
        const { failed, cut } = await supervisor.ask('readBack', await this.#missing(), READ_BACK_MS);
        if (cut > 0) log.warn({ chats: cut }, 'of chats with very many messages only the last ones were read back');
        if (failed === 0) continue;
        log.warn({ chats: failed }, 'chats could not be read back');
        if (--left === 0) continue;
      } catch (thrown) {
        this.#caughtUp = false;
        // a start or a new connection asks for it again
        if (supervisor.state !== 'ready') return;
        log.warn({ err: toError(thrown) }, 'what came meanwhile could not be read back yet');
      }
      this.#caughtUp = false;
      await delay(againMs, undefined, { signal }).catch(() => undefined);
    }
    this.#noteReadUpTo();
  }

  /**
   * Since the earlier of what the inbox says, which may come from a backup, and what we noted; of a new number, its
   * linking. What the phone of a number that took the place of another said before is none of ours.
   */
  async #missing(): Promise<Verbs['readBack']['args']> {
    const { readUpTo, linkedAt, notBefore } = this.#options.status.get();
    const stored = await this.#options.lastStoredAt();
    const known = [readUpTo, stored].filter((at) => at !== null).map((at) => at.getTime());
    const linkedAtMs = linkedAt?.getTime() ?? Date.now();
    const from = known.length > 0 ? Math.min(...known) : linkedAtMs;
    return {
      since: new Date(Math.max(from - OVERLAP_MS, notBefore?.getTime() ?? 0)),
      unreadSince: new Date(Math.max(linkedAtMs, Date.now() - LATE_MS)),
    };
  }

  #noteReadUpTo(): void {
    const { supervisor, status } = this.#options;
    const all = this.#caughtUp && this.#reading === null && this.#storing === null;
    if (all && this.#receive !== null && supervisor.state === 'ready') status.note({ readUpTo: new Date() });
  }
}
