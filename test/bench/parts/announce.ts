import { setTimeout as pause } from 'node:timers/promises';
import { Broadcast } from '../broadcast.ts';
import { FULL, type Pace } from '../pace.ts';
import type { Arrivals } from '../platform/orders.ts';
import { heading, percentile, table } from '../print.ts';
import { openServer, type Server } from '../server.ts';

const RECIPIENTS = 7_000;
/** A short round is over after about so many seconds at 30 a second. */
const SHORT_RECIPIENTS = 40 * 30;
const SENDERS = ['sunush', 'loop', 'throttler'] as const;
const NAMES = {
  sunush: 'sunush',
  loop: 'plain loop + auto-retry',
  throttler: 'transformer-throttler',
} as const;
const COLUMNS = ['', 'a second', 'of the limit', 'most in a second', '429s', 'lost', 'twice', 'CPU ms each'];
const IDLE_MS = 15_000;

/**
 * An announcement to a whole aimak, against a Bot API that refuses what is too much in any sliding second; beside what
 * grammY's guide has for it. And how long residents wait for an answer meanwhile.
 */
export async function announce(pace: Pace): Promise<void> {
  const server = await openServer();
  try {
    const count = pace === FULL ? RECIPIENTS : SHORT_RECIPIENTS;
    heading(`announce: ${count} recipients at 30 a second, side by side, ${server.about}`);
    table([COLUMNS, ...(await Promise.all(SENDERS.map((sender) => line(server, sender, count, 30))))]);
    for (let round = 0; round < pace.rounds; round += 1) {
      heading(`announce: ${RECIPIENTS} recipients at 1000 a second, by turns`);
      const lines = [COLUMNS];
      for (const sender of SENDERS) lines.push(await line(server, sender, RECIPIENTS, 1_000));
      table(lines);
    }
    heading('announce: residents who write meanwhile');
    table([
      ['a second', 'answers', 'p50 ms', 'p95 ms', 'max ms', 'sent a second', '429s'],
      await talk(server, 30, SHORT_RECIPIENTS, 2),
      await talk(server, 1_000, 20_000, 5),
    ]);
  } finally {
    await server.stop();
  }
}

async function line(
  server: Server,
  sender: (typeof SENDERS)[number],
  count: number,
  perSecond: number,
): Promise<string[]> {
  const broadcast = await Broadcast.open(server, count, perSecond);
  try {
    const { over, spentMs } = await begin(broadcast, sender);
    const seen = await watched(broadcast, count, over);
    return [
      NAMES[sender],
      seen.perSecond.toFixed(2),
      `${((seen.perSecond * 100) / perSecond).toFixed(1)} %`,
      String(seen.mostInASecond),
      String(seen.refused),
      String(count - seen.served),
      String(seen.twice),
      ((await spentMs()) / seen.served).toFixed(2),
    ];
  } finally {
    await broadcast.close();
  }
}

/** `over`: the sender is through, where it says so. */
async function begin(broadcast: Broadcast, sender: (typeof SENDERS)[number]) {
  if (sender === 'sunush') {
    const spentMs = await broadcast.bySunush();
    return { over: null, spentMs: async () => spentMs() };
  }
  const over = broadcast.byPeer(sender);
  return { over, spentMs: () => over };
}

/** Looks until all have it, until the sender says that it has done what it can, or until nothing comes any more. */
async function watched(broadcast: Broadcast, count: number, over: Promise<unknown> | null): Promise<Arrivals> {
  let ended = false;
  void over?.then(() => {
    ended = true;
  });
  for (;;) {
    await pause(1_000);
    const seen = await broadcast.look();
    if (seen.served === count || ended || Date.now() - (seen.lastTimes.at(-1) ?? Date.now()) > IDLE_MS) return seen;
  }
}

async function talk(server: Server, perSecond: number, count: number, talkers: number): Promise<string[]> {
  const broadcast = await Broadcast.open(server, count, perSecond);
  try {
    await broadcast.bySunush();
    await pause(2_000);
    await broadcast.talk(talkers);
    const seen = await watched(broadcast, count, null);
    const latenciesMs = await broadcast.stopTalking();
    const cells = [percentile(latenciesMs, 0.5), percentile(latenciesMs, 0.95), Math.max(...latenciesMs)];
    return [
      String(perSecond),
      String(latenciesMs.length),
      ...cells.map((ms) => ms.toFixed(0)),
      seen.perSecond.toFixed(1),
      String(seen.refused),
    ];
  } finally {
    await broadcast.close();
  }
}
