import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Api } from 'grammy';
import type { Logger } from '../../core/logger.ts';
import {
  type Channel,
  type ChannelAddress,
  type Edits,
  type InboundEvent,
  type Media,
  type OutboundContent,
  type Pieces,
  SendError,
} from '../../messaging/contract.ts';
import { Albums } from './albums.ts';
import { isNotEditable, isNotModified, toSendError } from './errors.ts';
import { ALLOWED_UPDATES } from './inbound.ts';
import { fetchFile } from './media.ts';
import { filesOf, toApiCalls } from './outbound.ts';
import { parseUpdate } from './payload.ts';
import { performCall, type SendingThrough } from './perform.ts';
import { Persistence, type TelegramTiming, TIMING } from './persist.ts';
import { poll, removeWebhook } from './polling.ts';
import { Progress } from './progress.ts';
import { readUpdate } from './read.ts';
import { checkFile, SentFiles } from './sent-files.ts';
import { grammySignal } from './signal.ts';
import { StateKeeper, type TelegramState, type TelegramTrouble } from './state.ts';
import { leanTransport } from './transport.ts';
import { WebhookDoor } from './webhook.ts';

/** The commands that Telegram offers to people whose app speaks `language`; null: to all others. */
interface CommandList {
  readonly language: 'ky' | 'ru' | 'en' | null;
  readonly commands: readonly { readonly command: string; readonly description: string }[];
}

export interface TelegramOptions {
  readonly token: string;
  readonly apiRoot: string;
  /** Default: the bot's id, which stands in the token. */
  readonly account?: string;
  readonly mode:
    | { readonly kind: 'polling' }
    | { readonly kind: 'webhook'; readonly url: string; readonly secret: string };
  /** Announcements are paid for, to be sent faster than 30 a second. */
  readonly paidBroadcast?: boolean;
  readonly log: Logger;
  readonly commands: readonly CommandList[];
  /** Called when a trouble with receiving begins. */
  readonly onTrouble?: (trouble: TelegramTrouble) => void;
  readonly timing?: Partial<TelegramTiming>;
}

export interface TelegramChannel extends Channel, Edits, Media, Pieces {
  readonly state: TelegramState;
  /** The bot's name without `@`, for links; null until Telegram has told it. */
  readonly username: string | null;
  /** Answers a call of Telegram's; 404 unless in webhook mode. */
  handleWebhook(request: Request): Promise<Response>;
}

/**
 * Telegram through its Bot API. `start` returns at once and never throws: a wrong token, a foreign poller and an
 * unreachable server are said once in the log, and receiving goes on when it can.
 */
export function createTelegramChannel(options: TelegramOptions): TelegramChannel {
  return new Telegram(options);
}

class Telegram implements TelegramChannel {
  readonly name = 'telegram';
  readonly edits = true;
  readonly account: string;
  readonly #options: TelegramOptions;
  readonly #timing: TelegramTiming;
  readonly #api: Api;
  readonly #pollApi: Api;
  readonly #through: SendingThrough;
  readonly #states: StateKeeper;
  readonly #door: WebhookDoor | null;
  readonly #progress = new Progress();
  readonly #albums = new Albums();
  #username: string | null = null;
  #stopping = new AbortController();
  #receiving: Promise<void> = Promise.resolve();

  constructor(options: TelegramOptions) {
    const { token, mode } = options;
    const apiRoot = options.apiRoot.replace(/\/+$/, '');
    this.account = options.account ?? token.slice(0, Math.max(0, token.indexOf(':')));
    this.#options = { ...options, apiRoot };
    this.#timing = { ...TIMING, ...options.timing };
    const timeoutSeconds = this.#timing.requestTimeoutMs / 1000;
    this.#api = new Api(token, { apiRoot, timeoutSeconds });
    const fileApi = new Api(token, { apiRoot, timeoutSeconds: this.#timing.uploadTimeoutMs / 1000 });
    this.#pollApi = new Api(token, { apiRoot, timeoutSeconds: timeoutSeconds + this.#timing.pollSeconds });
    const lean = leanTransport({ token, apiRoot, timeoutMs: timeoutSeconds * 1000 });
    this.#api.config.use(lean);
    fileApi.config.use(lean); // by their id, files are calls like others
    this.#through = { api: this.#api, fileApi, files: new SentFiles() };
    this.#states = new StateKeeper(options.log, options.onTrouble);
    this.#door = mode.kind === 'webhook' ? new WebhookDoor(mode.secret, this.#states) : null;
  }

  get state(): TelegramState {
    return this.#states.state;
  }

  get username(): string | null {
    return this.#username;
  }

  async start(receive: (events: InboundEvent[]) => Promise<void>): Promise<void> {
    await this.stop();
    this.#stopping = new AbortController();
    setMaxListeners(0, this.#stopping.signal); // one for each call on the wire
    this.#states.set('starting');
    this.#receiving = this.#receive(receive, this.#stopping.signal);
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await Promise.all([this.#receiving, this.#door?.close()]);
    this.#states.set('stopped');
  }

  read(payload: unknown): ReturnType<Channel['read']> {
    return readUpdate(payload);
  }

  async send(to: ChannelAddress, content: OutboundContent, mayGoOn = () => true): Promise<{ externalId: string }> {
    const calls = this.#callsOf(to.id, content);
    for (const file of filesOf(content)) await checkFile(file); // before anything is sent
    let externalId: string | null = null;
    for (const [index, call] of [...calls.entries()].slice(this.#progress.take(calls))) {
      // nobody waits for it: one message a second is what a chat takes
      if (externalId !== null && content.bulk) await delay(this.#timing.pieceGapMs);
      try {
        externalId = await performCall(this.#through, call, () => {
          if (!mayGoOn())
            throw new SendError('unreachable', 'another process sends now', { mayHaveArrived: index > 0 });
        });
      } catch (error) {
        if (call.method === 'editMessageText') {
          if (isNotModified(error)) return { externalId: String(call.payload.message_id) };
          const { replaces: _, ...anew } = content;
          if (isNotEditable(error)) return this.send(to, anew, mayGoOn);
        }
        // of a group 20 a minute: https://core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this
        const failure = toSendError(error, { chatOnly: externalId !== null || to.id.startsWith('-') });
        this.#progress.keep(calls, index, failure.reason);
        throw failure;
      }
    }
    if (externalId === null) throw new SendError('rejected', 'there is nothing to send: no text, no file');
    return { externalId };
  }

  pieces(content: OutboundContent): number {
    return this.#callsOf('', content).length;
  }

  #callsOf(chatId: string, content: OutboundContent) {
    return toApiCalls(chatId, content, { paid: this.#options.paidBroadcast === true });
  }

  fetch(ref: string): Promise<ReadableStream<Uint8Array>> {
    return fetchFile(this.#api, this.#options, ref);
  }

  async handleWebhook(request: Request): Promise<Response> {
    return this.#door ? this.#door.handle(request) : new Response(null, { status: 404 });
  }

  async #receive(receive: (events: InboundEvent[]) => Promise<void>, signal: AbortSignal): Promise<void> {
    const { mode } = this.#options;
    const persistence = new Persistence(signal, this.#timing, this.#states);
    const store = async (updates: readonly unknown[]) => {
      this.#acknowledgeClicks(updates);
      const self = { account: this.account, username: this.#username };
      const events = this.#albums.events(updates, self);
      if (events.length > 0) await receive(events);
    };
    // Updates wait at Telegram until we know our name: without it commands for another bot of a group look like ours.
    const me = await persistence.until(() => this.#api.getMe(grammySignal(signal)));
    if (me === null) return;
    this.#username = me.username;
    this.#options.log.info({ link: `https://t.me/${me.username}` }, 'Telegram is on: write to the bot there.');
    void this.#registerCommands(signal);
    if (mode.kind === 'polling') {
      if ((await persistence.until(() => removeWebhook(this.#api, signal))) === null) return;
      await poll({
        api: this.#pollApi,
        persistence,
        states: this.#states,
        pollSeconds: this.#timing.pollSeconds,
        store,
      });
    } else {
      this.#door?.open(store);
      const settings = { secret_token: mode.secret, allowed_updates: ALLOWED_UPDATES, max_connections: 40 };
      const set = await persistence.until(() => this.#api.setWebhook(mode.url, settings, grammySignal(signal)));
      if (set !== null) this.#states.set('receiving');
    }
  }

  // The little clock on the button stops; nobody waits for it, and a click from long ago may be too old to answer.
  #acknowledgeClicks(updates: readonly unknown[]): void {
    for (const update of updates) {
      const id = parseUpdate(update).callback_query?.id;
      if (id !== undefined) this.#api.answerCallbackQuery(id, {}, grammySignal(this.#stopping.signal)).catch(() => {});
    }
  }

  async #registerCommands(signal: AbortSignal): Promise<void> {
    for (const { language, commands } of this.#options.commands) {
      const other = language === null ? {} : { language_code: language };
      try {
        await this.#api.setMyCommands(commands, other, grammySignal(signal));
      } catch (error) {
        if (!signal.aborted)
          this.#options.log.info({ reason: toSendError(error).message }, 'Telegram did not take the list of commands.');
        return;
      }
    }
  }
}
