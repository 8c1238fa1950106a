import type { Database, Tx } from '../core/context.ts';
import { toError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { isRepeatable } from '../db/transaction.ts';
import type { Saved } from '../dialog/types.ts';
import type { InboundMessage, OutboundContent } from './contract.ts';
import { type DialogKey, keyOf } from './dialog-key.ts';
import { parkEvent } from './inbox.ts';
import type { StoredReply } from './replies.ts';
import {
  type DoneTurn,
  type LockedDialog,
  lockDialogs,
  saveTurns,
  type TakenEvent,
  takeOldestEvents,
} from './turn-queries.ts';

/** What the router gets for one event: the dialog is locked, `tx` is the turn's transaction. */
export interface TurnInput {
  readonly tx: Tx;
  readonly key: DialogKey;
  readonly saved: Saved | null;
  readonly memory: Readonly<Record<string, unknown>>;
  readonly expiresAt: Date | null;
  /** The database's clock at the beginning of the turn. */
  readonly at: Date;
  /** `null`: the dialog has been silent for too long. */
  readonly message: InboundMessage | null;
}

export interface TurnOutcome {
  readonly saved: Saved | null;
  readonly memory: Readonly<Record<string, unknown>>;
  readonly expiresAt: Date | null;
  readonly replies: readonly OutboundContent[];
}

/** What the parts to the left hand to messaging: who answers. */
export interface TurnHandler<World = unknown> {
  /** Reads in one go what the turns of these dialogs need to know; the dialogs are locked. */
  look(tx: Tx, keys: readonly DialogKey[]): Promise<World>;
  /** Must reject rather than answer half: the turn is then rolled back, and the event parked. */
  handle(turn: TurnInput, world: World): Promise<TurnOutcome>;
  /** Writes what the turns of this moment left to be written together; the transaction is still open. */
  finish(tx: Tx, world: World): Promise<void>;
  /** The one sentence for a person whose message was parked. */
  apology(dialog: { memory: Readonly<Record<string, unknown>> }): OutboundContent;
}

export interface TurnRunnerOptions<World> {
  readonly db: Database;
  readonly handler: TurnHandler<World>;
  /** Reads a stored payload by the channel that took it in. */
  readonly read: (key: DialogKey, payload: unknown) => InboundMessage | null;
  /** Called after a commit, with the replies that wait to be sent. */
  readonly onReplies: (replies: StoredReply[]) => void;
  readonly log: Logger;
  /** Transactions at the same time. The embedded database has one session: there more than 1 only queue. */
  readonly parallel: number;
  readonly onTurn?: (turn: { ms: number; ok: boolean }) => void;
}

/** Turns that wait at the same moment share a commit, up to this many. */
const BATCH = 32;
const RETRIES = 3;

/**
 * Takes stored events through their turns. Of one dialog one event at a time, in the order of arrival; different
 * dialogs side by side. One transaction holds the lock on the dialog, the flow's effects, the new state, the replies
 * and the mark on the event; turns of dialogs that wait at the same moment share it, and are done one by one when one
 * of them fails.
 */
export class TurnRunner<World = unknown> {
  readonly #options: TurnRunnerOptions<World>;
  readonly #waiting = new Map<string, { key: DialogKey; count: number }>();
  readonly #busy = new Set<string>();
  #running = 0;
  #stopped = false;
  #idle: (() => void)[] = [];

  constructor(options: TurnRunnerOptions<World>) {
    this.#options = options;
  }

  /** Says that these dialogs have an event each. Waking a dialog that has none costs two reads. */
  wake(keys: readonly DialogKey[]): void {
    for (const key of keys) {
      const id = keyOf(key);
      const entry = this.#waiting.get(id);
      if (entry) entry.count++;
      else this.#waiting.set(id, { key, count: 1 });
    }
    this.#pump();
  }

  /** Resolves once nothing waits and nothing runs. */
  async idle(): Promise<void> {
    if (this.#running === 0 && this.#waiting.size === 0) return;
    await new Promise<void>((resolve) => this.#idle.push(resolve));
  }

  /** Starts no further turn; resolves when those that run are done. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#waiting.clear();
    await this.idle();
  }

  #pump(): void {
    while (!this.#stopped && this.#running < this.#options.parallel) {
      const batch = this.#nextBatch();
      if (batch.length === 0) break;
      this.#running++;
      for (const key of batch) this.#busy.add(keyOf(key));
      void this.#run(batch).finally(() => {
        this.#running--;
        for (const key of batch) this.#release(keyOf(key));
        this.#pump();
      });
    }
    const idle = this.#running === 0 && (this.#waiting.size === 0 || this.#stopped);
    if (idle) for (const resolve of this.#idle.splice(0)) resolve();
  }

  #nextBatch(): DialogKey[] {
    const batch: DialogKey[] = [];
    for (const [id, { key }] of this.#waiting) {
      if (this.#busy.has(id)) continue;
      batch.push(key);
      if (batch.length === BATCH) break;
    }
    return batch;
  }

  #release(id: string): void {
    this.#busy.delete(id);
    const entry = this.#waiting.get(id);
    if (entry && --entry.count <= 0) this.#waiting.delete(id);
  }

  async #run(keys: readonly DialogKey[]): Promise<void> {
    const startedAt = performance.now();
    const taken = new Set<number>();
    try {
      const replies = await this.#inOneTransaction(keys, taken);
      for (const _ of keys) this.#options.onTurn?.({ ms: performance.now() - startedAt, ok: true });
      if (replies.length > 0) this.#options.onReplies(replies);
    } catch (thrown) {
      if (keys.length > 1) for (const key of keys) await this.#run([key]);
      else if (keys[0]) await this.#park(keys[0], taken, toError(thrown));
    }
  }

  /** `taken`: receives the ids of the events that it tries. */
  async #inOneTransaction(keys: readonly DialogKey[], taken: Set<number>): Promise<StoredReply[]> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#options.db.transaction((tx) => this.#turns(tx, keys, taken));
      } catch (thrown) {
        if (!isRepeatable(thrown) || attempt === RETRIES) throw thrown;
      }
    }
  }

  async #turns(tx: Tx, keys: readonly DialogKey[], taken: Set<number>): Promise<StoredReply[]> {
    const locked = await lockDialogs(tx, keys);
    // only now: an event read before the lock might be handled by the one who held it
    const taking = takeOldestEvents(tx, locked).then((found) => {
      for (const { id } of found) taken.add(id);
      return found;
    });
    const lockedKeys = locked.map(({ key }) => key);
    const [events, world] = await allOver([taking, this.#options.handler.look(tx, lockedKeys)]);
    const done = await allOver(events.map((event) => this.#turn(tx, event, world)));
    const [replies] = await allOver([saveTurns(tx, done), this.#options.handler.finish(tx, world)]);
    return replies;
  }

  async #turn(tx: Tx, event: TakenEvent, world: World): Promise<DoneTurn> {
    const { dialog, id: eventId } = event;
    const message = event.internal ? null : this.#options.read(dialog.key, event.payload);
    if (message === null && event.internal === null) return { ...dialog, dialog, eventId, replies: [] };
    const { key, saved, memory, expiresAt, at } = dialog;
    const turn = { tx, key, saved, memory, expiresAt, at, message };
    const outcome = await this.#options.handler.handle(turn, world);
    return { ...outcome, dialog, eventId };
  }

  /** In a transaction of its own: the event is put aside with its words, the person gets one apology. */
  async #park(key: DialogKey, tried: ReadonlySet<number>, error: Error): Promise<void> {
    const { db, log, handler, onReplies, onTurn } = this.#options;
    onTurn?.({ ms: 0, ok: false });
    try {
      const replies = await db.transaction(async (tx) => {
        const [dialog] = await lockDialogs(tx, [key]);
        const [event] = dialog ? await takeOldestEvents(tx, [dialog]) : [];
        if (!dialog || !event) return [];
        // another process has settled it meanwhile, and the next one was not tried
        if (tried.size > 0 && !tried.has(event.id)) return [];
        await parkEvent(tx, event.id, error);
        log.error(
          { err: error, event: event.id, channel: key.channel },
          'a message could not be handled and was parked',
        );
        return saveTurns(tx, [
          {
            ...dialog,
            dialog,
            eventId: null,
            replies: [handler.apology(dialog)],
          },
        ]);
      });
      if (replies.length > 0) onReplies(replies);
    } catch (thrown) {
      // the database itself refuses: the event stays in the inbox, the sweeper finds it again
      log.error({ err: toError(thrown), cause: error }, 'a message could neither be handled nor parked');
    }
  }

  /**
   * Writes a reply outside of any turn: of an event that was parked, of a file that could not be kept. `within` does
   * its work in the same transaction; where it returns false nothing is written into the chat.
   */
  async tell(
    key: DialogKey,
    write: (dialog: { memory: LockedDialog['memory'] }) => OutboundContent,
    within: (tx: Tx) => Promise<boolean> = () => Promise.resolve(true),
  ): Promise<void> {
    const replies = await this.#options.db.transaction(async (tx) => {
      const [dialog] = await lockDialogs(tx, [key]);
      if (!(await within(tx)) || !dialog) return [];
      return saveTurns(tx, [{ ...dialog, dialog, eventId: null, replies: [write(dialog)] }]);
    });
    this.#options.onReplies(replies);
  }
}

/** Like `Promise.all`, but rejects only when all are over: nothing of a transaction may run on after its end. */
async function allOver<T extends readonly unknown[] | []>(
  work: T,
): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
  await Promise.allSettled(work);
  return Promise.all(work);
}
