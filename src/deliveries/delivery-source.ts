import type { Context } from '../core/context.ts';
import { toError } from '../core/errors.ts';
import type { ChannelAddress, OutboundContent, SendError } from '../messaging/contract.ts';
import type { Going } from '../messaging/limits/limit.ts';
import { outcomeOf } from '../messaging/limits/outcome.ts';
import type { OutgoingSource } from '../messaging/outgoing.ts';
import type { ErrorLimits } from '../messaging/pace.ts';
import type { Pacer } from '../messaging/pacer.ts';
import { followAddress } from './change-address.ts';
import { type ClaimedDelivery, claimBulk, claimPersonal, type DuePlace, type SenderOf } from './claim.ts';
import { failDelivery, postponeDelivery } from './complete.ts';
import { ErrorStreaks, type OnManyErrors } from './error-streaks.ts';
import { listRecentClaims, lookForDeliveries, recoverDeliveries } from './look.ts';
import type { AckNotes } from './note-acks.ts';
import { afterFailure } from './rules.ts';
import { Wire } from './wire.ts';

export interface DeliverySourceOptions {
  readonly ctx: Context;
  readonly of: SenderOf;
  /** Shared by all that is sent for the account. */
  readonly pacer: Pacer;
  /** How many messages of the platform a content becomes; absent: one. */
  readonly pieces?: (content: OutboundContent) => number;
  /** Where the platform tells how far messages got. */
  readonly acks?: AckNotes | null;
  /** The platform takes nothing for this address any more: what waits for it has to be settled. */
  readonly onUnreachable: (address: ChannelAddress, reason: 'blocked' | 'gone') => Promise<void>;
  /** Of one send of an announcement so many have failed; those who blocked us do not count. */
  readonly onManyErrors?: OnManyErrors;
  readonly errors?: ErrorLimits;
}

const ERRORS: ErrorLimits = { inARow: 20, among: { errors: 20, last: 40 } };
/** How many are looked through at once while one after the other is skipped or paused. */
const SCAN_PASSED = 1_000;

/** What an account has to deliver, the personal before what is sent in bulk; a million of those slow nothing personal. */
export function deliverySources(options: DeliverySourceOptions): DeliverySource[] {
  return [new DeliverySource(options, 'personal'), new DeliverySource(options, 'bulk')];
}

/**
 * Deliveries of one account, in the order they fall due, as fast as the pace allows. What is given is claimed in the
 * table first, so that after a crash it is known what was on the wire. Completions are written together.
 */
export class DeliverySource implements OutgoingSource<ClaimedDelivery> {
  readonly #options: DeliverySourceOptions;
  readonly #urgency: 'personal' | 'bulk';
  readonly #wire: Wire;
  readonly #streaks: ErrorStreaks;
  #lookDue = true;
  /** There may be something to claim. */
  #due = false;
  /** The last ones were all passed over, and many more may be. */
  #passing = false;
  /** Where the last claim in bulk began; null: the next one begins with the first that is due. */
  #from: DuePlace | null = null;
  /** How many pieces the last one had. */
  #pieces = 1;
  /** Whatever is on the wire by the table was left there by somebody else. */
  #inherits = true;

  constructor(options: DeliverySourceOptions, urgency: 'personal' | 'bulk') {
    this.#options = options;
    this.#urgency = urgency;
    const { ctx, pacer, acks = null } = options;
    const settle = (item: ClaimedDelivery, error: SendError) => this.#settle(item, error);
    this.#wire = new Wire({ db: ctx.db, log: ctx.log, pacer, acks, settle });
    this.#streaks = new ErrorStreaks(options.errors ?? ERRORS);
  }

  look(): void {
    this.#lookDue = true;
    this.#wire.write();
    this.#options.acks?.write();
  }

  reset(): void {
    this.#inherits = true;
    this.#lookDue = true;
  }

  heldBackMs(): number | null {
    const wants = this.#due || this.#lookDue;
    const { pacer } = this.#options;
    return wants && pacer.room(this.#urgency) < 1 ? pacer.waitMs(this.#urgency) : null;
  }

  async take(most: number, epoch: number): Promise<readonly ClaimedDelivery[]> {
    if (this.#room(most) < 1) return [];
    // until it is written down, a sent one holds back the next of its chat
    if (this.#urgency === 'personal') await this.#wire.written();
    if (this.#lookDue) await this.#look(epoch);
    const limit = this.#room(most);
    if (!this.#due || limit < 1) return [];
    this.#due = false;
    const claimed = await this.#claim(limit, epoch);
    const { pacer, pieces } = this.#options;
    for (const item of claimed) {
      this.#pieces = pieces?.(item.content) ?? 1;
      this.#wire.begin(item, pacer.begin(this.#urgency, this.#pieces));
    }
    return claimed;
  }

  #room(most: number): number {
    const room = this.#options.pacer.room(this.#urgency);
    return room < 1 ? 0 : Math.min(most, Math.max(1, Math.floor(room / this.#pieces)));
  }

  async #claim(limit: number, epoch: number): Promise<ClaimedDelivery[]> {
    const { ctx, of, pacer } = this.#options;
    const args = { epoch, limit, pausedChats: pacer.chats.list() };
    if (this.#urgency === 'personal') {
      const claimed = await claimPersonal(ctx.db, of, args);
      if (claimed.length === limit) this.#due = true;
      return claimed;
    }
    const { claimed, passed, began } = await claimBulk(ctx.db, of, {
      ...args,
      from: this.#from,
      scan: this.#passing ? Math.max(limit, SCAN_PASSED) : limit,
    });
    if (claimed.length + passed >= limit) this.#due = true;
    this.#passing = claimed.length === 0 && passed > 0;
    this.#from = this.#due ? began : null;
    return claimed.map((item) => ({ ...item, content: { ...item.content, bulk: true } }));
  }

  async #look(epoch: number): Promise<void> {
    this.#lookDue = false;
    this.#from = null; // what came back before it is found again
    const { ctx, of, pacer, pieces = () => 1 } = this.#options;
    const inherits = this.#inherits;
    const at = { bulk: this.#urgency === 'bulk', epoch, onWire: this.#wire.ids() };
    if (inherits && at.bulk && pacer.forgetful) pacer.recall(await listRecentClaims(ctx.db, of, pieces));
    const { due, leftBehind } = await lookForDeliveries(ctx.db, of, at);
    if (due) this.#due = true;
    if (!leftBehind && !inherits) return;
    const count = await recoverDeliveries(ctx.db, of, { ...at, all: inherits });
    this.#inherits = false;
    if (count === 0) return;
    this.#due = true;
    ctx.log.warn({ ...of, count }, 'deliveries were on the wire when their sender ended; they are sent again');
  }

  sent(item: ClaimedDelivery, externalId: string, found: boolean): void {
    this.#wire.sent({ ...item, externalId, found });
    if (this.#urgency === 'bulk') this.#streaks.succeeded(item);
    this.#due = true;
  }

  release(item: ClaimedDelivery, waitMs: number): void {
    this.#options.pacer.chats.pause(item.to.id, waitMs);
    this.#wire.release(item);
  }

  async failed(item: ClaimedDelivery, error: SendError): Promise<void> {
    const going = this.#wire.end(item, outcomeOf(error));
    // counted before anything is written down, so that it stands where it ended among the others
    const tooMany = going !== null && this.#countError(item, error, going);
    await this.#wire.failed(item, error);
    if (tooMany) await this.#tellOfErrors(item.sendId, error);
  }

  async #settle(item: ClaimedDelivery, error: SendError): Promise<void> {
    const { ctx } = this.#options;
    const decision = afterFailure(error, item.attempts);
    const { mayHaveArrived } = error;
    const about = { delivery: item.id, channel: item.to.channel, reason: error.reason };
    switch (decision.what) {
      case 'fail':
        await failDelivery(ctx.db, item, { reason: decision.reason, mayHaveArrived });
        ctx.log.error({ ...about, err: error }, 'a delivery was given up');
        break;
      case 'give-up-address':
        await failDelivery(ctx.db, item, { reason: decision.reason, mayHaveArrived });
        await this.#options.onUnreachable(item.to, decision.reason);
        ctx.log.info(about, 'a delivery has nobody who takes it');
        break;
      case 'follow':
        await followAddress(ctx, item.to, decision.toId);
        await this.#postpone(item, { waitMs: 0, reason: 'moved', mayHaveArrived });
        this.#due = true;
        break;
      case 'retry':
        await this.#postpone(item, { ...decision, mayHaveArrived });
    }
  }

  #countError(item: ClaimedDelivery, error: SendError, { beganMs }: Going): boolean {
    return this.#urgency === 'bulk' && this.#streaks.failed(item, error, beganMs, this.#options.pacer.nowMs());
  }

  async #tellOfErrors(send: number, { reason }: SendError): Promise<void> {
    const { ctx, onManyErrors } = this.#options;
    ctx.log.error({ send, reason }, 'many deliveries of a send have failed');
    try {
      await onManyErrors?.(send, reason);
    } catch (thrown) {
      ctx.log.error({ err: toError(thrown), send }, 'the errors of a send could not be told');
    }
  }

  async #postpone(item: ClaimedDelivery, args: Parameters<typeof postponeDelivery>[2]): Promise<void> {
    const { ctx } = this.#options;
    const status = await postponeDelivery(ctx.db, item, args);
    if (status === 'failed')
      ctx.log.warn({ delivery: item.id, reason: args.reason }, 'a delivery did not succeed before its deadline');
  }

  async flush(): Promise<void> {
    await this.#wire.written();
    await this.#options.acks?.written();
  }
}
