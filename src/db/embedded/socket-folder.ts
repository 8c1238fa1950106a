import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, openSync, realpathSync, statSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { AppError } from '../../core/errors.ts';

// The kernel cuts a socket's path after 107 bytes (103 on macOS) without a word.
const LONGEST_PATH = 100;
const LONGEST_NAME = 24;

/**
 * A folder for the sockets of a data folder, the same for every process that uses it, with a path short enough:
 * `DATA_DIR/run`; where that is too long, the same folder by an open handle, or one under the temporary folder.
 * @throws {AppError} `data-dir` when the folder cannot be made or written
 */
export function socketFolder(dataDir: string): string {
  try {
    mkdirSync(join(dataDir, 'run'), { recursive: true, mode: 0o700 });
  } catch (cause) {
    throw unusable(dataDir, cause);
  }
  const folder = realpathSync(join(dataDir, 'run'));
  if (Buffer.byteLength(folder) + 1 + LONGEST_NAME <= LONGEST_PATH) return folder;
  // A temporary folder can be private to a service, and then a command would not see who owns the database.
  const handle = `/proc/self/fd/${existsSync('/proc/self/fd') ? openSync(folder, 'r') : ''}`;
  if (existsSync(join(handle, '.'))) return handle;
  const name = `sunush-${userInfo().uid}-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`;
  const short = join(tmpdir(), name);
  mkdirSync(short, { recursive: true, mode: 0o700 });
  const owner = statSync(short).uid;
  if (process.getuid && owner !== process.getuid()) {
    throw new AppError('data-dir', `The folder ${short} belongs to somebody else; set DATA_DIR to a shorter path.`);
  }
  return short;
}

/** One sentence for a data folder that the system refuses. */
export function unusable(dataDir: string, cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause);
  const why: Record<string, string> = {
    EACCES: 'this user may not write there',
    EPERM: 'this user may not write there',
    EROFS: 'it is on a read-only disk',
    ENOTDIR: 'a part of its path is a file',
    EEXIST: 'it is a file',
    ENOSPC: 'the disk is full',
  };
  return new AppError('data-dir', `The data folder ${dataDir} cannot be used: ${why[code] ?? code}.`, { cause });
}
