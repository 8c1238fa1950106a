import { join } from 'node:path';
import type { Command } from 'commander';
import { backup } from '../db/backup/backup.ts';
import { restore } from '../db/backup/restore.ts';
import { tell, withDatabase } from './with-database.ts';

interface FileOptions {
  force?: boolean;
}

/** One file with everything, from either kind of database. */
export function addBackup(program: Command): void {
  program
    .command('backup')
    .description('Writes database and media, as of one moment, to one .tar.gz; also while start runs.')
    .argument('<file>')
    .option('--force', 'overwrites the file')
    .action((file: string, options: FileOptions) =>
      withDatabase(async ({ open, config, ctx }) => {
        const { rowCount, mediaCount } = await backup(open, file, join(config.dataDir, 'media'), {
          ...options,
          now: ctx.clock.now(),
        });
        tell(`${file}: ${rowCount} rows, ${mediaCount} files.`);
      }),
    );
}

/** To either kind of database. */
export function addRestore(program: Command): void {
  program
    .command('restore')
    .description('Puts a backup into an empty database; start must not be running.')
    .argument('<file>')
    .option('--force', 'replaces what is there')
    .action((file: string, options: FileOptions) =>
      withDatabase(
        async ({ open, config }) => {
          const { rowCount, mediaCount } = await restore(open, file, join(config.dataDir, 'media'), options);
          tell(`${file}: ${rowCount} rows, ${mediaCount} files restored.`);
        },
        { alone: true },
      ),
    );
}
