import type { Logger } from '../../core/logger.ts';

/** Why nothing comes in at the moment, though it should. */
export type TelegramTrouble =
  | 'wrong-token'
  | 'conflict'
  | 'webhook-refused'
  | 'throttled'
  | 'unreachable'
  | 'not-stored';

export type TelegramState = 'stopped' | 'starting' | 'receiving' | TelegramTrouble;

// For the operator's log: what was found, what to do.
const SENTENCES: Record<TelegramTrouble, string> = {
  'wrong-token':
    'Telegram refuses the token: check TELEGRAM_BOT_TOKEN. Telegram stays off until the next start, the rest runs on.',
  conflict:
    'Another program receives with the same Telegram token: stop it or take another bot. Tried again every minute.',
  'webhook-refused':
    'Telegram refuses the webhook: check TELEGRAM_WEBHOOK_URL and TELEGRAM_WEBHOOK_SECRET. Tried again every minute.',
  throttled: 'Telegram asks us to wait before receiving again.',
  unreachable: 'Telegram does not answer. Tried again with growing pauses.',
  'not-stored': 'Messages from Telegram could not be stored. They stay with Telegram and are fetched again.',
};

// Two programs on one token take turns at receiving; each turn is no news.
const CONFLICT_SAID_EVERY_MS = 3_600_000;

/** Keeps the state of one channel and says each trouble once, when it begins, and once when it is over. */
export class StateKeeper {
  #state: TelegramState = 'stopped';
  #said = false;
  #conflictSaidAtMs = Number.NEGATIVE_INFINITY;
  readonly #log: Logger;
  readonly #onTrouble: (trouble: TelegramTrouble) => void;

  constructor(log: Logger, onTrouble: (trouble: TelegramTrouble) => void = () => {}) {
    this.#log = log;
    this.#onTrouble = onTrouble;
  }

  get state(): TelegramState {
    return this.#state;
  }

  set(state: 'stopped' | 'starting' | 'receiving'): void {
    if (state === 'receiving' && this.#said) this.#log.info('Telegram receives again.');
    this.#said = false;
    this.#state = state;
  }

  /** Only the error's message goes to the log: grammY's errors quote the whole call. */
  trouble(trouble: TelegramTrouble, error: Error): void {
    if (this.#state === trouble) return;
    this.#state = trouble;
    if (trouble === 'conflict') {
      const nowMs = performance.now();
      if (nowMs - this.#conflictSaidAtMs < CONFLICT_SAID_EVERY_MS) return;
      this.#conflictSaidAtMs = nowMs;
    }
    this.#said = true;
    this.#log.warn({ trouble, reason: error.message }, SENTENCES[trouble]);
    this.#onTrouble(trouble);
  }
}
