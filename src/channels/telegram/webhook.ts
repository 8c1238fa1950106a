import { createHash, timingSafeEqual } from 'node:crypto';
import { toError } from '../../core/errors.ts';
import type { StateKeeper } from './state.ts';

// An update is a few kilobytes; a message with all it quotes stays far below.
const MAX_BODY_BYTES = 1024 * 1024;

type Store = (updates: readonly unknown[]) => Promise<void>;

/** Telegram's calls to us. Answers 200 only after the update is stored; anything else makes Telegram deliver it again. */
export class WebhookDoor {
  readonly #secret: string;
  readonly #states: StateKeeper;
  readonly #running = new Set<Promise<void>>();
  #store: Store | null = null;

  constructor(secret: string, states: StateKeeper) {
    this.#secret = secret;
    this.#states = states;
  }

  open(store: Store): void {
    this.#store = store;
  }

  /** Resolves when the updates under way are stored; later ones are answered 503. */
  async close(): Promise<void> {
    this.#store = null;
    await Promise.allSettled(this.#running);
  }

  async handle(request: Request): Promise<Response> {
    if (request.method !== 'POST') return answer(405);
    if (!sameSecret(request.headers.get('x-telegram-bot-api-secret-token') ?? '', this.#secret)) return answer(401);
    const body = await readBody(request);
    if (body === null) return answer(413);
    const update = parse(body);
    if (update === null) return answer(400);
    if (this.#store === null) return answer(503);
    const storing = this.#store([update]);
    this.#running.add(storing);
    try {
      await storing;
      this.#states.set('receiving');
      return answer(200);
    } catch (thrown) {
      this.#states.trouble('not-stored', toError(thrown));
      return answer(500);
    } finally {
      this.#running.delete(storing);
    }
  }
}

function answer(status: number): Response {
  return new Response(null, { status });
}

// Digests are of equal length, so the time tells nothing about the secret, not even how long it is.
function sameSecret(given: string, secret: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(secret));
}

/** Null: too large. */
async function readBody(request: Request): Promise<string | null> {
  if (request.body === null) return '';
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Null: not a JSON object. */
function parse(body: string): object | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}
