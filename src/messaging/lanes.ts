import type { SendError } from './contract.ts';
import type { Outgoing, OutgoingSource } from './outgoing.ts';

/** A message on its way. Under a later epoch another process may have sent it. */
export interface Taken {
  readonly source: OutgoingSource;
  readonly item: Outgoing;
  readonly epoch: number;
  /** Not of the first source. */
  readonly later: boolean;
}

interface LanesOptions {
  /** Null: sent. */
  readonly send: (taken: Taken) => Promise<SendError | null>;
  /** Of a chat nothing is left. */
  readonly onEmpty: () => void;
}

/** What was taken and not settled: of one chat one message at a time, in order; different chats side by side. */
export class Lanes {
  readonly #options: LanesOptions;
  /** The first of each is on the wire, the others wait for it. */
  readonly #lanes = new Map<string, Taken[]>();
  #count = 0;
  #laterCount = 0;

  constructor(options: LanesOptions) {
    this.#options = options;
  }

  get count(): number {
    return this.#count;
  }

  /** Of those, how many are not of the first source. */
  get laterCount(): number {
    return this.#laterCount;
  }

  add(taken: Taken): void {
    const chat = taken.item.to.id;
    this.#change(taken, 1);
    const lane = this.#lanes.get(chat);
    if (lane) {
      lane.push(taken);
      return;
    }
    this.#lanes.set(chat, [taken]);
    void this.#drain(chat);
  }

  #change({ later }: Taken, change: 1 | -1): void {
    this.#count += change;
    if (later) this.#laterCount += change;
  }

  async #drain(chat: string): Promise<void> {
    const lane = this.#lanes.get(chat) ?? [];
    while (lane[0]) {
      const error = await this.#options.send(lane[0]);
      this.#change(lane[0], -1);
      lane.shift();
      if (error && error.reason !== 'rejected') {
        // the rest of the lane stays behind the one that failed
        for (const taken of lane.splice(0)) {
          this.#change(taken, -1);
          taken.source.release(taken.item, error.retryAfterMs ?? 0);
        }
      }
    }
    this.#lanes.delete(chat);
    this.#options.onEmpty();
  }
}
