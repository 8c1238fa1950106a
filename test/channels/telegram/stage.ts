import {
  createTelegramChannel,
  type TelegramChannel,
  type TelegramOptions,
} from '../../../src/channels/telegram/channel.ts';
import type { TelegramTrouble } from '../../../src/channels/telegram/state.ts';
import { createLogger } from '../../../src/core/logger.ts';
import type { InboundEvent } from '../../../src/messaging/contract.ts';
import { type BotApi, type BotApiOptions, startBotApi } from '../../support/bot-api/bot-api.ts';

/** Short enough that a test need not wait, long enough to be told apart. */
const FAST = { pollSeconds: 1, conflictMs: 200, minBackoffMs: 10, maxBackoffMs: 40, requestTimeoutMs: 30_000 };

/** A channel before a Bot API, and what both of them said. */
export interface TelegramStage {
  readonly api: BotApi;
  readonly channel: TelegramChannel;
  readonly inbox: InboundEvent[];
  readonly troubles: TelegramTrouble[];
  readonly logged: string[];
  /** Starts receiving into `inbox`. */
  readonly start: () => Promise<void>;
  /** The texts in `inbox`. */
  readonly texts: () => string[];
  readonly close: () => Promise<void>;
}

export async function telegramStage(
  options: Partial<TelegramOptions> = {},
  apiOptions: BotApiOptions = {},
): Promise<TelegramStage> {
  const api = await startBotApi(apiOptions);
  const inbox: InboundEvent[] = [];
  const troubles: TelegramTrouble[] = [];
  const logged: string[] = [];
  const channel = createTelegramChannel({
    token: api.token,
    apiRoot: api.root,
    mode: { kind: 'polling' },
    log: createLogger({ level: 'info', destination: { write: (line) => void logged.push(line) } }),
    commands: [],
    onTrouble: (trouble) => troubles.push(trouble),
    timing: FAST,
    ...options,
  });
  return {
    api,
    channel,
    inbox,
    troubles,
    logged,
    start: () =>
      channel.start(async (events) => {
        inbox.push(...events);
      }),
    texts: () =>
      inbox.flatMap((event) => {
        const content = channel.read(event.payload)?.content;
        return content?.kind === 'text' ? [content.text] : [];
      }),
    close: async () => {
      await channel.stop();
      await api.close();
    },
  };
}
