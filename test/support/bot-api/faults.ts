import type { ApiError } from './api-error.ts';

/** What goes wrong with the next calls that it fits. */
export type Fault = {
  /** Default: any. */
  readonly method?: string;
  readonly chatId?: number;
  /** How many calls; default 1. */
  readonly times?: number;
  /** How many fitting calls pass before; default 0. */
  readonly afterCalls?: number;
} & (
  | { readonly error: ApiError }
  /** The connection breaks before the call is carried out, or after it: then only the answer is lost. */
  | { readonly cut: 'before' | 'after' }
  /** The call is carried out, its answer comes late. */
  | { readonly stallMs: number }
  /** The answer is not JSON, as from a proxy. */
  | { readonly garbage: string }
);

export class Faults {
  #planned: { fault: Fault; left: number; toPass: number }[] = [];

  add(fault: Fault): void {
    this.#planned.push({ fault, left: fault.times ?? 1, toPass: fault.afterCalls ?? 0 });
  }

  clear(): void {
    this.#planned = [];
  }

  /** The fault that hits this call, counted off. */
  take(method: string, chatId: number | null): Fault | null {
    const hit = this.#planned.find(
      ({ fault, left }) =>
        left > 0 && (fault.method ?? method) === method && (fault.chatId === undefined || fault.chatId === chatId),
    );
    if (!hit) return null;
    if (hit.toPass > 0) {
      hit.toPass -= 1;
      return null;
    }
    hit.left -= 1;
    if (hit.left === 0) this.#planned = this.#planned.filter((planned) => planned !== hit);
    return hit.fault;
  }
}

export interface Limits {
  /** All chats together, within any second. Real: about 30. */
  readonly perSecond?: number;
  /** The same of messages that are paid for, which are counted apart. Real: 1,000. */
  readonly paidPerSecond?: number;
  /** One private chat, within any second. Real: about 1. */
  readonly perChatPerSecond?: number;
  /** One group, within any minute. Real: 20. */
  readonly perGroupPerMinute?: number;
}

/** Sliding windows over the sends, by the time at which each came in. Refused sends do not count. */
export class RateRule {
  readonly #limits: Limits;
  readonly #free: number[] = [];
  readonly #paid: number[] = [];
  readonly #chats = new Map<number, number[]>();
  /** How many sends were refused. */
  refused = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  /** Seconds to wait, or null: the send may pass and is counted. */
  admit(chatId: number, nowMs: number, paid: boolean): number | null {
    const { perSecond, paidPerSecond, perChatPerSecond, perGroupPerMinute } = this.#limits;
    const all = paid ? this.#paid : this.#free;
    const chat = this.#chats.get(chatId) ?? [];
    this.#chats.set(chatId, chat);
    const own = chatId < 0 ? perGroupPerMinute : perChatPerSecond;
    const wait = Math.max(
      waitFor(all, paid ? paidPerSecond : perSecond, 1000, nowMs),
      waitFor(chat, own, chatId < 0 ? 60_000 : 1000, nowMs),
    );
    if (wait > 0) {
      this.refused += 1;
      return Math.ceil(wait / 1000);
    }
    all.push(nowMs);
    chat.push(nowMs);
    return null;
  }
}

function waitFor(times: number[], limit: number | undefined, windowMs: number, nowMs: number): number {
  while (times[0] !== undefined && times[0] <= nowMs - windowMs) times.shift();
  if (limit === undefined || times.length < limit) return 0;
  return (times[times.length - limit] ?? nowMs) + windowMs - nowMs;
}
