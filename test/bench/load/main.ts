/**
 * Residents with phones and the Bot API between them and a bot, in a process of their own. Prints root and token as a
 * line of JSON, then takes an `Order` a line on stdin and answers with what was `Seen`. Ends with its stdin.
 */
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { type BotApi, startBotApi } from '../../support/bot-api/bot-api.ts';
import { need } from '../../support/stored.ts';
import { walkProposal } from '../../support/walk.ts';
import { cpuMs, familyCpuMs } from '../machine.ts';
import type { Order, Seen } from './orders.ts';

/** Beyond those that a database is seeded with: nobody is asked whether it is the same need. */
const FIRST_NEED = 1_000;
const api = await startBotApi();
let nextPerson = 1;
console.log(JSON.stringify({ root: api.root, token: api.token }));

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await carryOut(api, JSON.parse(line))));
}
await api.close();

async function carryOut(to: BotApi, order: Order): Promise<Seen> {
  const callsBefore = to.calls.length;
  let latenciesMs: number[] = [];
  let talks = 0;
  let over = false;
  let warm = () => {};
  const warmedUp = new Promise<void>((resolve) => {
    warm = resolve;
  });
  const answered = (ms: number) => {
    if (latenciesMs.push(ms) === order.warmUp) warm();
  };
  const live = async () => {
    while (!over) {
      await talk(to, order, answered);
      talks += 1;
    }
  };
  const lives = Promise.all(Array.from({ length: order.residents }, live));
  await Promise.race([warmedUp, lives]);
  latenciesMs = [];
  const before = sample(order);
  await Promise.race([pause(order.forMs), lives]);
  const after = sample(order);
  const seen = [...latenciesMs];
  over = true;
  await lives;
  return {
    updates: seen.length,
    elapsedMs: after.atMs - before.atMs,
    latenciesMs: seen,
    botCpuMs: after.botMs - before.botMs,
    serverCpuMs: after.serverMs - before.serverMs,
    loadCpuMs: after.loadMs - before.loadMs,
    talks,
    calls: countByMethod(to.calls.slice(callsBefore).map(({ method }) => method)),
  };
}

async function talk(to: BotApi, order: Order, answered: (ms: number) => void): Promise<void> {
  const person = to.user(1000 + nextPerson);
  const text = need(FIRST_NEED + nextPerson);
  nextPerson += 1;
  let saidAt = performance.now();
  const heard = () => {
    const now = performance.now();
    answered(now - saidAt);
    saidAt = now;
  };
  if (order.talk === 'proposal') {
    await walkProposal(person, text, async () => heard());
  } else {
    person.sends(text);
    await person.hears(text);
  }
  heard();
}

function sample({ botPid, serverPid }: Order) {
  return {
    atMs: performance.now(),
    botMs: cpuMs(botPid),
    serverMs: serverPid === null ? 0 : familyCpuMs(serverPid),
    loadMs: process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000,
  };
}

function countByMethod(methods: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const method of methods) counts[method] = (counts[method] ?? 0) + 1;
  return counts;
}
