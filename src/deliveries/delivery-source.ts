import type { Context } from '../core/context.ts';
import { toError } from '../core/errors.ts';
import type { SendError } from '../messaging/contract.ts';
import type { OutgoingSource } from '../messaging/outgoing.ts';
import { type Pace, TokenBucket } from '../messaging/pace.ts';
import { followAddress, giveUpAddress } from './change-address.ts';
import {
  type ClaimedDelivery,
  claimDueDeliveries,
  lookForDeliveries,
  recoverDeliveries,
  type SenderOf,
} from './claim.ts';
import { completeDeliveries, failDelivery, postponeDelivery, releaseDeliveries } from './complete.ts';
import { afterFailure } from './rules.ts';

export interface DeliverySourceOptions {
  readonly ctx: Context;
  readonly of: SenderOf;
  /** Null: as fast as the platform takes them. */
  readonly pace: Pace | null;
}

/**
 * Deliveries of one account, in the order they fall due, as fast as the pace allows. What is given is claimed in the
 * table first, so that after a crash it is known what was on the wire. Completions are written together.
 */
export class DeliverySource implements OutgoingSource<ClaimedDelivery> {
  readonly #options: DeliverySourceOptions;
  readonly #bucket: TokenBucket | null;
  /** Claimed by this process and not yet written down as anything else. */
  readonly #onWire = new Set<number>();
  /** Chats that take nothing until then, by the monotonic clock. */
  readonly #pausedChats = new Map<string, number>();
  #sent: (ClaimedDelivery & { readonly externalId: string })[] = [];
  #untried: ClaimedDelivery[] = [];
  #flushing: Promise<void> | null = null;
  #lookDue = true;
  /** There may be something to claim. */
  #due = false;
  /** Whatever is on the wire by the table was left there by somebody else. */
  #inherits = true;

  constructor(options: DeliverySourceOptions) {
    this.#options = options;
    this.#bucket = options.pace && new TokenBucket(options.pace.perSecond);
  }

  look(): void {
    this.#lookDue = true;
    this.#flush();
  }

  reset(): void {
    this.#inherits = true;
    this.#lookDue = true;
  }

  heldBackMs(): number | null {
    const wants = this.#due || this.#lookDue;
    return wants && this.#bucket !== null && this.#bucket.available < 1 ? this.#bucket.waitMs : null;
  }

  async take(most: number, epoch: number): Promise<readonly ClaimedDelivery[]> {
    const limit = Math.min(most, this.#bucket?.available ?? most);
    if (limit < 1) return [];
    await this.#flushing; // until it is written down, a sent one holds back the next of its chat
    if (this.#lookDue) await this.#look(epoch);
    if (!this.#due) return [];
    this.#due = false;
    const { ctx, of } = this.#options;
    const claimed = await claimDueDeliveries(ctx.db, of, { epoch, limit, pausedChats: this.#paused() });
    if (claimed.length === limit) this.#due = true;
    this.#bucket?.spend(claimed.length);
    for (const { id } of claimed) this.#onWire.add(id);
    return claimed;
  }

  async #look(epoch: number): Promise<void> {
    this.#lookDue = false;
    const { ctx, of } = this.#options;
    const onWire = [...this.#onWire];
    const inherits = this.#inherits;
    const { due, leftBehind } = await lookForDeliveries(ctx.db, of, { epoch, onWire });
    if (due) this.#due = true;
    if (!leftBehind && !inherits) return;
    const count = await recoverDeliveries(ctx.db, of, { epoch, onWire, all: inherits });
    this.#inherits = false;
    if (count === 0) return;
    this.#due = true;
    ctx.log.warn({ ...of, count }, 'deliveries were on the wire when their sender ended; they are sent again');
  }

  sent(item: ClaimedDelivery, externalId: string): void {
    const gapMs = this.#options.pace?.chatGapMs(item.to.id) ?? 0;
    if (gapMs > 0) this.#pauseChat(item.to.id, gapMs);
    this.#sent.push({ ...item, externalId });
    this.#due = true;
    this.#flush();
  }

  release(item: ClaimedDelivery, waitMs: number): void {
    if (waitMs > 0) this.#pauseChat(item.to.id, waitMs);
    this.#untried.push(item);
    this.#flush();
  }

  async failed(item: ClaimedDelivery, error: SendError): Promise<void> {
    const { ctx } = this.#options;
    const decision = afterFailure(error, item.attempts);
    const about = { delivery: item.id, channel: item.to.channel, reason: error.reason };
    switch (decision.what) {
      case 'fail':
        await failDelivery(ctx.db, item, decision.reason);
        ctx.log.error({ ...about, err: error }, 'a delivery was given up');
        break;
      case 'give-up-address':
        await failDelivery(ctx.db, item, decision.reason);
        await giveUpAddress(ctx, item.to, decision.reason);
        ctx.log.info(about, 'a delivery has nobody who takes it');
        break;
      case 'follow':
        await followAddress(ctx, item.to, decision.toId);
        await this.#postpone(item, { waitMs: 0, reason: 'moved', mayHaveArrived: false });
        this.#due = true;
        break;
      case 'retry':
        await this.#postpone(item, { ...decision, mayHaveArrived: error.mayHaveArrived });
    }
    this.#onWire.delete(item.id);
  }

  async #postpone(item: ClaimedDelivery, args: Parameters<typeof postponeDelivery>[2]): Promise<void> {
    const { ctx } = this.#options;
    const status = await postponeDelivery(ctx.db, item, args);
    if (status === 'failed')
      ctx.log.warn({ delivery: item.id, reason: args.reason }, 'a delivery did not succeed before its deadline');
  }

  async flush(): Promise<void> {
    await this.#flushing;
  }

  #flush(): void {
    if (this.#sent.length > 0 || this.#untried.length > 0) this.#flushing ??= this.#flushLoop();
  }

  async #flushLoop(): Promise<void> {
    const { db, log } = this.#options.ctx;
    try {
      while (this.#sent.length > 0 || this.#untried.length > 0) {
        await this.#write(this.#sent, (items) => completeDeliveries(db, items));
        await this.#write(this.#untried, (items) => releaseDeliveries(db, items));
      }
    } catch (thrown) {
      log.error({ err: toError(thrown) }, 'what became of deliveries could not be written down');
    } finally {
      this.#flushing = null;
    }
  }

  /** What could not be written stays in the list for the next ones, or for the next look. */
  async #write<Item extends ClaimedDelivery>(list: Item[], write: (items: readonly Item[]) => Promise<void>) {
    if (list.length === 0) return;
    const items = list.slice();
    await write(items);
    list.splice(0, items.length);
    for (const { id } of items) this.#onWire.delete(id);
  }

  #pauseChat(chat: string, ms: number): void {
    this.#pausedChats.set(chat, Math.max(performance.now() + ms, this.#pausedChats.get(chat) ?? 0));
  }

  #paused(): string[] {
    const now = performance.now();
    for (const [chat, until] of this.#pausedChats) if (until <= now) this.#pausedChats.delete(chat);
    return [...this.#pausedChats.keys()];
  }
}
