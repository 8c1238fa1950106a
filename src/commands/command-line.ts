import { existsSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { AppError, toError } from '../core/errors.ts';
import { mask } from '../core/logger.ts';
import { tell } from './with-database.ts';

/** Read only when wanted: most commands need little of the program, and a short one should be quick. */
const COMMANDS: Readonly<Record<string, () => Promise<(program: Command) => void>>> = {
  start: async () => (await import('./start.ts')).addStart,
  chat: async () => (await import('./chat.ts')).addChat,
  proposals: async () => (await import('./proposals.ts')).addProposals,
  import: async () => (await import('./import.ts')).addImport,
  meetings: async () => (await import('./meetings.ts')).addMeetings,
  staff: async () => (await import('./staff.ts')).addStaff,
  stats: async () => (await import('./stats.ts')).addStats,
  catalogue: async () => (await import('./catalogue.ts')).addCatalogue,
  plan: async () => (await import('./plan.ts')).addPlan,
  announce: async () => (await import('./announce.ts')).addAnnounce,
  announcements: async () => (await import('./announcements.ts')).addAnnouncements,
  hearings: async () => (await import('./hearings.ts')).addHearings,
  whatsapp: async () => (await import('./whatsapp.ts')).addWhatsApp,
  parked: async () => (await import('./parked.ts')).addParked,
  backup: async () => (await import('./backup.ts')).addBackup,
  restore: async () => (await import('./backup.ts')).addRestore,
  doctor: async () => (await import('./doctor.ts')).addDoctor,
  migrate: async () => (await import('./migrate.ts')).addMigrate,
};

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
  const [, , name = ''] = argv;
  const wanted = Object.entries(COMMANDS).filter(([known]) => known === name);
  for (const [, load] of wanted.length > 0 ? wanted : Object.entries(COMMANDS)) (await load())(program);
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
