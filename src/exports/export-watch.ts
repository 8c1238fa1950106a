import type { Context, Tx } from '../core/context.ts';
import { type Translate, translator } from '../core/texts.ts';
import type { OutboundContent } from '../messaging/contract.ts';
import type { DialogKey } from '../messaging/dialog-key.ts';
import { type ExportJob, keyOf, touchExportJob } from './export-jobs.ts';

export interface WatchOptions {
  readonly ctx: Context;
  /** Writes into a chat what `within` agrees to, in one transaction with it. */
  readonly tell: (key: DialogKey, content: OutboundContent, within?: (tx: Tx) => Promise<boolean>) => Promise<void>;
  /** How often the person hears how far a long one is. */
  readonly progressEveryMs?: number;
}

const PROGRESS_EVERY_MS = 20_000;
const TOUCH_EVERY_MS = 5_000;

/** Another process works on the job. */
export class TakenOver extends Error {}

/** Keeps a job ours while its file is made, and the person informed. */
export class ExportWatch {
  #lost = false;
  readonly #options: WatchOptions;
  readonly #job: ExportJob;
  readonly #timer: NodeJS.Timeout;
  #toldAt = performance.now();

  constructor(options: WatchOptions, job: ExportJob) {
    this.#options = options;
    this.#job = job;
    this.#timer = setInterval(() => void this.#touch(), TOUCH_EVERY_MS);
  }

  /** To be called now and then; `say` tells the person how far it is. @throws {TakenOver} */
  async progress(done: number, say: (t: Translate, of: { done: number; total: number }) => string): Promise<void> {
    if (this.#lost) throw new TakenOver('another process works on the export');
    const { tell, progressEveryMs = PROGRESS_EVERY_MS } = this.#options;
    if (performance.now() - this.#toldAt < progressEveryMs) return;
    this.#toldAt = performance.now();
    const total = Math.max(done, this.#job.rowCount);
    await tell(keyOf(this.#job), { text: say(translator(this.#job.language), { done, total }) });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  async #touch(): Promise<void> {
    const { ctx } = this.#options;
    // a database that does not answer says nothing of who works on the job
    this.#lost = !(await touchExportJob(ctx.db, this.#job).catch(() => true));
  }
}
