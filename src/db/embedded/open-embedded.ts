import { join } from 'node:path';
import type { Logger } from '../../core/logger.ts';
import type { Role } from './owner-lines.ts';
import { claimFolder, type Ownership } from './ownership.ts';
import { socketFolder } from './socket-folder.ts';
import { startEmbedded } from './start.ts';

export interface Embedded {
  readonly socketPath: string;
  readonly isOwner: boolean;
  /** The owner calls this once the database is migrated. */
  letGuestsIn(): void;
  /** As the owner: after the guests have gone. */
  close(): Promise<void>;
}

interface Options {
  readonly dataDir: string;
  readonly role: Role;
  readonly log: Logger;
  readonly onWaiting?: (why: 'command-owns') => void;
}

// A stopping program has ten seconds in all; a command stays for its guests until it is told to stop.
const START_WAITS_MS = 7_000;
const TOLD_TO_STOP_MS = 10_000;

/** Starts the database of a folder, or finds the process that has. @throws {AppError} `data-dir`, `already-running` */
export async function openEmbedded(options: Options): Promise<Embedded> {
  const { dataDir, role, log } = options;
  const onWaiting = () => options.onWaiting?.('command-owns');
  const onOwnerLost = () => {
    log.fatal('The process that served the embedded database ended; this one ends too and can be started again.');
    process.exit(1);
  };
  const claim = await claimFolder({ dataDir, folder: socketFolder(dataDir), role, onWaiting, onOwnerLost });
  if (claim.kind === 'guest') {
    return {
      socketPath: claim.socketPath,
      isOwner: false,
      letGuestsIn() {},
      close: async () => claim.leave(),
    };
  }
  try {
    const server = await startEmbedded(
      { folder: join(dataDir, 'db'), socketPath: claim.socketPath },
      {
        end(cause) {
          log.fatal({ err: cause }, 'The embedded database ended; the program ends and can be started again.');
          process.exit(1);
        },
        silent: () => log.error('A connection was silent in a transaction for 5 seconds and was closed.'),
      },
    );
    const close = async () => {
      await guestsGone(claim, role);
      await server.close();
      await claim.release();
    };
    return {
      socketPath: claim.socketPath,
      isOwner: true,
      letGuestsIn: () => claim.open(),
      close,
    };
  } catch (cause) {
    await claim.release();
    throw cause;
  }
}

async function guestsGone(claim: Ownership, role: Role): Promise<void> {
  if (role === 'start') return claim.emptied(START_WAITS_MS);
  let timer: NodeJS.Timeout | undefined;
  const stopped = new Promise<void>((resolve) => {
    const soon = () => {
      timer = setTimeout(resolve, TOLD_TO_STOP_MS);
    };
    process.once('SIGTERM', soon).once('SIGINT', soon);
    void claim.emptied(Number.POSITIVE_INFINITY).then(() => {
      process.off('SIGTERM', soon).off('SIGINT', soon);
      resolve();
    });
  });
  await stopped;
  clearTimeout(timer);
}
