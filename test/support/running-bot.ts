import { afterEach, beforeEach } from 'vitest';
import { type BotApi, startBotApi } from './bot-api/bot-api.ts';
import { BotProcess } from './bot-process.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { type StoredProposal, storedProposals } from './stored.ts';

/** The whole program in a process of its own, on a Telegram and a database of its own; anew for each test. */
export function useRunningBot() {
  let api: BotApi;
  let database: FreshDatabase;
  let bot: BotProcess;
  beforeEach(async () => {
    api = await startBotApi();
    database = await freshDatabase();
    bot = new BotProcess({ ...database.env, TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root });
    await bot.start();
  });
  afterEach(async () => {
    await bot.kill();
    await api.close();
    await database.drop();
  });
  return {
    get api() {
      return api;
    },
    get bot() {
      return bot;
    },
    /** What the database holds; to be asked once the program has stopped. */
    async stored(): Promise<StoredProposal[]> {
      const open = await database.open({ role: 'command' });
      try {
        return await storedProposals(open.db);
      } finally {
        await open.close();
      }
    },
  };
}
