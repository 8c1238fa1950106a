import type { Database } from '../core/context.ts';
import { toError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { type BackOff, waitMs } from './back-off.ts';
import type { ChannelAddress, ChannelName, OutboundContent, SendError } from './contract.ts';
import type { Going, Outcome } from './limits/limit.ts';
import { outcomeOf } from './limits/outcome.ts';
import type { Outgoing, OutgoingSource } from './outgoing.ts';
import type { Pacer } from './pacer.ts';
import { deleteReplies, listWaitingReplies, moveReplies, postponeReply } from './replies.ts';

export interface ReplySourceOptions {
  readonly db: Database;
  readonly channel: ChannelName;
  readonly account: string;
  readonly log: Logger;
  /** The platform will not take messages for this address any more. */
  readonly onUnreachable: (address: ChannelAddress, reason: 'blocked' | 'gone') => Promise<void>;
  readonly onMoved: (address: ChannelAddress, toId: string) => Promise<void>;
  readonly pacer: Pacer;
  readonly pieces: (content: OutboundContent) => number;
}

const BACK_OFF: BackOff = { firstMs: 1000, longestMs: 60_000 };
/** A week of attempts at the longest back-off: then nobody waits for this answer any more. */
const MOST_ATTEMPTS = 10_080;
const PAGE = 200;

/**
 * Replies of one account. Those committed by this process come by `add` and need no read; those of other processes,
 * or from before a start, are found by a look at the table. Sent ones are deleted in batches.
 */
export class ReplySource implements OutgoingSource {
  readonly #options: ReplySourceOptions;
  readonly #queue: Outgoing[] = [];
  /** Queued or on the wire or sent and not yet deleted. */
  readonly #known = new Set<number>();
  readonly #going = new Map<number, Going & { readonly beganAt: Date }>();
  /** Those of which an attempt may have arrived: since when. Not kept over a start: then an answer may come twice. */
  readonly #triedAt = new Map<number, Date>();
  /** Chats with a reply that has to wait: later ones stay in the table, behind it. */
  readonly #behind = new Set<string>();
  #skipped = 0;
  #sent: number[] = [];
  #flushing: Promise<void> | null = null;
  #lookDue = true;
  #resets = 0;

  constructor(options: ReplySourceOptions) {
    this.#options = options;
  }

  add(replies: readonly Outgoing[]): void {
    for (const reply of replies) {
      if (this.#behind.has(reply.to.id)) this.#skipped++;
      else this.#enqueue(reply);
    }
  }

  #enqueue(reply: Outgoing): void {
    if (this.#known.has(reply.id)) return;
    this.#known.add(reply.id);
    this.#queue.push(reply);
  }

  reset(): void {
    this.#resets++;
    this.#forget(this.#queue.splice(0).map(({ id }) => id));
    this.#lookDue = true;
  }

  look(): void {
    this.#lookDue = true;
    if (this.#sent.length > 0) this.#flushing ??= this.#flushLoop();
  }

  async take(limit: number): Promise<readonly Outgoing[]> {
    if (this.#lookDue && this.#queue.length === 0) {
      this.#lookDue = false;
      const { db, channel, account } = this.#options;
      const skipped = this.#skipped;
      const resets = this.#resets;
      const found = await listWaitingReplies(db, {
        channel,
        account,
        known: [...this.#known],
        limit: PAGE,
      });
      if (resets !== this.#resets) return [];
      for (const reply of found) this.#enqueue(reply);
      const whole = found.length < PAGE && skipped === this.#skipped;
      // what was added while we read, or stands on the next page, is found by the next look
      if (whole) for (const reply of found) this.#behind.delete(reply.to.id);
      else this.#lookDue = true;
    }
    return this.#queue.splice(0, limit).map((item) => this.#begin(item));
  }

  #begin(item: Outgoing): Outgoing {
    const { pacer, pieces } = this.#options;
    this.#going.set(item.id, { ...pacer.begin('reply', pieces(item.content)), beganAt: pacer.clock.now() });
    const triedAt = this.#triedAt.get(item.id);
    return triedAt ? { ...item, triedAt } : item;
  }

  #end(item: Outgoing, outcome: Outcome, mayHaveArrived = false): void {
    const going = this.#going.get(item.id);
    if (!going) return;
    this.#options.pacer.end(going, outcome);
    this.#going.delete(item.id);
    if (mayHaveArrived && !this.#triedAt.has(item.id)) this.#triedAt.set(item.id, going.beganAt);
  }

  /** Never: people who write are answered at once. */
  heldBackMs(): null {
    return null;
  }

  sent(item: Outgoing): void {
    this.#end(item, 'sent');
    this.#triedAt.delete(item.id);
    this.#sent.push(item.id);
    this.#flushing ??= this.#flushLoop();
  }

  release(item: Outgoing): void {
    this.#end(item, 'untried');
    this.#behind.add(item.to.id);
    this.#forget([item.id, ...this.#unqueueChat(item.to)]);
  }

  async flush(): Promise<void> {
    await this.#flushing;
  }

  async #flushLoop(): Promise<void> {
    let ids: number[] = [];
    try {
      while (this.#sent.length > 0) {
        ids = this.#sent.splice(0);
        await deleteReplies(this.#options.db, ids);
        for (const id of ids) this.#known.delete(id);
      }
    } catch (thrown) {
      this.#sent.unshift(...ids); // with the next ones, or at the next look
      this.#options.log.error({ err: toError(thrown) }, 'sent replies could not be removed');
    } finally {
      this.#flushing = null;
    }
  }

  async failed(item: Outgoing, error: SendError): Promise<void> {
    const { db, log, onUnreachable, onMoved } = this.#options;
    this.#end(item, outcomeOf(error), error.mayHaveArrived);
    const attempts = item.attempts ?? 0;
    if (error.reason === 'blocked' || error.reason === 'gone') {
      await onUnreachable(item.to, error.reason);
      const dropped = await this.#dropChat(item);
      this.#forget(dropped);
      for (const id of dropped) this.#triedAt.delete(id);
    } else if (error.reason === 'rejected' || attempts >= MOST_ATTEMPTS) {
      log.error({ err: error, reply: item.id, channel: item.to.channel }, 'a reply was given up');
      await deleteReplies(db, [item.id]);
      this.#forget([item.id]);
      this.#triedAt.delete(item.id);
    } else if (error.reason === 'moved' && error.movedTo !== null) {
      const movedTo = error.movedTo;
      await onMoved(item.to, movedTo);
      await moveReplies(db, item.to, movedTo);
      this.#forget([item.id, ...this.#unqueueChat(item.to)]);
      this.look();
    } else {
      this.#behind.add(item.to.id);
      await postponeReply(db, item.id, waitMs(error, attempts, BACK_OFF));
      this.#forget([item.id, ...this.#unqueueChat(item.to)]);
    }
  }

  async #dropChat(item: Outgoing): Promise<number[]> {
    const ids = [item.id, ...this.#unqueueChat(item.to)];
    await deleteReplies(this.#options.db, ids);
    return ids;
  }

  /** What stands in the queue for this chat comes back from the table, behind the one that failed. */
  #unqueueChat(to: ChannelAddress): number[] {
    const ids = this.#queue.filter((queued) => queued.to.id === to.id).map(({ id }) => id);
    for (let at = this.#queue.length - 1; at >= 0; at--)
      if (this.#queue[at]?.to.id === to.id) this.#queue.splice(at, 1);
    return ids;
  }

  #forget(ids: readonly number[]): void {
    for (const id of ids) this.#known.delete(id);
  }
}
