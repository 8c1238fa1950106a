import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BotProcess } from '../support/bot-process.ts';
import { Child } from './child.ts';
import type { Order } from './load/orders.ts';

export interface Running {
  readonly pid: number;
  stop(): Promise<void>;
}

/** A bot that is measured. */
export interface Subject {
  readonly name: string;
  readonly talk: Order['talk'];
  start(env: { root: string; token: string; databaseUrl: string }): Promise<Running>;
}

/** The whole program, as an operator runs it. */
export const sunush: Subject = {
  name: 'sunush',
  talk: 'proposal',
  async start({ root, token, databaseUrl }) {
    const dataDir = mkdtempSync(join(tmpdir(), 'sunush-bench-'));
    const bot = new BotProcess({
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      TELEGRAM_API_ROOT: root,
      TELEGRAM_BOT_TOKEN: token,
    });
    await bot.start();
    return {
      pid: bot.pid,
      async stop() {
        await bot.stop();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  },
};

export const grammy = peer('grammy', 'grammY + conversations() + storage-psql', 'proposal');
export const telegraf = peer('telegraf', 'telegraf WizardScene + psql session', 'proposal');
export const echo = peer('echo', 'grammY echo, keeps nothing', 'echo');

function peer(which: string, name: string, talk: Order['talk']): Subject {
  return {
    name,
    talk,
    async start({ root, token, databaseUrl }) {
      const child = new Child('peers', [which], {
        TELEGRAM_API_ROOT: root,
        TELEGRAM_BOT_TOKEN: token,
        DATABASE_URL: databaseUrl,
      });
      await child.next();
      return { pid: child.pid, stop: () => child.stop() };
    },
  };
}
