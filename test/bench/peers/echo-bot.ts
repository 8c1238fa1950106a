import { Bot } from 'grammy';
import { pollSideBySide } from './poll.ts';

/** The ceiling: says again what was said, and keeps nothing. */
export async function runEchoBot(token: string, apiRoot: string, ready: () => void): Promise<void> {
  const bot = new Bot(token, { client: { apiRoot } });
  bot.on('message:text', (ctx) => ctx.reply(ctx.message.text));
  await bot.init();
  ready();
  await pollSideBySide(bot);
}
