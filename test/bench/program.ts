import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { memoryOf } from './machine.ts';

const program = fileURLToPath(new URL('../../src/sunush.mjs', import.meta.url));
const LOOK_EVERY_MS = 10;

export interface Spent {
  readonly ms: number;
  readonly peakMb: number;
}

/** Runs a command of the program to its end. @throws {Error} when it fails, with what it said */
export async function runCommand(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Spent> {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const startedAt = performance.now();
  const child = spawn(process.execPath, [program, ...args], {
    env: { ...inherited, ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  let peakMb = 0;
  const look = setInterval(() => {
    peakMb = memoryOf(child.pid ?? 0)?.peakMb ?? peakMb;
  }, LOOK_EVERY_MS);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${said}`);
  return { ms: performance.now() - startedAt, peakMb };
}
