import { plain } from '../../src/core/text.ts';
import {
  type Ack,
  type Acks,
  type ChannelAddress,
  type OutboundContent,
  SendError,
  type SentSearch,
} from '../../src/messaging/contract.ts';
import { ScriptedChannel } from './scripted-channel.ts';

interface Said {
  readonly chat: string;
  readonly text: string;
  readonly externalId: string;
  readonly at: Date;
}

/** A platform that loses answers when told to, can be searched for what it got, and tells how far that came. */
export class SearchableChannel extends ScriptedChannel implements Acks, SentSearch {
  /** What arrived, whether an answer came or not. */
  readonly said: Said[] = [];
  /** Each search, as `chat: text since <seconds before now>`. */
  readonly searched: { readonly chat: string; readonly text: string; readonly since: Date }[] = [];
  readonly #lost = new Set<string>();
  readonly #failures: Error[] = [];
  #tell: Parameters<Acks['tellAcks']>[0] = () => {};

  constructor() {
    super('bot', 'whatsapp');
  }

  /** The next message to that chat arrives, and its answer is lost. */
  loseAnswer(chat: string): void {
    this.#lost.add(chat);
  }

  /** The next searches fail like this. */
  failSearch(...failures: Error[]): void {
    this.#failures.push(...failures);
  }

  override async send(to: ChannelAddress, content: OutboundContent): Promise<{ externalId: string }> {
    const { externalId } = await super.send(to, content);
    this.said.push({ chat: to.id, text: plain(content.text), externalId, at: new Date() });
    if (this.#lost.delete(to.id)) throw new SendError('unreachable', 'no answer', { mayHaveArrived: true });
    return { externalId };
  }

  async findSent(
    to: ChannelAddress,
    content: OutboundContent,
    { since, isOther }: Parameters<SentSearch['findSent']>[2],
  ): Promise<{ externalId: string } | null> {
    const text = plain(content.text);
    this.searched.push({ chat: to.id, text, since });
    const failure = this.#failures.shift();
    if (failure !== undefined) throw failure;
    for (const one of this.said.toReversed()) {
      if (one.chat !== to.id || one.text !== text || one.at < since) continue;
      if (!(await isOther(one.externalId))) return { externalId: one.externalId };
    }
    return null;
  }

  tellAcks(listener: Parameters<Acks['tellAcks']>[0]): void {
    this.#tell = listener;
  }

  /** Each as `id: ack`. */
  ack(...told: readonly (readonly [externalId: string, ack: Ack])[]): void {
    this.#tell(told.map(([externalId, ack]) => ({ externalId, ack })));
  }
}
