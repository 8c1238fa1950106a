import { plain } from '../../src/core/text.ts';
import type { Channel, ChannelAddress, ChannelName, OutboundContent, SendError } from '../../src/messaging/contract.ts';

/** A platform that does what a test says: it answers a send at once, with a failure, or when told to. */
export class ScriptedChannel implements Channel {
  readonly name: ChannelName;
  readonly account: string;
  /** What arrived, as `chat: text`, in its order. */
  readonly arrived: string[] = [];
  /** On the wire now, and the most there ever were. */
  inFlight = 0;
  mostInFlight = 0;
  receiving = false;
  /** Called with each message that arrives. */
  onArrival: () => void = () => {};
  readonly #failures = new Map<string, (SendError | Error)[]>();
  #gate: Promise<void> | null = null;

  constructor(account = '1', name: ChannelName = 'telegram') {
    this.account = account;
    this.name = name;
  }

  /** The next sends to that chat fail like this, one after the other. */
  fail(chat: string, ...failures: (SendError | Error)[]): void {
    this.#failures.set(chat, failures);
  }

  /** Sends wait from now on until the returned function is called. */
  hold(): () => void {
    let release = () => {};
    this.#gate = new Promise((resolve) => {
      release = () => {
        this.#gate = null;
        resolve();
      };
    });
    return () => release();
  }

  async start(): Promise<void> {
    this.receiving = true;
  }

  async stop(): Promise<void> {
    this.receiving = false;
  }

  read(): null {
    return null;
  }

  async send(to: ChannelAddress, content: OutboundContent): Promise<{ externalId: string }> {
    this.inFlight++;
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight);
    try {
      await this.#gate;
      const failure = this.#failures.get(to.id)?.shift();
      if (failure !== undefined) throw failure;
      this.arrived.push(`${to.id}: ${plain(content.text)}`);
      this.onArrival();
      return { externalId: String(this.arrived.length) };
    } finally {
      this.inFlight--;
    }
  }
}
