import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';

export interface Child {
  readonly pid: number;
  /** Everything it said so far, on either stream. */
  output(): string;
  /** Resolves once it printed a line that begins like this. @throws {Error} when it ends without, or takes too long */
  line(beginning: string): Promise<string>;
  tell(text: string): void;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code; null after a signal. */
  readonly exited: Promise<number | null>;
}

const LINE_WITHIN_MS = 180_000;

/** Runs a TypeScript file in a process of its own, which does not outlive the test. */
export function spawnScript(file: URL | string, args: string[], env: NodeJS.ProcessEnv): Child {
  const path = typeof file === 'string' ? file : file.pathname;
  const child = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
    env: { ...process.env, NODE_OPTIONS: '', ...env },
  });
  let out = '';
  let all = '';
  const heard = new Set<() => void>();
  const hear = () => {
    for (const check of heard) check();
  };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    all += text;
    hear();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    all += text;
  });
  child.stdin.on('error', () => {});
  let over = false;
  const exited = new Promise<number | null>((resolve) =>
    child.once('close', (code) => {
      over = true;
      resolve(code);
      hear();
    }),
  );
  onTestFinished(async () => {
    if (!over) child.kill('SIGKILL');
    await exited;
  });
  return {
    pid: child.pid ?? 0,
    output: () => all,
    exited,
    tell: (text) => void child.stdin.write(text),
    kill: (signal) => void child.kill(signal),
    line: (beginning) =>
      new Promise((resolve, reject) => {
        const done = (settle: () => void) => {
          clearTimeout(timer);
          heard.delete(check);
          settle();
        };
        const check = () => {
          const found = out
            .split('\n')
            .slice(0, -1)
            .find((line) => line.startsWith(beginning));
          if (found !== undefined) done(() => resolve(found));
          else if (over) done(() => reject(new Error(`the process ended without '${beginning}':\n${all}`)));
        };
        const timer = setTimeout(
          () => done(() => reject(new Error(`no '${beginning}' in time:\n${all}`))),
          LINE_WITHIN_MS,
        );
        heard.add(check);
        check();
      }),
  };
}
