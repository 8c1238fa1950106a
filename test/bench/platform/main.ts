/**
 * A Bot API that enforces its limits, in a process of its own: `main.ts FIRST COUNT [paid]`, the recipients. Prints root
 * and token as a line of JSON, then takes a `PlatformOrder` a line on stdin. Ends with its stdin.
 */
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { startBotApi } from '../../support/bot-api/bot-api.ts';
import type { Arrivals, PlatformOrder } from './orders.ts';

const [first = 0, count = 0, limit = 0] = process.argv.slice(2).map(Number);
const recipients = Array.from({ length: count }, (_, at) => first + at);
const limits = limit === 0 ? {} : { perSecond: 30, paidPerSecond: 1_000, perChatPerSecond: 1, perGroupPerMinute: 20 };
const api = await startBotApi({ limits });
api.acquaintances(recipients);
console.log(JSON.stringify({ root: api.root, token: api.token }));

let talking: { readonly over: AbortController; readonly latenciesMs: Promise<number[]> } | null = null;
for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await carryOut(JSON.parse(line))));
}
await api.close();

async function carryOut(order: PlatformOrder): Promise<unknown> {
  switch (order.what) {
    case 'look':
      return arrivals();
    case 'talk': {
      const over = new AbortController();
      talking = { over, latenciesMs: talk(order.perSecond, over.signal) };
      return {};
    }
    case 'stop-talking':
      talking?.over.abort();
      return talking?.latenciesMs ?? [];
  }
}

function arrivals(): Arrivals {
  const copies = recipients.map((chat) => api.world.chats.get(chat)?.messages().length ?? 0);
  const times = api.admittedMs;
  const [firstMs = 0, lastMs = 0] = [times[0], times.at(-1)];
  return {
    served: copies.filter((number) => number > 0).length,
    twice: copies.filter((number) => number > 1).length,
    refused: api.refusedCount,
    lastTimes: times.slice(-100).map((ms) => performance.timeOrigin + ms),
    perSecond: ((times.length - 1) * 1_000) / (lastMs - firstMs),
    mostInASecond: mostInASecond(times),
  };
}

function mostInASecond(times: readonly number[]): number {
  let from = 0;
  let most = 0;
  for (const [at, time] of times.entries()) {
    while ((times[from] ?? 0) <= time - 1_000) from += 1;
    most = Math.max(most, at - from + 1);
  }
  return most;
}

/** Each writes once and waits for the answer. */
async function talk(perSecond: number, over: AbortSignal): Promise<number[]> {
  const answers: Promise<number>[] = [];
  for (let id = 1; !over.aborted; id += 1) {
    answers.push(answered(id));
    await pause(1_000 / perSecond);
  }
  return Promise.all(answers);
}

async function answered(id: number): Promise<number> {
  const person = api.user(id);
  const saidAt = performance.now();
  person.sends('Салам');
  await person.hears(/./, { timeoutMs: 60_000 });
  return performance.now() - saidAt;
}
