import { Child } from './child.ts';
import type { Order, Seen } from './load/orders.ts';
import { memoryOf } from './machine.ts';
import { median, percentile, spread } from './print.ts';
import { type Server, withSql } from './server.ts';
import type { Subject } from './subjects.ts';

export interface Run {
  readonly seen: Seen;
  readonly peakMb: number;
  /** Proposals that the database holds more than before. */
  readonly stored: number;
}

/** Lets residents talk to a bot that is started for it and ended afterwards. */
export async function runBot(
  subject: Subject,
  databaseUrl: string,
  server: Server,
  load: Pick<Order, 'residents' | 'warmUp' | 'forMs'>,
): Promise<Run> {
  const residents = new Child('load', []);
  try {
    const { root, token } = await residents.next<{ root: string; token: string }>();
    const bot = await subject.start({ root, token, databaseUrl });
    try {
      const before = await storedIn(databaseUrl);
      residents.tell({ ...load, talk: subject.talk, botPid: bot.pid, serverPid: server.pid } satisfies Order);
      const seen = await residents.next<Seen>();
      const peakMb = memoryOf(bot.pid)?.peakMb ?? Number.NaN;
      return { seen, peakMb, stored: (await storedIn(databaseUrl)) - before };
    } finally {
      await bot.stop();
    }
  } finally {
    await residents.stop();
  }
}

export const RUN_COLUMNS = [
  'updates/s',
  'CPU ms/update',
  'server CPU',
  'peak MB',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'load busy',
  'calls/talk',
  'stored/talks',
];

/** The cells of `RUN_COLUMNS`: medians over the runs, with the least and the most. */
export function runCells(runs: readonly Run[]): string[] {
  const seen = runs.map((run) => run.seen);
  const each = (value: (seen: Seen) => number) => seen.map(value);
  const latency = (share: number) => median(each(({ latenciesMs }) => percentile(latenciesMs, share))).toFixed(0);
  const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
  const talks = sum(each((s) => s.talks));
  const calls = sum(each((s) => sum(Object.values(s.calls))));
  return [
    spread(each((s) => (s.updates * 1000) / s.elapsedMs)),
    spread(
      each((s) => s.botCpuMs / s.updates),
      2,
    ),
    median(each((s) => s.serverCpuMs / s.updates)).toFixed(2),
    median(runs.map((run) => run.peakMb)).toFixed(0),
    latency(0.5),
    latency(0.95),
    latency(0.99),
    `${median(each((s) => (s.loadCpuMs * 100) / s.elapsedMs)).toFixed(0)} %`,
    (calls / talks).toFixed(1),
    `${sum(runs.map((run) => run.stored))}/${talks}`,
  ];
}

async function storedIn(databaseUrl: string): Promise<number> {
  return withSql(databaseUrl, async (sql) => {
    const [table] = await sql<{ there: boolean }[]>`select to_regclass('proposals') is not null as there`;
    if (table?.there !== true) return 0; // the echo bot has none
    const [row] = await sql<{ count: number }[]>`select count(*)::int as count from proposals`;
    return row?.count ?? 0;
  });
}
