import { readdirSync, readFileSync } from 'node:fs';

export interface Process {
  readonly pid: number;
  readonly parent: number;
  /** Its program and arguments. */
  readonly args: readonly string[];
}

/** Those that run now, as Linux tells; one that has ended and was not waited for is none. */
export function runningProcesses(): Process[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const [, state, parent] = /^\d+ \(.*\) (\S) (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
      const args = readFileSync(`/proc/${name}/cmdline`, 'utf8').split('\0');
      return state === 'Z' || state === undefined ? [] : [{ pid: Number(name), parent: Number(parent), args }];
    } catch {
      return []; // it ended meanwhile
    }
  });
}
