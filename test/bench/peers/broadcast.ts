import { autoRetry } from '@grammyjs/auto-retry';
import { apiThrottler } from '@grammyjs/transformer-throttler';
import { Api } from 'grammy';

/**
 * Sends a text to all chats as grammY's guide has it; what is refused for good is lost. `loop`: one after the other,
 * waiting as long as Telegram says. `throttler`: all at once, held back by the plugin to that many a second.
 */
export async function broadcast(
  how: 'loop' | 'throttler',
  { token, apiRoot }: { token: string; apiRoot: string },
  chats: readonly number[],
  perSecond: number,
): Promise<void> {
  const api = new Api(token, { apiRoot });
  if (how === 'loop') api.config.use(autoRetry());
  else {
    const global = { reservoir: perSecond, reservoirRefreshAmount: perSecond, reservoirRefreshInterval: 1_000 };
    api.config.use(apiThrottler(perSecond === 30 ? {} : { global }));
  }
  const paid = perSecond > 30 ? { allow_paid_broadcast: true } : {};
  const send = async (chat: number) => {
    await api.sendMessage(chat, 'Эртең саат 10:00дө клубда жыйын болот.', paid).catch(() => {});
  };
  if (how === 'loop') for (const chat of chats) await send(chat);
  else await Promise.all(chats.map(send));
}
