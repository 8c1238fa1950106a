import { ApiError, badRequest, type Json, textField } from './api-error.ts';

export interface Update extends Json {
  readonly update_id: number;
}

interface Waiting {
  readonly limit: number;
  readonly timer: NodeJS.Timeout;
  answer(updates: Update[]): void;
  refuse(error: ApiError): void;
}

interface Webhook {
  readonly url: string;
  readonly secret: string | null;
  readonly maxConnections: number;
}

/** What Telegram leaves out unless asked for: https://core.telegram.org/bots/api#getupdates */
const OPT_IN = ['chat_member', 'message_reaction', 'message_reaction_count'];

/**
 * The updates of one bot that are not confirmed yet. By polling an offset confirms all below it; by webhook a 200
 * confirms one, anything else brings it again. One chat's updates go to a webhook one after the other.
 */
export class Updates {
  #pending: { update: Update; lane: number }[] = [];
  #nextId: number;
  #waiting: Waiting | null = null;
  #allowed: readonly string[] | null = null;
  #webhook: Webhook | null = null;
  #lastError: string | null = null;
  #closed = false;
  readonly #busyLanes = new Set<number>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #redeliverMs: number;
  /** How often each update went out, by its id: more than once is a redelivery. */
  readonly handedOut = new Map<number, number>();

  constructor(options: { firstId: number; redeliverMs: number }) {
    this.#nextId = options.firstId;
    this.#redeliverMs = options.redeliverMs;
  }

  get pendingCount(): number {
    return this.#pending.length;
  }

  /** True while a poller waits. */
  get polled(): boolean {
    return this.#waiting !== null;
  }

  /** Queues an update, unless the bot did not ask for its kind. `lane`: the chat. */
  add(kind: string, content: unknown, lane: number): number {
    const wanted = this.#allowed ? this.#allowed.includes(kind) : !OPT_IN.includes(kind);
    const update = { update_id: this.#nextId, [kind]: content };
    this.#nextId += 1;
    if (wanted) this.push(update, lane);
    return update.update_id;
  }

  /** Queues an update as it is, also one that the bot has had before. */
  push(update: Update, lane: number): void {
    this.#pending.push({ update, lane });
    this.#answerWaiting();
    this.#deliver();
  }

  getUpdates(payload: Json, onClose: (gone: () => void) => void): Promise<Update[]> {
    if (this.#webhook) {
      throw new ApiError(
        409,
        "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first",
      );
    }
    this.#allow(payload);
    const offset = Number(payload.offset ?? 0);
    const limit = Math.min(100, Math.max(1, Number(payload.limit ?? 100)));
    const timeoutMs = Math.min(50, Number(payload.timeout ?? 0)) * 1000;
    this.#refuseWaiting();
    if (offset > 0) this.#pending = this.#pending.filter(({ update }) => update.update_id >= offset);
    if (offset < 0) this.#pending = this.#pending.slice(offset);
    const ready = this.#take(limit);
    if (ready.length > 0 || timeoutMs === 0) return Promise.resolve(ready);
    return new Promise((resolve, reject) => {
      const end = () => {
        if (this.#waiting === waiting) this.#waiting = null;
        clearTimeout(waiting.timer);
      };
      const waiting: Waiting = {
        limit,
        timer: setTimeout(() => waiting.answer([]), timeoutMs),
        answer: (updates) => {
          end();
          resolve(updates);
        },
        refuse: (error) => {
          end();
          reject(error);
        },
      };
      this.#waiting = waiting;
      onClose(() => waiting.answer([]));
    });
  }

  setWebhook(payload: Json): void {
    const url = textField(payload, 'url');
    if (url === '') {
      this.deleteWebhook({});
      return;
    }
    const { protocol, hostname } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '' };
    const loopback = hostname === '127.0.0.1' || hostname === 'localhost';
    if (protocol !== 'https:' && !loopback) throw badRequest('bad webhook: An HTTPS URL must be provided for webhook');
    const secret = payload.secret_token === undefined ? null : textField(payload, 'secret_token');
    if (secret !== null && !/^[\w-]{1,256}$/.test(secret))
      throw badRequest('secret token contains unallowed characters');
    this.#allow(payload);
    this.#webhook = { url, secret, maxConnections: Number(payload.max_connections ?? 40) };
    this.#refuseWaiting();
    this.#deliver();
  }

  deleteWebhook(payload: Json): void {
    this.#webhook = null;
    if (payload.drop_pending_updates === true) this.#pending = [];
  }

  webhookInfo(): Json {
    return {
      url: this.#webhook?.url ?? '',
      has_custom_certificate: false,
      pending_update_count: this.#pending.length,
      ...(this.#lastError !== null && { last_error_message: this.#lastError }),
    };
  }

  close(): void {
    this.#closed = true;
    this.#webhook = null;
    this.#waiting?.answer([]);
    for (const timer of this.#timers) clearTimeout(timer);
  }

  #allow(payload: Json): void {
    if (Array.isArray(payload.allowed_updates))
      this.#allowed = payload.allowed_updates.length > 0 ? payload.allowed_updates : null;
  }

  #take(limit: number): Update[] {
    const updates = this.#pending.slice(0, limit).map(({ update }) => update);
    for (const { update_id: id } of updates) this.#count(id);
    return updates;
  }

  #count(id: number): void {
    this.handedOut.set(id, (this.handedOut.get(id) ?? 0) + 1);
  }

  #answerWaiting(): void {
    if (this.#waiting) this.#waiting.answer(this.#take(this.#waiting.limit));
  }

  #refuseWaiting(): void {
    this.#waiting?.refuse(
      new ApiError(
        409,
        'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
      ),
    );
  }

  #deliver(): void {
    if (!this.#webhook || this.#closed) return;
    for (const { update, lane } of this.#pending) {
      if (this.#busyLanes.size >= this.#webhook.maxConnections) return;
      if (this.#busyLanes.has(lane)) continue;
      this.#busyLanes.add(lane);
      void this.#post(this.#webhook, update, lane);
    }
  }

  async #post(webhook: Webhook, update: Update, lane: number): Promise<void> {
    this.#count(update.update_id);
    const error = await postUpdate(webhook, update);
    const free = () => {
      this.#busyLanes.delete(lane);
      this.#deliver();
    };
    if (error === null) {
      this.#pending = this.#pending.filter((pending) => pending.update !== update);
      free();
    } else if (!this.#closed) {
      this.#lastError = error;
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        free();
      }, this.#redeliverMs);
      this.#timers.add(timer);
    }
  }
}

/** Null when the bot took it, else what was wrong. */
async function postUpdate(webhook: Webhook, update: Update): Promise<string | null> {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (webhook.secret !== null) headers['x-telegram-bot-api-secret-token'] = webhook.secret;
  try {
    const body = JSON.stringify(update);
    const response = await fetch(webhook.url, { method: 'POST', headers, body, signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.ok ? null : `Wrong response from the webhook: ${response.status}`;
  } catch (error) {
    return String(error);
  }
}
