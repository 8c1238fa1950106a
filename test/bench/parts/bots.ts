import { heading, table } from '../print.ts';
import { RUN_COLUMNS, type Run, runBot, runCells } from '../run.ts';
import { openServer, type Server } from '../server.ts';
import { echo, grammy, type Subject, sunush, telegraf } from '../subjects.ts';

const SUBJECTS = [sunush, grammy, telegraf, echo];
const ROUNDS = 3;
const MANY = { residents: 50, warmUpMs: 4000, forMs: 8000 };
const ALONE = { residents: 1, warmUpMs: 2000, forMs: 3000 };

/** Sunush beside two textbook bots with the same talk, and beside a bot that only echoes. */
export async function bots(): Promise<void> {
  const server = await openServer();
  try {
    await compare(server, { rounds: ROUNDS, load: MANY });
    await compare(server, { rounds: 1, load: ALONE });
  } finally {
    await server.stop();
  }
}

async function compare(server: Server, { rounds, load }: { rounds: number; load: typeof MANY }): Promise<void> {
  heading(`bots, ${load.residents} residents at a time, ${server.about}, ${rounds} x ${load.forMs / 1000} s by turns`);
  const runs = new Map<Subject, Run[]>(SUBJECTS.map((subject) => [subject, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const subject of SUBJECTS) {
      const databaseUrl = await server.createDatabase();
      runs.get(subject)?.push(await runBot(subject, databaseUrl, server, load));
      await server.dropDatabase(databaseUrl);
    }
  }
  table([['', ...RUN_COLUMNS], ...[...runs].map(([subject, of]) => [subject.name, ...runCells(of)])]);
}
