import type { Database } from '../core/context.ts';
import type { Logger } from '../core/logger.ts';
import type { Channel, ChannelAddress, InboundEvent } from './contract.ts';
import { Lease } from './lease.ts';
import { closeLink } from './link.ts';
import type { OutgoingSource } from './outgoing.ts';
import type { Pacer } from './pacer.ts';
import { piecesOn } from './pieces.ts';
import type { StoredReply } from './replies.ts';
import { ReplySource, type ReplySourceOptions } from './reply-source.ts';
import { Sender, type SenderOptions } from './sender.ts';

export interface AccountOptions extends Pick<ReplySourceOptions, 'onUnreachable' | 'onMoved'> {
  readonly db: Database;
  readonly channel: Channel;
  readonly holder: string;
  readonly ttlMs: number;
  readonly force: boolean;
  readonly receive: (events: InboundEvent[]) => Promise<void>;
  /** Webhooks reach any process, so each receives; pollers only where the lease is held. */
  readonly receiveAlways: boolean;
  readonly parallel: number;
  /** Of what else is sent, beside the replies; absent: a part of `parallel`. */
  readonly laterParallel?: number;
  /** Counts the replies for those who have to wait for them. */
  readonly pacer: Pacer;
  /** What else is sent for the account, in order of priority; replies come before all of it. */
  readonly laterSources?: readonly OutgoingSource[];
  readonly log: Logger;
  readonly onSend?: NonNullable<SenderOptions['onSend']>;
  readonly isSent?: NonNullable<SenderOptions['isSent']>;
}

/** Replies of another process are noticed after so long at the latest, where no NOTIFY comes. */
const LOOK_MS = 500;

/** One account of a channel: who receives for it, who sends, and what waits to be sent. */
export class Account {
  readonly channel: Channel;
  readonly #options: AccountOptions;
  readonly #replies: ReplySource;
  readonly #sender: Sender;
  #receiving = false;

  constructor(options: AccountOptions) {
    const { db, channel, holder, ttlMs, force, log, parallel, laterParallel } = options;
    const { onUnreachable, onMoved, onSend, isSent, pacer } = options;
    this.channel = channel;
    this.#options = options;
    const { name, account } = channel;
    const pieces = piecesOn(channel);
    this.#replies = new ReplySource({ db, channel: name, account, log, onUnreachable, onMoved, pacer, pieces });
    this.#sender = new Sender({
      channel,
      lease: new Lease({ db, channel: name, account, holder, ttlMs, force }),
      ttlMs,
      sources: [this.#replies, ...(options.laterSources ?? [])],
      log,
      onHeld: () => this.#receive(),
      onLost: () => this.#onLost(),
      parallel,
      ...(laterParallel === undefined ? {} : { laterParallel }),
      lookMs: LOOK_MS,
      ...(onSend ? { onSend } : {}),
      ...(isSent ? { isSent } : {}),
    });
  }

  /** Whether this process sends for the account. */
  get holds(): boolean {
    return this.#sender.state === 'holding';
  }

  sendsFor({ channel, account }: ChannelAddress): boolean {
    return this.holds && channel === this.channel.name && account === this.channel.account;
  }

  /** Sends those that are this account's; others are left to whoever holds theirs. */
  add(replies: readonly StoredReply[]): void {
    const own = replies.filter(({ to }) => this.sendsFor(to));
    if (own.length === 0) return;
    this.#replies.add(own);
    this.#sender.wake();
  }

  /** Looks at once for what is to be sent and was not told to this process. */
  look(): void {
    this.#sender.look();
  }

  /** Resolves once the lease has been tried for; receiving begins with it. */
  async start(): Promise<void> {
    if (this.#options.receiveAlways) await this.#receive();
    await this.#sender.start();
  }

  async stopReceiving(): Promise<void> {
    if (!this.#receiving) return;
    this.#receiving = false;
    await this.channel.stop();
  }

  /** Sends what waits, then lets the lease go. */
  async stop(): Promise<void> {
    await this.stopReceiving();
    await this.#sender.stop();
  }

  /** Resolves once nothing of this account waits to be sent. */
  async quiet(): Promise<void> {
    await this.#sender.quiet();
  }

  async #receive(): Promise<void> {
    if (this.#receiving) return;
    this.#receiving = true;
    try {
      await this.channel.start(this.#options.receive);
    } catch (thrown) {
      this.#receiving = false;
      throw thrown;
    }
  }

  async #onLost(): Promise<void> {
    if (this.#options.receiveAlways) return;
    await this.stopReceiving();
    await closeLink(this.channel);
  }
}
