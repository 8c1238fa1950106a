import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApiError, type Json } from './api-error.ts';
import { type Fault, Faults, type Limits, RateRule } from './faults.ts';
import { type Bot, type Call, METHODS } from './methods.ts';
import { parseMultipart } from './multipart.ts';
import { FakePerson } from './person.ts';
import { toApiChat } from './shapes.ts';
import { Updates } from './updates.ts';
import { Chat, type ChatType, World } from './world.ts';

export interface BotApiOptions {
  /** Default 0: a free one. */
  readonly port?: number;
  readonly token?: string;
  readonly username?: string;
  /** Default: no limits. */
  readonly limits?: Limits;
  /** False: the bot gets all that is said in groups. */
  readonly privacyMode?: boolean;
  /** Pause before a webhook is tried again. */
  readonly redeliverMs?: number;
  /** How long each answer takes at least. */
  readonly latencyMs?: number;
}

/** A call of the bot as it came in, whatever became of it. */
export interface RecordedCall {
  readonly method: string;
  readonly payload: Json;
  /** How many files it carried. */
  readonly uploads: number;
  /** `performance.now()` */
  readonly atMs: number;
}

/** Of the form of a real token; worth nothing. */
const TEST_TOKEN = `1234567890:${'A'.repeat(35)}`;

/** A Telegram Bot API over HTTP on the loopback, as strict as the real one where a bot can go wrong. */
export class BotApi {
  readonly world = new World();
  readonly token: string;
  readonly bot: Bot;
  readonly privacyMode: boolean;
  readonly updates: Updates;
  /** Every call but `getUpdates`. */
  readonly calls: RecordedCall[] = [];
  /** When each send came in that was not refused for being one too many; `performance.now()`. */
  readonly admittedMs: number[] = [];

  /** How many sends were refused for being too many. */
  get refusedCount(): number {
    return this.#rate.refused;
  }

  /** How many calls came with another token. */
  strangerCount = 0;
  readonly #faults = new Faults();
  readonly #rate: RateRule;
  readonly #latencyMs: number;
  readonly #people = new Map<number, FakePerson>();
  readonly #server = createServer((request, response) => {
    this.#serve(request, response).catch(() => response.destroy());
  });
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: BotApiOptions = {}) {
    this.token = options.token ?? TEST_TOKEN;
    this.bot = { id: Number(this.token.split(':')[0]), username: options.username ?? 'sunush_test_bot' };
    this.privacyMode = options.privacyMode ?? true;
    this.updates = new Updates({ firstId: 1000, redeliverMs: options.redeliverMs ?? 50 });
    this.#rate = new RateRule(options.limits ?? {});
    this.#latencyMs = options.latencyMs ?? 0;
  }

  async listen(port = 0): Promise<this> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, '127.0.0.1', resolve);
    });
    return this;
  }

  /** For `TELEGRAM_API_ROOT`. */
  get root(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Cuts all connections and ends. */
  async close(): Promise<void> {
    this.updates.close();
    for (const timer of this.#timers) clearTimeout(timer);
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }

  /** Somebody with this id; the same object for the same id. The bot may write to them from their first message on. */
  user(id: number, about: { first_name?: string; last_name?: string; language_code?: string } = {}): FakePerson {
    const known = this.#people.get(id);
    if (known) return known;
    this.world.people.set(id, { id, first_name: `Resident ${id}`, ...about });
    const person = new FakePerson(this, { id, first_name: '' }, new Chat(id, 'private', ''));
    this.#people.set(id, person);
    return person;
  }

  /** People whom the bot may write to at once, as after an earlier talk. */
  acquaintances(ids: readonly number[]): FakePerson[] {
    return ids.map((id) => {
      const person = this.user(id);
      this.world.chats.set(id, person.chat);
      return person;
    });
  }

  group(id: number, title: string, type: Exclude<ChatType, 'private'> = 'supergroup'): Chat {
    const chat = new Chat(id, type, title);
    this.world.chats.set(id, chat);
    return chat;
  }

  /** What a channel posts by itself; nobody is told who wrote it. */
  posts(channel: Chat, text: string): void {
    const date = this.nowSeconds();
    const message = { fromId: channel.id, text, marks: [], buttons: [], file: null, date, replyTo: null };
    const { id } = channel.add('said', message);
    const chat = toApiChat(channel, this.world);
    this.updates.add('channel_post', { message_id: id, date, chat, sender_chat: chat, text }, channel.id);
  }

  /** Something goes wrong with the next calls that fit. */
  fails(fault: Fault): void {
    this.#faults.add(fault);
  }

  /** Nothing goes wrong any more. */
  heals(): void {
    this.#faults.clear();
  }

  nowSeconds(): number {
    return Math.floor(Date.now() / 1000);
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readAll(request);
    const path = decodeURIComponent((request.url ?? '').split('?')[0] ?? '');
    const [, token, rest] = /^\/(?:file\/)?bot([^/]+)\/(.*)$/.exec(path) ?? [];
    if (token !== this.token) {
      this.strangerCount += 1;
      return answer(response, new ApiError(401, 'Unauthorized'));
    }
    if (path.startsWith('/file/')) return this.#serveFile(rest ?? '', response);
    await this.#serveMethod(rest ?? '', toCall(request, body), response);
  }

  async #serveMethod(method: string, call: Call, response: ServerResponse): Promise<void> {
    const chatId = call.payload.chat_id === undefined ? null : Number(call.payload.chat_id);
    const arrivedMs = performance.now();
    const { payload, files } = call;
    if (method !== 'getUpdates') this.calls.push({ method, payload, uploads: files.length, atMs: arrivedMs });
    const fault = this.#faults.take(method, chatId);
    if (fault && 'cut' in fault && fault.cut === 'before') return void response.destroy();
    if (this.#latencyMs > 0 && method !== 'getUpdates') await this.#delay(this.#latencyMs);
    if (fault && 'garbage' in fault)
      return void response.writeHead(502, { 'content-type': 'text/html' }).end(fault.garbage);
    if (fault && 'error' in fault) return answer(response, fault.error);
    const result = await this.#carryOut(method, { ...call, arrivedMs }, chatId, response).catch((error: unknown) => {
      if (error instanceof ApiError) return error;
      throw error;
    });
    if (fault && 'cut' in fault) return void response.destroy();
    if (fault && 'stallMs' in fault) await this.#delay(fault.stallMs);
    answer(response, result);
  }

  async #carryOut(
    method: string,
    call: ArrivedCall,
    chatId: number | null,
    response: ServerResponse,
  ): Promise<unknown> {
    const { payload } = call;
    switch (method) {
      case 'getUpdates':
        return this.updates.getUpdates(payload, (gone) => response.once('close', gone));
      case 'setWebhook':
        this.updates.setWebhook(payload);
        return true;
      case 'deleteWebhook':
        this.updates.deleteWebhook(payload);
        return true;
      case 'getWebhookInfo':
        return this.updates.webhookInfo();
    }
    const run = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
    if (!run) throw new ApiError(404, 'Not Found: method not found');
    if (method.startsWith('send') && chatId !== null) {
      const wait = this.#rate.admit(chatId, call.arrivedMs, isPaid(payload));
      if (wait === null) this.admittedMs.push(call.arrivedMs);
      else throw new ApiError(429, `Too Many Requests: retry after ${wait}`, { retry_after: wait });
    }
    return run(this.world, this.bot, call);
  }

  #serveFile(path: string, response: ServerResponse): void {
    const file = [...this.world.files.values()].find((stored) => stored.path === path);
    if (!file || file.gone) {
      answer(response, new ApiError(404, 'Not Found'));
      return;
    }
    const fault = this.#faults.take('file', null);
    if (fault && 'cut' in fault) {
      response.writeHead(200, { 'content-length': file.bytes.byteLength });
      response.write(file.bytes.subarray(0, file.bytes.byteLength / 2), () => response.destroy());
      return;
    }
    response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(file.bytes);
  }

  async #delay(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        resolve();
      }, ms);
      this.#timers.add(timer);
    });
  }
}

type ArrivedCall = Call & { readonly arrivedMs: number };

/** Forms carry it as text. */
function isPaid({ allow_paid_broadcast: paid }: Json): boolean {
  return paid === true || paid === 'true';
}

/** A running one; `close` it in the end. */
export async function startBotApi(options: BotApiOptions = {}): Promise<BotApi> {
  return new BotApi(options).listen(options.port);
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function toCall(request: IncomingMessage, body: Buffer): Call {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json'))
    return { payload: body.length > 0 ? JSON.parse(body.toString('utf8')) : {}, files: [] };
  if (type.startsWith('multipart/')) {
    const parts = parseMultipart(body, type);
    const fields = parts
      .filter((part) => part.fileName === null)
      .map((part) => [part.name, part.body.toString('utf8')]);
    return { payload: Object.fromEntries(fields), files: parts.filter((part) => part.fileName !== null) };
  }
  const query = new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
  return { payload: Object.fromEntries([...query, ...new URLSearchParams(body.toString('utf8'))]), files: [] };
}

function answer(response: ServerResponse, result: unknown): void {
  if (response.destroyed) return;
  const error = result instanceof ApiError ? result : null;
  const body = error
    ? {
        ok: false,
        error_code: error.code,
        description: error.message,
        ...(error.parameters && { parameters: error.parameters }),
      }
    : { ok: true, result };
  response.writeHead(error?.code ?? 200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
