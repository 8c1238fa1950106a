import { toError } from '../../core/errors.ts';
import type { Logger } from '../../core/logger.ts';
import { type ChannelAddress, type OutboundContent, SendError, type SentSearch } from '../../messaging/contract.ts';
import { statFile } from '../../messaging/stat-file.ts';
import type { OwnMessage, Piece, Verbs } from './ipc.ts';
import { says, toPieces } from './outbound.ts';
import type { SentAcks } from './sent-acks.ts';
import type { Supervisor } from './supervisor.ts';
import { sendLimitMs, type WhatsAppTiming } from './timing.ts';

interface SendsOptions {
  readonly supervisor: Supervisor;
  readonly acks: SentAcks;
  readonly timing: WhatsAppTiming;
  readonly log: Logger;
}

const REMEMBERED = 5_000;
/** A message that WhatsApp has not taken for so long is worth a line in the log. */
const STUCK_MS = 120_000;

/** Sends what becomes one message or several, and finds those in the chat whose answer was lost. */
export class Sends {
  readonly #options: SendsOptions;
  /** Ids of messages that were told as sent: no search takes one of them for another. */
  readonly #sent = new Set<string>();
  /** Of contents of which a part was found in the chat: the ids of the pieces that need not be sent again. */
  readonly #arrived = new Map<string, ReadonlyMap<number, string>>();

  constructor(options: SendsOptions) {
    this.#options = options;
  }

  async send(to: ChannelAddress, content: OutboundContent, mayGoOn = () => true): Promise<{ externalId: string }> {
    const pieces = toPieces(content, to.id);
    const bytes = await Promise.all(pieces.map(bytesOf)); // before anything is sent
    const key = keyOf(to, content);
    const arrived = new Map(this.#arrived.get(key));
    this.#arrived.delete(key);
    let externalId: string | null = null;
    for (const [index, piece] of pieces.entries()) {
      if (arrived.has(index)) continue;
      if (!mayGoOn()) throw new SendError('unreachable', 'another process sends now', { mayHaveArrived: index > 0 });
      const ms = sendLimitMs(this.#options.timing, bytes[index] ?? 0);
      externalId = await this.#sendPiece({ chatId: to.id, piece }, { ms, begun: index > 0 });
      arrived.set(index, externalId);
    }
    if (externalId === null) throw new SendError('rejected', 'there is nothing to send: no text, no file');
    // not before: where a later piece fails, the next attempt has to find those that went
    for (const id of arrived.values()) remember(this.#sent, id);
    return { externalId };
  }

  async #sendPiece(args: Verbs['send']['args'], { ms, begun }: { ms: number; begun: boolean }): Promise<string> {
    try {
      const { id } = await this.#options.supervisor.ask('send', args, ms);
      await this.#options.acks.atServer(id, this.#options.timing.ackMs);
      return id;
    } catch (thrown) {
      const error = thrown instanceof SendError ? thrown : new SendError('unreachable', toError(thrown).message);
      if (!begun || error.mayHaveArrived) throw error;
      throw new SendError(error.reason, error.message, { cause: error, mayHaveArrived: true });
    }
  }

  async findSent(...[to, content, { since, isOther }]: Parameters<SentSearch['findSent']>) {
    const pieces = toPieces(content, to.id);
    const own = await this.#options.supervisor.ask('sentIn', { chatId: to.id, since }, this.#options.timing.sendMs);
    const left = new Set(own.filter(({ id, ack }) => ack !== 'failed' && !this.#sent.has(id)));
    const found = new Map<number, OwnMessage>();
    for (const [index, piece] of pieces.entries()) {
      for (const message of left) {
        if (!says(message, piece) || (await isOther(message.id))) continue;
        found.set(index, message);
        left.delete(message);
        break;
      }
    }
    for (const message of found.values()) this.#requireTaken(message);
    const last = found.get(pieces.length - 1);
    if (found.size < pieces.length || last === undefined) {
      this.#noteArrived(keyOf(to, content), new Map([...found].map(([index, { id }]) => [index, id])));
      return null;
    }
    for (const { id } of found.values()) remember(this.#sent, id);
    return { externalId: last.id };
  }

  /** @throws {SendError} for a message that the page has and WhatsApp has not */
  #requireTaken({ id, at, ack }: OwnMessage): void {
    if (ack !== null) return;
    if (Date.now() - at.getTime() > STUCK_MS)
      this.#options.log.warn({ at }, 'WhatsApp has not taken a message for minutes');
    this.#options.acks.told(id, null);
    throw new SendError('unreachable', 'the message is still on its way', { mayHaveArrived: true });
  }

  #noteArrived(key: string, pieces: ReadonlyMap<number, string>): void {
    if (this.#arrived.size >= REMEMBERED) this.#arrived.clear();
    if (pieces.size > 0) this.#arrived.set(key, pieces);
    else this.#arrived.delete(key);
  }
}

/** @throws {SendError} `rejected` where its file cannot be read */
async function bytesOf({ file }: Piece): Promise<number> {
  return file === undefined ? 0 : (await statFile(file)).size;
}

function keyOf(to: ChannelAddress, content: OutboundContent): string {
  return JSON.stringify([to.id, content]);
}

function remember(set: Set<string>, id: string): void {
  set.add(id);
  const [oldest] = set;
  if (set.size > REMEMBERED && oldest !== undefined) set.delete(oldest);
}
