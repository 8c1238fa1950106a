import { randomBytes } from 'node:crypto';
import { linkSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { AppError } from '../../core/errors.ts';
import { type Desk, openDesk } from './desk.ts';
import { lines, type OwnerLine, type Role } from './owner-lines.ts';
import { unusable } from './socket-folder.ts';

/** The right to open the database of a folder; no other process has it until `release`. */
export interface Ownership extends Desk {
  readonly kind: 'owner';
  readonly socketPath: string;
}

/** A seat at another process's database, for as long as that lives. */
export interface Guest {
  readonly kind: 'guest';
  readonly socketPath: string;
  leave(): void;
}

export interface ClaimOptions {
  readonly dataDir: string;
  readonly folder: string;
  readonly role: Role;
  readonly onWaiting: () => void;
  /** The process that let this one in is gone, and the database with it. */
  readonly onOwnerLost: () => void;
}

/**
 * Makes this process the owner of a folder or a guest of the process that is. A `start` is never a guest: it waits
 * until a command has left. @throws {AppError} `already-running` when another `start` owns the folder
 */
export async function claimFolder(options: ClaimOptions): Promise<Ownership | Guest> {
  const { folder, role } = options;
  const desk = openDesk(role);
  const mine = join(folder, `own.${process.pid}.${randomBytes(3).toString('hex')}`);
  try {
    await desk.listen(mine);
  } catch (cause) {
    throw unusable(options.dataDir, cause);
  }
  let owns = false;
  try {
    for (;;) {
      const highest = generations(folder)[0] ?? 0;
      const met = highest === 0 ? 'dead' : await visit(join(folder, `owner.${highest}`), options);
      if (met === 'look-again') continue;
      if (typeof met === 'object')
        return {
          kind: 'guest',
          socketPath: join(folder, `db.${highest}`),
          leave: met.leave,
        };
      const next = highest + 1;
      if (!tryLink(mine, join(folder, `owner.${next}`), options.dataDir)) continue;
      // A slower starter may have counted from an older list: only the highest number owns.
      if (generations(folder)[0] !== next) {
        rmSync(join(folder, `owner.${next}`), { force: true });
        continue;
      }
      for (const old of generations(folder)) if (old < next) forget(folder, old);
      owns = true;
      return { kind: 'owner', socketPath: join(folder, `db.${next}`), ...desk };
    }
  } finally {
    rmSync(mine, { force: true });
    if (!owns) await desk.release();
  }
}

function generations(folder: string): number[] {
  const numbers = readdirSync(folder).map((name) => Number(/^owner\.(\d+)$/.exec(name)?.[1] ?? 0));
  return numbers.filter((number) => number > 0).sort((a, b) => b - a);
}

function forget(folder: string, generation: number): void {
  rmSync(join(folder, `owner.${generation}`), { force: true });
  rmSync(join(folder, `db.${generation}`), { force: true });
}

function tryLink(from: string, to: string, dataDir: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'EEXIST') return false;
    throw unusable(dataDir, cause);
  }
}

const SILENT_OWNER_MS = 30_000;

/** The visitor's side: `dead` when nobody listens, a seat when let in, `look-again` when it is worth looking anew. */
async function visit(path: string, options: ClaimOptions): Promise<'dead' | 'look-again' | { leave(): void }> {
  const socket = connect(path);
  let seated = false;
  const leave = () => {
    seated = false;
    socket.destroy();
  };
  const result = await new Promise<'dead' | 'look-again' | 'seat' | AppError>((resolve) => {
    const silence = setTimeout(() => {
      resolve(new AppError('already-running', `The program that owns ${options.dataDir} does not answer.`));
    }, SILENT_OWNER_MS);
    socket.on('connect', () => socket.write(`${options.role}\n`));
    socket.on('close', () => {
      clearTimeout(silence);
      if (seated) options.onOwnerLost();
      resolve('look-again');
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const dead = error.code === 'ECONNREFUSED' || error.code === 'ENOENT';
      if (error.code === 'EACCES') resolve(unusable(options.dataDir, error));
      else resolve(dead ? 'dead' : 'look-again');
    });
    lines(socket, (line) => {
      clearTimeout(silence);
      const owner: OwnerLine = JSON.parse(line);
      if (options.role === 'command') {
        if (owner.state !== 'open') return;
        seated = true;
        resolve('seat');
        return;
      }
      if (owner.role === 'start' && owner.state !== 'closing') {
        resolve(new AppError('already-running', `Another start already runs with the data folder ${options.dataDir}.`));
      } else if (owner.role === 'command') options.onWaiting();
    });
  });
  if (result === 'seat') return { leave };
  socket.destroy();
  if (result instanceof AppError) throw result;
  if (result === 'look-again') await pause(20);
  return result;
}
