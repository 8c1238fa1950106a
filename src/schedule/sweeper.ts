import cron, { type ScheduledTask } from 'node-cron';
import { toError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';

/** A job looks for what is due in the database and does it: safe to run in any number of processes, at any time. */
export interface SweepJob {
  readonly name: string;
  /** Six fields, seconds first. */
  readonly pattern: string;
  run(): Promise<void>;
}

// A query or a burst of work may delay a wake-up; with the library's one second it would then be left out.
const LATE_MS = 60_000;

/** Its warnings (a run that takes longer than its interval) are no news: the next one finds what is left. */
const quiet = { info() {}, warn() {}, error() {}, debug() {} };

/** Wakes the jobs by node-cron; what is due stands in the database, so nothing is lost while nobody runs. */
export class Sweeper {
  readonly #jobs: readonly SweepJob[];
  readonly #timeZone: string;
  readonly #log: Logger;
  readonly #running = new Set<Promise<void>>();
  #tasks: ScheduledTask[] = [];

  constructor(o: { jobs: readonly SweepJob[]; timeZone: string; log: Logger }) {
    this.#jobs = o.jobs;
    this.#timeZone = o.timeZone;
    this.#log = o.log;
  }

  /** Runs every job once, for what fell due while nobody ran, then on its schedule. */
  start(): void {
    for (const job of this.#jobs) void this.#run(job);
    this.#tasks = this.#jobs.map((job) =>
      cron.schedule(job.pattern, () => this.#run(job), {
        name: job.name,
        timezone: this.#timeZone,
        noOverlap: true,
        logger: quiet,
        missedExecutionTolerance: LATE_MS,
      }),
    );
  }

  async stop(): Promise<void> {
    for (const task of this.#tasks) await task.destroy();
    await Promise.all(this.#running);
  }

  async #run(job: SweepJob): Promise<void> {
    const run = job.run().catch((thrown: unknown) => {
      this.#log.error({ err: toError(thrown), job: job.name }, 'a sweep failed; the next one tries again');
    });
    this.#running.add(run);
    await run;
    this.#running.delete(run);
  }
}
