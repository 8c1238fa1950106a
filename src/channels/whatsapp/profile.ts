import { chmodSync, mkdirSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

/** Left by a browser that ended uncleanly; from another machine's name they would keep out every other one. */
const LOCKS = ['SingletonLock', 'SingletonSocket', 'SingletonCookie'];

/** Where the link to WhatsApp is kept: whoever has this folder is the account. */
export class Profile {
  /** 0700, with the browser's profile and our own notes in it. */
  readonly dir: string;
  /** The browser's. */
  readonly browserDir: string;

  constructor(dataDir: string) {
    this.dir = resolve(dataDir, 'whatsapp');
    this.browserDir = join(this.dir, 'session-bot');
  }

  /** Makes the folder, and takes from everybody else what they might do with it. */
  prepare(): void {
    mkdirSync(this.browserDir, { recursive: true, mode: 0o700 });
    for (const dir of [this.dir, this.browserDir]) chmodSync(dir, 0o700);
  }

  /** Ends browsers that still use the profile, of a process that was killed, and takes away the locks they left. */
  async free(): Promise<void> {
    const pids = await this.#users();
    for (const pid of pids) kill(pid);
    for (const lock of LOCKS) await rm(join(this.browserDir, lock), { force: true });
  }

  /** Forgets the link. */
  async remove(): Promise<void> {
    await rm(this.browserDir, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Processes whose command line names the profile. Without /proc none can be told: there the browser ends by itself. */
  async #users(): Promise<number[]> {
    const names = await readdir('/proc').catch(() => []);
    const found: number[] = [];
    for (const name of names) {
      const pid = Number(name);
      if (!Number.isInteger(pid) || pid === process.pid) continue;
      const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
      if (line.split('\0').includes(`--user-data-dir=${this.browserDir}`)) found.push(pid);
    }
    return found;
  }
}

/** Resident memory of a process and all that it has started, in bytes; 0 where the system does not tell. */
export async function memoryOf(pid: number): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc').catch(() => [])) {
    const stat = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : '';
    const parent = /^\d+ \(.*\) \S (\d+)/s.exec(stat)?.[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isOurs = (one: number): boolean => one === pid || (parents.has(one) && isOurs(parents.get(one) ?? 0));
  let bytes = 0;
  for (const one of parents.keys()) {
    if (!isOurs(one)) continue;
    const pss = await readFile(`/proc/${one}/smaps_rollup`, 'utf8').catch(() => '');
    bytes += Number(/^Pss:\s+(\d+)/m.exec(pss)?.[1] ?? 0) * 1024;
  }
  return bytes;
}

/** Ends a process at once; one that has ended is none of our business. */
export function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it is gone
  }
}
