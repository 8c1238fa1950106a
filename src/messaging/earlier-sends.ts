import { toError } from '../core/errors.ts';
import { type Channel, SendError, type SentSearch } from './contract.ts';
import type { Outgoing } from './outgoing.ts';

/** The clocks of the platform and of the database may be so far apart. */
const CLOCKS_APART_MS = 2 * 60_000;
/** More than an account sends while a message of it may still be tried again. */
const REMEMBERED = 10_000;

/**
 * Looks, before a message goes out once more, whether the attempt before arrived after all. On platforms that cannot be
 * searched, nothing is ever found.
 */
export class EarlierSends {
  readonly #search: SentSearch | null;
  readonly #isStored: (externalId: string) => Promise<boolean>;
  /** What was sent or found here: replies are written down nowhere, deliveries a little later. */
  readonly #known = new Set<string>();

  /** `isStored`: whether it is known to the database as another message's. */
  constructor(channel: Channel, isStored: (externalId: string) => Promise<boolean>) {
    this.#search = hasSearch(channel) ? channel : null;
    this.#isStored = isStored;
  }

  /** @throws {SendError} where it cannot be told now: then it must not be sent again either */
  async find({ to, content, triedAt }: Outgoing): Promise<{ externalId: string } | null> {
    if (this.#search === null || triedAt === undefined) return null;
    const since = new Date(triedAt.getTime() - CLOCKS_APART_MS);
    const isOther = async (externalId: string) => this.#known.has(externalId) || this.#isStored(externalId);
    try {
      return await this.#search.findSent(to, content, { since, isOther });
    } catch (thrown) {
      throw unsure(thrown);
    }
  }

  note(externalId: string): void {
    if (this.#search === null) return;
    this.#known.add(externalId);
    const [oldest] = this.#known;
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
  }
}

/**
 * A search that breaks says nothing against the message: it is tried again, where a send would be given up. Whatever
 * broke, nothing was sent by it that may have arrived.
 */
function unsure(thrown: unknown): SendError {
  const known = thrown instanceof SendError && thrown.reason !== 'rejected';
  if (known && !thrown.mayHaveArrived) return thrown;
  const reason = known ? thrown.reason : 'unreachable';
  return new SendError(reason, `the chat could not be searched: ${toError(thrown).message}`, { cause: thrown });
}

function hasSearch(channel: Channel): channel is Channel & SentSearch {
  return 'findSent' in channel;
}
