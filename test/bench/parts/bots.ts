import type { Pace } from '../pace.ts';
import { heading, table } from '../print.ts';
import { RUN_COLUMNS, type Run, runBot, runCells } from '../run.ts';
import { openServer, type Server } from '../server.ts';
import { echo, grammy, type Subject, sunush, telegraf } from '../subjects.ts';

const SUBJECTS = [sunush, grammy, telegraf, echo];

/** Sunush beside two textbook bots with the same talk, and beside a bot that only echoes. */
export async function bots(pace: Pace): Promise<void> {
  const server = await openServer();
  try {
    await compare(server, 50, pace);
    await compare(server, 1, { ...pace, rounds: 1, warmUp: pace.warmUp / 5 });
  } finally {
    await server.stop();
  }
}

async function compare(server: Server, residents: number, { rounds, ...times }: Pace): Promise<void> {
  heading(`bots, ${residents} residents at a time, ${server.about}, ${rounds} x ${times.forMs / 1000} s by turns`);
  const runs = new Map<Subject, Run[]>(SUBJECTS.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of SUBJECTS) {
      const databaseUrl = await server.createDatabase();
      runs.get(subject)?.push(await runBot(subject, databaseUrl, server, { residents, ...times }));
      await server.dropDatabase(databaseUrl);
    }
  }
  table([['', ...RUN_COLUMNS], ...[...runs].map(([subject, of]) => [subject.name, ...runCells(of)])]);
}
