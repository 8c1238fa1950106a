import { vi } from 'vitest';
import { runCommandLine } from '../../src/commands/command-line.ts';
import type { Run } from './run-sunush.ts';

/**
 * Runs one command of the program to its end within this process, whose start it saves: the command line itself, the
 * configuration of `env`, a connection of its own. One at a time.
 */
export async function runHere(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Run> {
  let out = '';
  let err = '';
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
      out += String(chunk);
      return true;
    }),
    vi.spyOn(process.stderr, 'write').mockImplementation((chunk) => {
      err += String(chunk);
      return true;
    }),
  ];
  const before = { env: process.env, exitCode: process.exitCode };
  const { on } = process.stdout;
  // it listens for a closed pipe for as long as its process lives; this one goes on
  process.stdout.on = () => process.stdout;
  process.env = { ...before.env, LOG_LEVEL: 'silent', ...env };
  process.exitCode = undefined;
  try {
    await runCommandLine(['node', 'sunush', ...args]);
    return { code: Number(process.exitCode ?? 0), out, err };
  } finally {
    process.exitCode = before.exitCode;
    process.env = before.env;
    process.stdout.on = on;
    for (const spy of spies) spy.mockRestore();
  }
}
