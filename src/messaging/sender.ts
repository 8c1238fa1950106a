import { setTimeout as delay } from 'node:timers/promises';
import { toError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { type Channel, SendError } from './contract.ts';
import { EarlierSends } from './earlier-sends.ts';
import { Lanes, type Taken } from './lanes.ts';
import type { Lease } from './lease.ts';
import { closeLink, isLinked } from './link.ts';
import type { Outgoing, OutgoingSource } from './outgoing.ts';
import { ThrottledChats } from './throttled-chats.ts';
import { Tick } from './tick.ts';

export interface SenderOptions {
  readonly channel: Channel;
  readonly lease: Lease;
  readonly ttlMs: number;
  /** In order of priority: replies overtake announcements. */
  readonly sources: readonly OutgoingSource[];
  readonly log: Logger;
  /** The lease was taken: receiving may begin. */
  readonly onHeld: () => Promise<void>;
  readonly onLost: () => Promise<void>;
  /** Messages on the wire at the same time. */
  readonly parallel: number;
  /** Of all but the first source, beside those; absent: a part of `parallel`. */
  readonly laterParallel?: number;
  /** How long it may take until replies of another process are noticed. */
  readonly lookMs: number;
  readonly onSend?: (send: { ms: number; failure: string | null }) => void;
  /** Whether the platform's id is known as that of a message that was sent before; absent: none is. */
  readonly isSent?: (externalId: string) => Promise<boolean>;
}

const MISCONFIGURED_PAUSE_MS = 60_000;
/** What the pace held back is asked for no more often. */
const TICK_MS = 2;
/** How much of the wire all but the first source may fill: a platform that stalls must not stop the replies. */
const LATER_SHARE = 2 / 3;
/** A stop waits so long for a platform that stalls: whoever stops us kills after ten seconds. */
const STOP_WITHIN_MS = 5_000;

/**
 * Sends everything of one channel account while it holds the lease. Of one chat one message at a time, in order;
 * different chats side by side. It alone decides what a failure means for the account; the source decides for the
 * message.
 */
export class Sender {
  readonly #options: SenderOptions;
  readonly #lanes: Lanes;
  readonly #throttled = new ThrottledChats();
  readonly #earlier: EarlierSends;
  #holding = false;
  /** Of the lease, as last seen by a renewal. */
  #epoch = 0;
  #pausedUntil = 0;
  #pumping = false;
  #again = false;
  #stopping = false;
  readonly #tick = new Tick(() => this.wake());
  #stopped = new AbortController();
  #loops: Promise<void>[] = [];

  constructor(options: SenderOptions) {
    this.#options = options;
    this.#lanes = new Lanes({ send: (taken) => this.#send(taken), onEmpty: () => this.wake() });
    this.#earlier = new EarlierSends(options.channel, options.isSent ?? (async () => false));
  }

  get state(): 'holding' | 'standby' {
    return this.#holding ? 'holding' : 'standby';
  }

  /** Tries for the lease at once and goes on trying; resolves after the first try. */
  async start(): Promise<void> {
    await this.#renew();
    this.#loops = [
      this.#every(this.#options.ttlMs / 3, () => this.#renew()),
      this.#every(this.#options.lookMs, () => this.look()),
    ];
    this.wake();
  }

  /** Sends the replies that are queued, writes it down and gives the lease back; what a platform that stalls left open is sent again. */
  async stop(): Promise<void> {
    const deadline = performance.now() + STOP_WITHIN_MS;
    this.#stopping = true;
    await this.quiet(deadline);
    this.#stopped.abort();
    this.#tick.clear();
    await Promise.allSettled(this.#loops);
    await this.quiet(deadline);
    if (this.#lanes.count > 0) {
      const { log, channel } = this.#options;
      log.warn({ channel: channel.name, count: this.#lanes.count }, 'messages without an answer are sent again later');
    }
    await closeLink(this.#options.channel); // before another process opens one of its own
    await this.#options.lease.release();
    this.#holding = false;
  }

  /**
   * Resolves once nothing that may go now is left and nothing is on the wire, or at the deadline; what was sent is
   * written down.
   */
  async quiet(deadline = Number.POSITIVE_INFINITY): Promise<void> {
    do {
      while (this.#isBusy() && performance.now() < deadline) await delay(2);
      for (const source of this.#options.sources) await source.flush();
    } while (this.#isBusy() && performance.now() < deadline); // a message sent lets the next one of its chat go
  }

  #isBusy(): boolean {
    return this.#lanes.count > 0 || this.#pumping;
  }

  /** Says that a source has something new. */
  wake(): void {
    this.#again = true;
    if (this.#pumping) return;
    this.#pumping = true;
    void this.#pump();
  }

  async #every(ms: number, work: () => Promise<void> | void): Promise<void> {
    const { signal } = this.#stopped;
    while (!signal.aborted) {
      await delay(ms, undefined, { signal }).catch(() => undefined);
      if (!signal.aborted) await work();
    }
  }

  async #renew(): Promise<void> {
    const { lease, log, channel, onHeld, onLost } = this.#options;
    try {
      const held = await lease.acquire();
      if (held && lease.epoch !== this.#epoch) {
        this.#epoch = lease.epoch;
        for (const source of this.#options.sources) source.reset();
      }
      if (held && !this.#holding) {
        this.#pausedUntil = performance.now() + (await lease.pausedMs());
        await onHeld();
        this.#holding = true;
        this.look();
      } else if (!held && this.#holding) {
        this.#holding = false;
        log.warn({ channel: channel.name, account: channel.account }, 'another process sends for this account now');
        await onLost();
      }
    } catch (thrown) {
      log.error({ err: toError(thrown), channel: channel.name }, 'the lease could not be renewed');
    }
  }

  /** Looks for what other processes wrote, and for what has become due. */
  look(): void {
    if (!this.#holding) return;
    for (const source of this.#options.sources) source.look();
    this.wake();
  }

  async #pump(): Promise<void> {
    const { sources, log } = this.#options;
    try {
      while (this.#again) {
        this.#again = false;
        for (const source of sources) {
          if (!(await this.#takeFrom(source))) continue;
          this.#again = true; // what stands before it comes first again
          break;
        }
      }
    } catch (thrown) {
      log.error({ err: toError(thrown) }, 'messages to send could not be read');
    } finally {
      this.#pumping = false;
      this.#setTick();
    }
  }

  /** Whether there was something to take. */
  async #takeFrom(source: OutgoingSource): Promise<boolean> {
    const first = source === this.#options.sources[0];
    const room = this.#room(first);
    if (room <= 0 || !this.#mayStart() || (this.#stopping && !first)) return false;
    const epoch = this.#epoch;
    const items = await source.take(room, epoch);
    for (const item of items) this.#enqueue({ source, item, epoch, later: !first });
    return items.length > 0;
  }

  /** How many more may be on the wire. */
  #room(first: boolean): number {
    const { parallel, laterParallel } = this.#options;
    const { count, laterCount } = this.#lanes;
    if (laterParallel === undefined) return (first ? parallel : Math.ceil(parallel * LATER_SHARE)) - count;
    return first ? parallel - (count - laterCount) : laterParallel - laterCount;
  }

  /** Wakes again when the pace allows more. */
  #setTick(): void {
    const waits = this.#options.sources.map((source) => source.heldBackMs()).filter((ms) => ms !== null);
    if (waits.length === 0 || this.#stopping) return;
    this.#tick.in(Math.max(TICK_MS, Math.min(...waits)));
  }

  #mayStart(): boolean {
    const open = !this.#stopped.signal.aborted && this.#holding && this.#options.lease.held();
    return open && isLinked(this.#options.channel) && performance.now() >= this.#pausedUntil;
  }

  #enqueue(taken: Taken): void {
    const throttledMs = this.#throttled.waitMs(taken.item.to.id);
    if (throttledMs > 0) taken.source.release(taken.item, throttledMs);
    else this.#lanes.add(taken);
  }

  /** Null: sent. */
  async #send({ source, item, epoch }: Taken): Promise<SendError | null> {
    const { channel, lease, onSend } = this.#options;
    const mayGoOn = () => lease.held() && lease.epoch === epoch;
    if (!mayGoOn()) return this.#leave(source, item);
    const startedAt = performance.now();
    try {
      const found = await this.#earlier.find(item);
      if (found === null && !mayGoOn()) return this.#leave(source, item);
      const { externalId } = found ?? (await channel.send(item.to, item.content, mayGoOn));
      if (found === null) onSend?.({ ms: performance.now() - startedAt, failure: null });
      this.#earlier.note(externalId);
      source.sent(item, externalId, found !== null);
      return null;
    } catch (thrown) {
      const error =
        thrown instanceof SendError
          ? thrown
          : new SendError('rejected', toError(thrown).message, {
              cause: thrown,
            });
      onSend?.({ ms: performance.now() - startedAt, failure: error.reason });
      await this.#failed(source, item, error);
      return error;
    }
  }

  async #failed(source: OutgoingSource, item: Outgoing, error: SendError): Promise<void> {
    const { log } = this.#options;
    try {
      await this.#pauseAccountIfNeeded(item, error);
    } catch (thrown) {
      // this process keeps to the pause all the same
      log.error({ err: toError(thrown) }, 'a pause of the account could not be written down');
    }
    try {
      await source.failed(item, error);
    } catch (thrown) {
      log.error({ err: toError(thrown) }, 'a failed send could not be written down');
      source.release(item, 0);
    }
  }

  /** Another process may send by now: it is left to it. */
  #leave(source: OutgoingSource, item: Outgoing): SendError {
    source.release(item, 0);
    return new SendError('unreachable', 'the lease ended before the send', { retryAfterMs: 0 });
  }

  async #pauseAccountIfNeeded(item: Outgoing, error: SendError): Promise<void> {
    if (error.reason === 'misconfigured') return this.#pause(MISCONFIGURED_PAUSE_MS);
    const waitMs = error.reason === 'throttled' ? this.#throttled.note(item.to.id, error) : null;
    if (waitMs !== null) await this.#pause(waitMs);
  }

  async #pause(ms: number): Promise<void> {
    this.#pausedUntil = performance.now() + ms;
    await this.#options.lease.pause(ms);
  }
}
