import { afterEach, beforeEach } from 'vitest';
import type { OpenDatabase } from '../../src/db/open.ts';
import { type BotApi, type BotApiOptions, startBotApi } from './bot-api/bot-api.ts';
import { BotProcess } from './bot-process.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';
import { type StoredProposal, storedProposals } from './stored.ts';

/** The whole program in a process of its own, on a Telegram and a database of its own; anew for each test. */
export function useRunningBot(options: BotApiOptions = {}) {
  let api: BotApi;
  let database: FreshDatabase;
  let bot: BotProcess;
  let second: BotProcess | null = null;
  const env = () => ({ ...database.env, TELEGRAM_BOT_TOKEN: api.token, TELEGRAM_API_ROOT: api.root });
  beforeEach(async () => {
    api = await startBotApi(options);
    database = await freshDatabase();
    second = null;
    bot = new BotProcess(env());
    await bot.start();
  });
  afterEach(async () => {
    await bot.kill();
    await second?.kill();
    await api.close();
    await database.drop();
  });
  const asCommand = async <T>(work: (open: OpenDatabase) => Promise<T>): Promise<T> => {
    const open = await database.open({ role: 'command' });
    try {
      return await work(open);
    } finally {
      await open.close();
    }
  };
  return {
    get api() {
      return api;
    },
    get bot() {
      return bot;
    },
    /** For one more process, which the test ends itself. */
    get env() {
      return env();
    },
    /** One more process of the same program, where the database takes several; else null. */
    async another(): Promise<BotProcess | null> {
      if (database.kind === 'embedded') return null;
      second = new BotProcess(env());
      await second.start();
      return second;
    },
    /** Works on the database as a command does beside the program, which must not be killed meanwhile. */
    asCommand,
    /** The proposals that the database holds; to be asked once the program has stopped. */
    stored: (): Promise<StoredProposal[]> => asCommand(({ db }) => storedProposals(db)),
  };
}
