import type { Command } from 'commander';
import { listMeetings } from '../meetings/queries.ts';
import { chooseMunicipality, tell, withDatabase } from './with-database.ts';

export function addMeetings(program: Command): void {
  const meetings = program.command('meetings').description('Village meetings that took place.');
  meetings
    .command('list')
    .description('One line a meeting, the latest first.')
    .option('--municipality <code>', 'where there are several')
    .option('--json', 'for programs')
    .action((options: { municipality?: string; json?: boolean }) =>
      withDatabase(async (world) => {
        const { municipality } = await chooseMunicipality(world, options.municipality);
        const list = await listMeetings(world.ctx.db, { municipalityId: municipality.id });
        if (options.json) {
          process.stdout.write(`${JSON.stringify(list)}\n`);
          return;
        }
        for (const meeting of list) {
          const { id, heldOn, villageId, kind, people, women, proposalCount } = meeting;
          process.stdout.write(`${[id, heldOn, villageId, kind, people, women ?? '', proposalCount].join('\t')}\n`);
        }
        tell(`${list.length} meeting(s).`);
      }),
    );
}
