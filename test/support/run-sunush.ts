import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src/sunush.mjs', import.meta.url));

export interface Run {
  readonly code: number | null;
  readonly out: string;
  /** What is said to people. */
  readonly err: string;
}

/** Runs one command of the real program to its end. */
export function runSunush(args: readonly string[], env: NodeJS.ProcessEnv, input = ''): Promise<Run> {
  const { NODE_OPTIONS: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [program, ...args], { env: { ...inherited, LOG_LEVEL: 'warn', ...env } });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, out, err })));
}
