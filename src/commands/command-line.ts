import { existsSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { AppError, toError } from '../core/errors.ts';
import { mask } from '../core/logger.ts';
import { addBackup } from './backup.ts';
import { addCatalogue } from './catalogue.ts';
import { addChat } from './chat.ts';
import { addDoctor } from './doctor.ts';
import { addMigrate } from './migrate.ts';
import { addParked } from './parked.ts';
import { addProposals } from './proposals.ts';
import { addStart } from './start.ts';
import { tell } from './with-database.ts';

const FAILED = 1;
const WRONG_USE = 2;

/** Runs one command and sets the exit code: 0 done, 1 failed, 2 wrong use. */
export async function runCommandLine(argv: readonly string[]): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  // `… | head` closes the pipe: that is no failure
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : FAILED));
  const program = new Command('sunush')
    .description('Proposals of villagers by chat: Telegram, a browser, the terminal.')
    .exitOverride()
    .showHelpAfterError()
    .configureHelp({ showGlobalOptions: true });
  for (const add of [addStart, addChat, addProposals, addCatalogue, addParked, addBackup, addDoctor, addMigrate])
    add(program);
  for (const command of program.commands) inherit(command);
  try {
    await program.parseAsync([...argv]);
  } catch (thrown) {
    process.exitCode = report(thrown);
  }
}

function inherit(command: Command): void {
  command.exitOverride().showHelpAfterError();
  for (const below of command.commands) inherit(below);
}

function report(thrown: unknown): number {
  // commander has said it already; help and version end with 0
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : WRONG_USE;
  const error = toError(thrown);
  tell(mask(error.message));
  return error instanceof AppError && error.code === 'invalid' ? WRONG_USE : FAILED;
}
