import { type ChildProcess, fork } from 'node:child_process';
import { SendError } from '../../messaging/contract.ts';
import { toSendError } from './errors.ts';
import type { Answer, ChildEvent, ChildOptions, Verb, Verbs } from './ipc.ts';
import { kill } from './profile.ts';
import { within } from './within.ts';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The parent's end of one child process. */
export class ChildLink {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #browserPid: number | null = null;
  #ids = 0;
  /** Resolves once the process has ended. */
  readonly ended: Promise<void>;

  constructor(options: ChildOptions, onEvent: (event: ChildEvent) => void) {
    this.#child = fork(new URL('./child.mjs', import.meta.url), {
      execArgv: [],
      serialization: 'advanced', // bytes stay bytes
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      detached: false,
    });
    this.#child.on('message', (message: Answer | ChildEvent) => {
      if ('id' in message) return this.#settle(message);
      if (message.event === 'browser') this.#browserPid = message.pid;
      onEvent(message);
    });
    this.ended = new Promise((resolve) => {
      const end = () => {
        if (this.#browserPid !== null) kill(this.#browserPid);
        const error = new SendError('unreachable', 'the browser’s process ended', { mayHaveArrived: true });
        for (const { reject } of this.#waiting.values()) reject(error);
        this.#waiting.clear();
        resolve();
      };
      this.#child.once('exit', end);
      // one that could not be started tells so more than once
      this.#child.on('error', end);
    });
    this.#child.send(options, () => undefined); // where this fails, it has ended
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Of the browser; null before it runs. */
  get browserPid(): number | null {
    return this.#browserPid;
  }

  /** @throws {SendError} what the child says, or `unreachable` when it says nothing within `ms` */
  async ask<V extends Verb>(verb: V, args: Verbs[V]['args'], ms: number): Promise<Verbs[V]['result']> {
    if (!this.#child.connected) throw new SendError('unreachable', 'the browser’s process has ended');
    const id = ++this.#ids;
    const answer = new Promise<unknown>((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      // what it cannot take any more is told here, or else to nobody, which ends the program
      this.#child.send({ id, verb, args }, (error) => error && reject(error));
    });
    try {
      return asResult<V>(await within(ms, verb, answer));
    } catch (thrown) {
      if (thrown instanceof SendError) throw thrown;
      throw new SendError('unreachable', `the browser did not answer: ${verb}`, {
        mayHaveArrived: verb === 'send',
        cause: thrown,
      });
    } finally {
      this.#waiting.delete(id);
    }
  }

  /** Asks it to end in order, after what it sends now or after `sendsMs`, and makes it. */
  async stop(ms: number, sendsMs: number): Promise<void> {
    await this.ask('stop', { sendsMs }, ms + sendsMs).catch(() => undefined);
    await within(500, 'end', this.ended).catch(() => this.kill());
  }

  async kill(): Promise<void> {
    if (this.#browserPid !== null) kill(this.#browserPid);
    this.#child.kill('SIGKILL');
    await this.ended;
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    if ('failure' in answer) waiting?.reject(toSendError(answer.failure));
    else waiting?.resolve(answer.result);
  }
}

/** The child answers a verb with its own result: both ends are built from the same types. */
function asResult<V extends Verb>(result: unknown): Verbs[V]['result'] {
  return result as Verbs[V]['result'];
}
