import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../src/sunush.mjs', import.meta.url));
const START_WITHIN_MS = 90_000;

/** The whole program as an operator runs it: `sunush start` in a process of its own, to be killed and started again. */
export class BotProcess {
  readonly #env: NodeJS.ProcessEnv;
  #child: ChildProcess | null = null;
  #exit: Promise<number | null> = Promise.resolve(null);
  #errors = '';

  constructor(env: NodeJS.ProcessEnv) {
    this.#env = { LOG_LEVEL: 'info', HOST: '127.0.0.1', PORT: '0', SIMULATOR: 'off', ...env };
  }

  /** What it wrote to stderr since it was first started. */
  get errors(): string {
    return this.#errors;
  }

  /** Where its web server listens, as it said itself when it was last started. */
  get url(): string {
    return [...this.#errors.matchAll(/"url":"([^"]+)"/g)].at(-1)?.[1] ?? '';
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Resolves with the exit code of the process that runs; null after a signal. */
  get exited(): Promise<number | null> {
    return this.#exit;
  }

  /** Resolves once it says that it has started. @throws {Error} when it ends or takes too long, with what it said */
  async start(): Promise<void> {
    const { NODE_OPTIONS: _, ...inherited } = process.env;
    const child = spawn(process.execPath, [program, 'start'], {
      env: { ...inherited, ...this.#env },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    this.#child = child;
    this.#exit = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
    const before = this.#errors.length;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`it did not start in time:\n${this.#errors.slice(before)}`)),
        START_WITHIN_MS,
      );
      child.stderr?.setEncoding('utf8').on('data', (text: string) => {
        this.#errors += text;
        if (this.#errors.slice(before).includes('"msg":"started"')) {
          clearTimeout(timer);
          resolve();
        }
      });
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`it ended with ${code} before it had started:\n${this.#errors.slice(before)}`));
      });
    });
  }

  /** kill -9, and waits until the process is gone. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#exit;
  }

  /** SIGTERM; resolves with its exit code. */
  async stop(): Promise<number | null> {
    this.#child?.kill('SIGTERM');
    return this.#exit;
  }
}
