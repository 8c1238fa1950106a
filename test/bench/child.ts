import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A process of the bench's own that says what it has to say in lines of JSON on stdout. */
export class Child {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly exited: Promise<number | null>;

  /** Runs `<folder>/main.ts` beside this file. It ends with this process. */
  constructor(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
    const path = new URL(`${folder}/main.ts`, import.meta.url).pathname;
    this.#process = spawn(process.execPath, ['--import', 'tsx', path, ...args], {
      env: { ...process.env, NODE_OPTIONS: '', ...env },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdout } = this.#process;
    if (stdout === null) throw new Error('a child without stdout');
    this.#lines = createInterface({ input: stdout })[Symbol.asyncIterator]();
    this.exited = new Promise((resolve) => this.#process.once('exit', resolve));
    const end = () => this.#process.kill('SIGKILL');
    process.once('exit', end);
    void this.exited.then(() => process.off('exit', end));
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** The next line it says. The caller knows its shape. @throws {Error} when it has ended */
  async next<T>(): Promise<T> {
    const { value, done } = await this.#lines.next();
    if (done) throw new Error('a part of the bench ended early');
    return JSON.parse(value) as T;
  }

  tell(order: object): void {
    this.#process.stdin?.write(`${JSON.stringify(order)}\n`);
  }

  async stop(): Promise<void> {
    this.#process.kill('SIGTERM');
    await this.exited;
  }
}
