import type { Database } from '../core/context.ts';
import { toError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import type { SendError } from '../messaging/contract.ts';
import type { Going, Outcome } from '../messaging/limits/limit.ts';
import type { Pacer } from '../messaging/pacer.ts';
import type { ClaimedDelivery } from './claim.ts';
import { completeDeliveries, releaseDeliveries } from './complete.ts';
import type { AckNotes } from './note-acks.ts';

type Sent = ClaimedDelivery & { readonly externalId: string; readonly found: boolean };

interface Failed {
  readonly item: ClaimedDelivery;
  readonly error: SendError;
}

/**
 * What this process has claimed and not yet written down as anything else. What arrived, and what was not tried, is
 * written together, a failure at once; what cannot be written stays for the next ones, or for the next look.
 */
export class Wire {
  readonly #db: Database;
  readonly #log: Logger;
  readonly #pacer: Pacer;
  readonly #going = new Map<number, Going | null>();
  #sent: Sent[] = [];
  #untried: ClaimedDelivery[] = [];
  readonly #failed: Failed[] = [];
  #writing: Promise<void> | null = null;

  /** Told of what is written down as sent. */
  readonly #acks: AckNotes | null;
  /** Writes down what a failure makes of a delivery; again, where it came only halfway. */
  readonly #settle: (item: ClaimedDelivery, error: SendError) => Promise<void>;

  constructor(o: {
    db: Database;
    log: Logger;
    pacer: Pacer;
    acks: AckNotes | null;
    settle: (item: ClaimedDelivery, error: SendError) => Promise<void>;
  }) {
    this.#db = o.db;
    this.#log = o.log;
    this.#pacer = o.pacer;
    this.#acks = o.acks;
    this.#settle = o.settle;
  }

  ids(): number[] {
    return [...this.#going.keys()];
  }

  begin(item: ClaimedDelivery, going: Going): void {
    this.#going.set(item.id, going);
  }

  /** It is off the wire, and not yet written down. Null: it was before. */
  end(item: ClaimedDelivery, outcome: Outcome): Going | null {
    const going = this.#going.get(item.id) ?? null;
    if (going === null) return null;
    this.#pacer.end(going, outcome);
    this.#going.set(item.id, null);
    return going;
  }

  sent(item: Sent): void {
    const going = this.end(item, 'sent');
    this.#pacer.rest(item.to.id, going?.pieces ?? 1);
    this.#sent.push(item);
    this.write();
  }

  release(item: ClaimedDelivery): void {
    this.end(item, 'untried');
    this.#untried.push(item);
    this.write();
  }

  /** Of one that is off the wire. */
  async failed(item: ClaimedDelivery, error: SendError): Promise<void> {
    try {
      await this.#writeFailed({ item, error });
    } catch (thrown) {
      this.#cannotWrite(thrown);
    }
  }

  write(): void {
    if (this.#isLeft()) this.#writing ??= this.#writeAll();
  }

  #isLeft(): boolean {
    return this.#sent.length > 0 || this.#untried.length > 0 || this.#failed.length > 0;
  }

  async written(): Promise<void> {
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    try {
      while (this.#isLeft()) {
        await this.#take(this.#sent, (items) => this.#complete(items));
        await this.#take(this.#untried, (items) => releaseDeliveries(this.#db, items));
        const failed = this.#failed.shift();
        if (failed) await this.#writeFailed(failed);
      }
    } catch (thrown) {
      this.#cannotWrite(thrown);
    } finally {
      this.#writing = null;
    }
  }

  /** Kept where it cannot be written: to give it back as untried would forget that it may have arrived. */
  async #writeFailed({ item, error }: Failed): Promise<void> {
    try {
      await this.#settle(item, error);
      this.#going.delete(item.id);
    } catch (thrown) {
      this.#failed.push({ item, error });
      throw thrown;
    }
  }

  #cannotWrite(thrown: unknown): void {
    this.#log.error({ err: toError(thrown) }, 'what became of deliveries could not be written down');
  }

  async #complete(items: readonly Sent[]): Promise<void> {
    await completeDeliveries(this.#db, items);
    this.#acks?.sent(items.map(({ externalId }) => externalId));
  }

  async #take<Item extends ClaimedDelivery>(list: Item[], write: (items: readonly Item[]) => Promise<void>) {
    if (list.length === 0) return;
    const items = list.slice();
    await write(items);
    list.splice(0, items.length);
    for (const item of items) this.#going.delete(item.id);
  }
}
