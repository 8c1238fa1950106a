import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unpackedChromium } from '../chromium.ts';

export interface Launcher {
  /** The program to give the library as its browser. */
  readonly path: string;
  /** Process ids of the browsers it started that still run. */
  browsers(): number[];
  /** Ends those browsers with all their parts, and takes the program away. */
  remove(): Promise<void>;
}

const MAC_CHROME = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

/**
 * A small program that starts a real Chromium for which web.whatsapp.com is this machine's `port`, and no other name
 * exists. So the library, and the product around it, are only told another path of the browser.
 */
export async function writeLauncher({ port, spki }: { port: number; spki: string }): Promise<Launcher> {
  const dir = await mkdtemp(join(tmpdir(), 'sunush-whatsapp-'));
  const path = join(dir, 'browser');
  const started = join(dir, 'started');
  const { program, env } = await findBrowser();
  const names = `MAP web.whatsapp.com:443 127.0.0.1:${port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`;
  const flags = [`--host-resolver-rules=${names}`, `--ignore-certificate-errors-spki-list=${spki}`];
  const always = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--no-proxy-server'];
  const script = [
    '#!/bin/sh',
    `echo $$ >> ${quoted(started)}`, // exec keeps the number
    ...Object.entries(env).map(([name, value]) => `export ${name}=${quoted(value)}`),
    `exec ${[program, ...always, ...flags].map(quoted).join(' ')} "$@"`,
  ];
  await writeFile(path, `${script.join('\n')}\n`, { mode: 0o700 });
  return {
    path,
    browsers: () => startedPids(started).filter(alive),
    async remove() {
      for (const pid of startedPids(started).filter(alive)) signalGroup(pid, 'SIGKILL');
      await Promise.all(startedPids(started).map(groupGone)); // a part that lingers would still write to its profile
      await rm(dir, { recursive: true, force: true });
    },
  };
}

async function findBrowser(): Promise<{ program: string; env: Record<string, string> }> {
  if (process.env.CHROME_PATH) return { program: process.env.CHROME_PATH, env: {} };
  if (process.platform !== 'linux') return { program: MAC_CHROME, env: {} };
  const place = await unpackedChromium();
  const program = join(place, 'chromium');
  const env = { FONTCONFIG_FILE: join(place, 'fonts.conf') };
  const bare = { ...env, LD_LIBRARY_PATH: join(place, 'al2023', 'lib') }; // a small image lacks libraries
  const starts = spawnSync(program, ['--version'], { env: { ...process.env, ...env } }).status === 0;
  return { program, env: starts ? env : bare };
}

function startedPids(file: string): number[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').filter(Boolean).map(Number);
}

/** A process that has ended but was not waited for counts as gone. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== 'linux') return true;
    return !/^\d+ \(.*\) Z/.test(statOf(String(pid)));
  } catch {
    return false;
  }
}

/** The library starts a browser as the leader of a group of processes. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}

const GONE_WITHIN_MS = 30_000;

async function groupGone(pid: number): Promise<void> {
  const until = Date.now() + GONE_WITHIN_MS;
  while (signalGroup(pid, 0) && groupRuns(pid) && Date.now() < until)
    await new Promise((resolve) => setTimeout(resolve, 20));
}

/** Parts that have ended stay on the list until the system has counted them off, which may take a second. */
function groupRuns(group: number): boolean {
  if (process.platform !== 'linux') return true;
  return readdirSync('/proc').some((name) => {
    const [, state, , of] = /^\d+ \(.*\) (\S) (\d+) (\d+)/.exec(statOf(name)) ?? [];
    return Number(of) === group && state !== 'Z';
  });
}

function statOf(pid: string): string {
  try {
    return /^\d+$/.test(pid) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
  } catch {
    return '';
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
