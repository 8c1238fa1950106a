import type { Command } from 'commander';
import { tell, withDatabase } from './with-database.ts';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description('Brings the database up to this version; start does so by itself.')
    .action(async () => {
      const url = await withDatabase(async ({ open }) => open.url, { asItIs: true });
      tell(`The database is up to date: ${url}`);
    });
}
