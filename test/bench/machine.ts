import { readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';

/** Clock ticks of /proc/<pid>/stat: `getconf CLK_TCK`, 100 on every Linux that Node runs on. */
const TICK_MS = 10;
const MEGABYTE = 1024;

interface Stat {
  readonly parent: number;
  /** Own time, and time of children that have ended. */
  readonly ownMs: number;
  readonly endedChildrenMs: number;
}

/** Time that a process has spent on a processor so far, in ms. @throws {Error} when there is no such process */
export function cpuMs(pid: number): number {
  return statOf(pid).ownMs;
}

/** The same of a process and all its children, those that have ended included. */
export function familyCpuMs(pid: number): number {
  const { ownMs, endedChildrenMs } = statOf(pid);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ifThere(() => statOf(Number(name))))
    .reduce((sum, stat) => (stat?.parent === pid ? sum + stat.ownMs : sum), ownMs + endedChildrenMs);
}

export interface Memory {
  readonly nowMb: number;
  readonly peakMb: number;
}

/** Resident memory of a process; null once it has ended. */
export function memoryOf(pid: number): Memory | null {
  const status = ifThere(() => readFileSync(`/proc/${pid}/status`, 'utf8'));
  const mb = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(status ?? '')?.[1] ?? 0) / MEGABYTE;
  return status === null || mb('VmRSS') === 0 ? null : { nowMb: mb('VmRSS'), peakMb: mb('VmHWM') };
}

/** `load 3.1 on 2 cores`: how busy the machine is with whatever else. */
export function loadNow(): string {
  return `load ${(loadavg()[0] ?? 0).toFixed(1)} on ${cpus().length} cores`;
}

function statOf(pid: number): Stat {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' '); // the name before it may hold spaces
  const sum = (from: number) => (Number(fields[from]) + Number(fields[from + 1])) * TICK_MS;
  return { parent: Number(fields[1]), ownMs: sum(11), endedChildrenMs: sum(13) };
}

function ifThere<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null; // it has ended meanwhile
  }
}
