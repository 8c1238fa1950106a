import { type Api, GrammyError } from 'grammy';
import { toError } from '../../core/errors.ts';
import { ALLOWED_UPDATES } from './inbound.ts';
import { parseUpdate } from './payload.ts';
import type { Persistence } from './persist.ts';
import { grammySignal } from './signal.ts';
import type { StateKeeper } from './state.ts';

const HASTY_MS = 100;

export interface PollingOptions {
  readonly api: Api;
  readonly persistence: Persistence;
  readonly states: StateKeeper;
  readonly pollSeconds: number;
  /** Stores a batch. Only when it resolves does the offset move, which is what confirms the batch to Telegram. */
  readonly store: (updates: readonly unknown[]) => Promise<void>;
}

/**
 * Fetches updates until stopped or the token is refused. A batch that was not stored, or whose confirmation was cut
 * off by a stop, comes again: the inbox knows it by its id.
 */
export async function poll(options: PollingOptions): Promise<void> {
  const { api, persistence, states, pollSeconds, store } = options;
  let offset: number | undefined;
  while (!persistence.signal.aborted) {
    let patient = false;
    let askedAtMs = 0;
    const updates = await persistence.until(() => {
      askedAtMs = performance.now();
      // While nothing is known to work the answer is wanted at once; against a foreign poller only a long poll proves it.
      patient = states.state === 'receiving' || states.state === 'conflict';
      return fetchUpdates(api, persistence.signal, offset, patient ? pollSeconds : 0);
    });
    if (updates === null) return;
    try {
      if (updates.length > 0) await store(updates);
    } catch (thrown) {
      states.trouble('not-stored', toError(thrown));
      await persistence.pause();
      continue;
    }
    states.set('receiving');
    // A server that answers a long poll at once with nothing (an emulator, a proxy) is not asked in a tight loop.
    if (updates.length === 0 && patient && performance.now() - askedAtMs < HASTY_MS) await persistence.pause(HASTY_MS);
    const last = Math.max(...updates.map((update) => parseUpdate(update).update_id ?? 0));
    if (updates.length > 0) offset = last + 1;
  }
}

async function fetchUpdates(
  api: Api,
  signal: AbortSignal,
  offset: number | undefined,
  pollSeconds: number,
): Promise<readonly unknown[]> {
  const request = {
    limit: 100,
    timeout: pollSeconds,
    allowed_updates: [...ALLOWED_UPDATES],
    ...(offset && { offset }),
  };
  try {
    const updates: unknown = await api.getUpdates(request, grammySignal(signal));
    if (Array.isArray(updates)) return updates;
    throw new TypeError('getUpdates: expected a list');
  } catch (error) {
    // A webhook was set after we took ours away, by us in another mode or by somebody else.
    if (error instanceof GrammyError && error.error_code === 409 && error.description.includes('webhook')) {
      await removeWebhook(api, signal);
      return [];
    }
    throw error;
  }
}

/** Lets `getUpdates` work; what waits for the webhook is kept and comes by polling. */
export async function removeWebhook(api: Api, signal: AbortSignal): Promise<true> {
  return api.deleteWebhook({ drop_pending_updates: false }, grammySignal(signal));
}
