import type { ChannelAddress, OutboundContent, SendError } from './contract.ts';

/** Something to send; `id` is unique within its source. */
export interface Outgoing {
  readonly id: number;
  readonly to: ChannelAddress;
  readonly content: OutboundContent;
  readonly attempts?: number;
  /** When the first attempt began that may have arrived although no answer came. */
  readonly triedAt?: Date;
}

/** Where the sender of an account gets its messages from. It knows nothing of what they are. */
export interface OutgoingSource<Item extends Outgoing = Outgoing> {
  /**
   * Messages that may go now, none that was given before and is not settled yet; of one chat in their order. `epoch`
   * is the lease's: under a later one another process may have sent what was given.
   */
  take(limit: number, epoch: number): Promise<readonly Item[]>;
  /** `found`: it had arrived by an attempt before, and was not sent again. */
  sent(item: Item, externalId: string, found: boolean): void;
  failed(item: Item, error: SendError): Promise<void>;
  /** Takes a message back that was given and not tried; its chat takes nothing for `waitMs`. */
  release(item: Item, waitMs: number): void;
  /** The next `take` looks for messages of other processes, and for those whose time has come. */
  look(): void;
  /** Milliseconds until `take` may give what the pace holds back now; null: the pace holds nothing back. */
  heldBackMs(): number | null;
  /** Resolves once what was sent is written down. */
  flush(): Promise<void>;
  /** Gives up what it holds and has not given: another process may have sent it meanwhile. */
  reset(): void;
}
