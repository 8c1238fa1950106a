import type { SendError } from './contract.ts';

/** Throttled in this many chats at once: then it is the whole account that has to wait. */
const CHATS_THROTTLED = 3;
/** Where the platform does not say how long. */
const WAIT_MS = 1_000;

/** Chats in which the platform wants us to wait. */
export class ThrottledChats {
  readonly #until = new Map<string, { readonly ms: number; readonly chatOnly: boolean }>();

  /** How long the chat takes nothing yet; 0 or less: it does. */
  waitMs(chat: string): number {
    return (this.#until.get(chat)?.ms ?? 0) - performance.now();
  }

  /** Notes what the platform said of a chat. Returns for how long the whole account has to wait; null: it need not. */
  note(chat: string, { retryAfterMs, chatOnly }: SendError): number | null {
    const now = performance.now();
    const waitMs = retryAfterMs ?? WAIT_MS;
    for (const [other, until] of this.#until) if (until.ms < now) this.#until.delete(other);
    this.#until.set(chat, { ms: now + waitMs, chatOnly });
    const many = [...this.#until.values()].filter((until) => !until.chatOnly).length >= CHATS_THROTTLED;
    return many && !chatOnly ? waitMs : null;
  }
}
