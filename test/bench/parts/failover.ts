import { setTimeout as pause } from 'node:timers/promises';
import type { BotProcess } from '../../support/bot-process.ts';
import { Broadcast } from '../broadcast.ts';
import type { Pace } from '../pace.ts';
import { heading, spread, table } from '../print.ts';
import { openServer, type Server, withSql } from '../server.ts';

const RECIPIENTS = 3_000;
const PER_SECOND = 30;

/** Two processes, of which the one that sends is killed in the middle of an announcement: how long nothing goes out. */
export async function failover({ rounds }: Pace): Promise<void> {
  const server = await openServer();
  try {
    heading(`failover: kill -9 of the sender of two, ${rounds} times in one announcement, ${server.about}`);
    table([['s until the other sends', 'possibly doubled', 'got it twice'], await measure(server, rounds)]);
  } finally {
    await server.stop();
  }
}

async function measure(server: Server, rounds: number): Promise<string[]> {
  const broadcast = await Broadcast.open(server, RECIPIENTS, PER_SECOND);
  try {
    await broadcast.seed();
    const bots = [await broadcast.start(), await broadcast.start()];
    await broadcast.send();
    const seconds: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      await pause(5_000);
      const killed = await sender(bots);
      await killed.kill();
      seconds.push(await silence(broadcast, Date.now()));
      await killed.start();
    }
    const [row] = await withSql(
      broadcast.databaseUrl,
      (sql) => sql<{ count: number }[]>`
      select count(*)::int as count from deliveries where possibly_doubled`,
    );
    return [spread(seconds, 1), String(row?.count), String((await broadcast.look()).twice)];
  } finally {
    await broadcast.close();
  }
}

/** The process that holds the lease, as it says itself. */
async function sender(bots: readonly BotProcess[]): Promise<BotProcess> {
  for (;;) {
    for (const bot of bots) {
      const body = await (await fetch(`${bot.url}/readyz`)).text();
      if (body.includes('"here"')) return bot;
    }
    await pause(100);
  }
}

async function silence(broadcast: Broadcast, fromAt: number): Promise<number> {
  for (;;) {
    const seen = await broadcast.look();
    const next = seen.lastTimes.find((at) => at > fromAt + 100);
    if (next !== undefined) return (next - fromAt) / 1_000;
    await pause(50);
  }
}
