import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { AppError, toError } from '../core/errors.ts';
import { loadCatalogue } from '../places/load-catalogue.ts';
import { tell, withDatabase } from './with-database.ts';

export function addCatalogue(program: Command): void {
  const catalogue = program.command('catalogue').description('Villages, sectors, legal texts and settings.');
  catalogue
    .command('load')
    .description('Loads a municipality from a JSON file: all of it, or with every mistake named nothing.')
    .argument('<file>')
    .option('--json', 'what changed, for programs')
    .action(async (path: string, options: { json?: boolean }) => {
      const file = await readJson(path);
      const result = await withDatabase(({ ctx, config }) => loadCatalogue(ctx, file, { timeZone: config.timeZone }), {
        asItIs: true,
      });
      if (options.json) process.stdout.write(`${JSON.stringify(result)}\n`);
      const { municipality, added, changed, retired } = result;
      tell(`${municipality}: ${added.length} added, ${changed.length} changed, ${retired.length} retired.`);
    });
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('catalogue', `${path} cannot be read: ${toError(cause).message}`, { cause });
  });
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('catalogue', `${path} is not JSON: ${toError(cause).message}`, { cause });
  }
}
