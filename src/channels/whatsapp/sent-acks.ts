import { SendError } from '../../messaging/contract.ts';
import type { OwnMessage } from './ipc.ts';

const REMEMBERED = 5_000;

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: SendError) => void;
}

/**
 * How far the messages of this process got. The page takes a message long before WhatsApp does, and without a connection
 * perhaps for ever: sent is what WhatsApp's server has.
 */
export class SentAcks {
  /** As told last, also before anybody asked. */
  readonly #told = new Map<string, OwnMessage['ack']>();
  readonly #waiting = new Map<string, Waiting>();

  told(id: string, ack: OwnMessage['ack']): void {
    if (ack === null && this.#told.has(id)) return;
    this.#told.set(id, ack);
    const [oldest] = this.#told.keys();
    if (this.#told.size > REMEMBERED && oldest !== undefined) this.#told.delete(oldest);
    if (ack === null) return;
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (ack === 'failed') waiting?.reject(new SendError('unreachable', 'WhatsApp could not send the message'));
    else waiting?.resolve();
  }

  /** The last `most` that are not known to be read, newest first. */
  unread(most: number): string[] {
    const ids = [...this.#told].filter(([, ack]) => ack !== 'read' && ack !== 'failed').map(([id]) => id);
    return ids.slice(-most).reverse();
  }

  /** Resolves once the server has it. @throws {SendError} `unreachable`: it failed, or nothing was heard for `ms` */
  async atServer(id: string, ms: number): Promise<void> {
    const ack = this.#told.get(id) ?? null;
    if (ack === 'failed') throw new SendError('unreachable', 'WhatsApp could not send the message');
    if (ack !== null) return;
    this.told(id, null);
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(id);
        reject(new SendError('unreachable', 'WhatsApp has not taken the message yet', { mayHaveArrived: true }));
      }, ms);
      this.#waiting.set(id, {
        resolve: () => {
          clearTimeout(timer);
          resolve();
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
    });
  }
}
