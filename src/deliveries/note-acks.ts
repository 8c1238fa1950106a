import type { Database } from '../core/context.ts';
import { toError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { statement } from '../db/statement.ts';
import type { Ack } from '../messaging/contract.ts';
import type { SenderOf } from './claim.ts';

// in the order of their ids, so that two who write many never wait for each other
const ackRows = statement()`
  with told as materialized (
    select d.id, told.ack, array_position(${'order'}::text[], told.ack) as place
    from unnest(${'externalIds'}::text[], ${'acks'}::text[]) as told (external_id, ack)
    join deliveries d on d.channel = ${'channel'} and d.account = ${'account'} and d.external_id = told.external_id
    order by d.id
    for update of d
  )
  update deliveries d set ack = told.ack
  from told
  where d.id = told.id and coalesce(array_position(${'order'}::text[], d.ack), 0) < told.place`;

const ORDER: readonly Ack[] = ['server', 'delivered', 'read'];
const REMEMBERED_MS = 10 * 60_000;
const REMEMBERED = 10_000;
const AT_ONCE = 500;

/**
 * Writes down how far deliveries of one account got: never backwards, many together. A word that comes before its
 * delivery is written down as sent is remembered for a while, and written once that is. Those of replies find nothing.
 */
export class AckNotes {
  readonly #db: Database;
  readonly #of: SenderOf;
  readonly #log: Logger;
  readonly #nowMs: () => number;
  /** The furthest that was told of each lately, the oldest first. */
  readonly #told = new Map<string, { readonly ack: Ack; readonly atMs: number }>();
  #unwritten = new Map<string, Ack>();
  #writing: Promise<void> | null = null;

  constructor(o: { db: Database; of: SenderOf; log: Logger; nowMs?: () => number }) {
    this.#db = o.db;
    this.#of = o.of;
    this.#log = o.log;
    this.#nowMs = o.nowMs ?? (() => performance.now());
  }

  note(acks: readonly { readonly externalId: string; readonly ack: Ack }[]): void {
    const atMs = this.#nowMs();
    for (const { externalId, ack } of acks) {
      const known = this.#told.get(externalId);
      if (known && place(known.ack) >= place(ack)) continue;
      this.#told.delete(externalId);
      this.#told.set(externalId, { ack, atMs });
      this.#unwritten.set(externalId, ack);
    }
    this.#forget(atMs);
    this.write();
  }

  /** These are written down as sent by now: what was told of them before found nothing. */
  sent(externalIds: readonly string[]): void {
    for (const externalId of externalIds) {
      const told = this.#told.get(externalId);
      if (told) this.#unwritten.set(externalId, told.ack);
    }
    this.write();
  }

  write(): void {
    if (this.#unwritten.size > 0) this.#writing ??= this.#writeAll();
  }

  async written(): Promise<void> {
    await this.#writing;
  }

  async #writeAll(): Promise<void> {
    let batch: (readonly [string, Ack])[] = [];
    try {
      while (this.#unwritten.size > 0) {
        batch = [...this.#unwritten].slice(0, AT_ONCE);
        for (const [externalId] of batch) this.#unwritten.delete(externalId);
        const externalIds = batch.map(([externalId]) => externalId);
        await ackRows(this.#db, { ...this.#of, externalIds, acks: batch.map(([, ack]) => ack), order: ORDER });
      }
    } catch (thrown) {
      // with the next ones, or at the next look; what was told meanwhile is further
      this.#unwritten = new Map([...batch, ...this.#unwritten]);
      this.#log.error({ err: toError(thrown) }, 'how far deliveries got could not be written down');
    } finally {
      this.#writing = null;
    }
  }

  #forget(nowMs: number): void {
    for (const [externalId, { atMs }] of this.#told) {
      if (this.#told.size <= REMEMBERED && atMs > nowMs - REMEMBERED_MS) return;
      this.#told.delete(externalId);
    }
  }
}

function place(ack: Ack): number {
  return ORDER.indexOf(ack);
}
