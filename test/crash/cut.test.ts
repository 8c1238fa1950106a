import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/open.ts';
import { type BotApi, startBotApi } from '../support/bot-api/bot-api.ts';
import { BotProcess } from '../support/bot-process.ts';
import { withDatabaseName } from '../support/database-url.ts';
import { silentLog } from '../support/log.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { needs, numbersUpTo, storedProposals, toldProposals } from '../support/stored.ts';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts';
import { walkProposal } from '../support/walk.ts';

const RESIDENTS = 30;
const ROUNDS = process.env.SOAK === 'full' ? 5 : 1;
const LOST = 'The connection to the database was lost';

describe('a server of PostgreSQL that goes away', () => {
  let server: PostgresServer;
  let proxy: TcpProxy | undefined;
  let api: BotApi | undefined;
  let bot: BotProcess | undefined;
  let dataDir: string;

  beforeAll(async () => {
    server = await startPostgres();
    dataDir = mkdtempSync(join(tmpdir(), 'sunush-cut-'));
  });
  afterEach(async () => {
    await bot?.kill();
    await proxy?.close();
    await api?.close();
  });
  afterAll(async () => {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it.each([
    ['its connections are reset', async () => proxy?.cut()],
    ['it is restarted', () => server.restart()],
  ])(
    'ends the program with one sentence when %s, and the next start goes on',
    { timeout: 900_000 },
    async (how, goAway) => {
      const databaseUrl = await emptyDatabase(how);
      const telegram = await startBotApi();
      api = telegram;
      proxy = await startTcpProxy(server.port);
      const url = new URL(databaseUrl);
      url.port = String(proxy.port);
      const program = new BotProcess({
        DATABASE_URL: url.href,
        DATA_DIR: dataDir,
        TELEGRAM_BOT_TOKEN: telegram.token,
        TELEGRAM_API_ROOT: telegram.root,
      });
      bot = program;
      await program.start();

      const texts = needs(RESIDENTS);
      let answered = 0;
      const walks = texts.map((text, at) =>
        walkProposal(telegram.user(1000 + at), text, async () => {
          answered++;
          await delay((at * 37) % 200);
        }),
      );
      const done = Promise.all(walks);
      for (let round = 1; round <= ROUNDS; round++) {
        while (answered < (RESIDENTS * 5 * round) / (ROUNDS + 1)) await delay(5);
        const before = program.errors.length;
        await goAway();
        expect(await program.exited).toBe(1);
        expect(program.errors.slice(before).split(LOST)).toHaveLength(2);
        await program.start();
      }
      const numbers = await done;
      expect(await program.stop()).toBe(0);
      expect([...numbers].sort()).toEqual(numbersUpTo(RESIDENTS));
      const open = await openDatabase({ databaseUrl, dataDir, role: 'command', log: silentLog });
      const stored = await storedProposals(open.db);
      await open.close();
      expect(stored).toEqual(toldProposals(texts, numbers));
    },
  );

  async function emptyDatabase(how: string): Promise<string> {
    const name = how.replace(/\W+/g, '_');
    const admin = postgres(server.url, { max: 1 });
    await admin.unsafe(`create database ${name}`);
    await admin.end();
    return withDatabaseName(server.url, name);
  }
});
