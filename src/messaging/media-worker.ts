import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { and, asc, eq, lte, sql } from 'drizzle-orm';
import { fileTypeFromFile } from 'file-type';
import type { Database } from '../core/context.ts';
import { toError } from '../core/errors.ts';
import type { Logger } from '../core/logger.ts';
import { type BackOff, waitMs } from './back-off.ts';
import { type Channel, type Media, SendError } from './contract.ts';
import type { DialogKey } from './dialog-key.ts';
import { isLinked } from './link.ts';
import { media } from './tables.ts';

export interface MediaWorkerOptions {
  readonly db: Database;
  readonly channel: Channel & Media;
  /** Where files are kept: `<dir>/<two digits>/<id>.<extension>`. */
  readonly dir: string;
  readonly maxBytes: number;
  readonly log: Logger;
  /** The file will never be kept: the platform has it no more, it is too large, or not what it was called. */
  readonly onLost: (sender: DialogKey) => Promise<void>;
}

type MediaRow = typeof media.$inferSelect;

const BACK_OFF: BackOff = { firstMs: 2_000, longestMs: 60 * 60_000 };
/** Telegram keeps a file much longer than these attempts take (about two days). */
const MOST_ATTEMPTS = 60;
const PAGE = 20;

/** What we keep; anything else (programs, pages, archives that lie) is refused whatever it is called. */
const KEPT =
  /^(image\/(jpeg|png|webp|heic|gif)|audio\/|video\/|application\/(pdf|ogg|vnd\.openxmlformats|msword|x-cfb|rtf|zip))/;

/** Fetches the files of one channel account to disk: outside of every turn, retried, capped, their type looked at. */
export class MediaWorker {
  readonly #options: MediaWorkerOptions;

  constructor(options: MediaWorkerOptions) {
    this.#options = options;
  }

  /** Fetches what is due; resolves when nothing is left for now. */
  async run(signal: AbortSignal): Promise<void> {
    for (;;) {
      const due = await this.#due();
      if (due.length === 0) return;
      for (const row of due) {
        // without a link an attempt would be none
        if (signal.aborted || !isLinked(this.#options.channel)) return;
        await this.#fetch(row, signal);
      }
    }
  }

  #due(): Promise<MediaRow[]> {
    const { db, channel } = this.#options;
    return db
      .select()
      .from(media)
      .where(
        and(
          eq(media.channel, channel.name),
          eq(media.account, channel.account),
          eq(media.status, 'pending'),
          lte(media.nextAttemptAt, sql`now()`),
        ),
      )
      .orderBy(asc(media.nextAttemptAt), asc(media.id))
      .limit(PAGE);
  }

  async #fetch(row: MediaRow, signal: AbortSignal): Promise<void> {
    const { db, channel, dir, log } = this.#options;
    const partial = join(dir, `${row.id}.part`);
    try {
      await mkdir(dir, { recursive: true, mode: 0o700 });
      const size = await this.#download(await unlessStopped(channel.fetch(row.ref), signal), partial, signal);
      const type = await fileTypeFromFile(partial);
      if (!isKept(row, type?.mime)) {
        await rm(partial, { force: true });
        await this.#lose(row, 'refused');
        return;
      }
      const folder = String(row.id % 100).padStart(2, '0');
      const path = join(folder, `${row.id}.${type?.ext ?? 'bin'}`);
      await mkdir(join(dir, folder), { recursive: true, mode: 0o700 });
      await rename(partial, join(dir, path));
      const kept = await this.#settle(row, { status: 'stored', path, size, mime: type?.mime ?? row.mime });
      // the person was erased while we fetched
      if (kept === null) await rm(join(dir, path), { force: true });
    } catch (thrown) {
      await rm(partial, { force: true });
      if (signal.aborted) return;
      const error = toError(thrown);
      const final = finalStatus(error, row.attempts);
      log.warn(
        { err: error, media: row.id, attempts: row.attempts + 1 },
        final ? 'a file was given up' : 'a file could not be fetched yet',
      );
      if (final) await this.#lose(row, final);
      else await postpone(db, row, error);
    }
  }

  /** Returns the size. @throws {SendError} `rejected` when there is more than we take */
  async #download(stream: ReadableStream<Uint8Array>, to: string, signal: AbortSignal): Promise<number> {
    const { maxBytes } = this.#options;
    let size = 0;
    const cap = new Transform({
      transform(chunk: Uint8Array, _, done) {
        size += chunk.length;
        if (size > maxBytes) done(new SendError('rejected', `the file has more than ${maxBytes} bytes`));
        else done(null, chunk);
      },
    });
    await pipeline(Readable.from(stream), cap, createWriteStream(to, { mode: 0o600 }), { signal });
    return size;
  }

  /** Nobody is told of a file whose sender was erased: it has no address then, or no row any more. */
  async #lose(row: MediaRow, status: 'gone' | 'refused'): Promise<void> {
    const sender = await this.#settle(row, { status });
    if (sender !== null && sender.chatId !== '') await this.#options.onLost(sender);
  }

  /** Returns whose file it is now; null: nobody's. */
  async #settle(row: MediaRow, set: Partial<MediaRow>): Promise<DialogKey | null> {
    const [sender] = await this.#options.db
      .update(media)
      .set({ ...set, ref: unlessErased(media.ref), uniqueRef: unlessErased(media.uniqueRef) })
      .where(eq(media.id, row.id))
      .returning({ channel: media.channel, account: media.account, chatId: media.chatId, personId: media.personId });
    return sender ?? null;
  }
}

/** The handle of a pending file outlives its sender, since it is needed; once settled, nothing may name who that was. */
function unlessErased(handle: typeof media.ref | typeof media.uniqueRef) {
  return sql<string>`case when ${media.chatId} = '' then '' else ${handle} end`;
}

/** A platform that stalls must not hold up a stop: its answer is then left alone. Rejects when stopped. */
function unlessStopped<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(toError(signal.reason));
    signal.addEventListener('abort', stop, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    if (signal.aborted) stop();
  });
}

/** A photo must be a picture, a voice message sound; a document may be anything we keep, or plain text. */
function isKept(row: MediaRow, sniffed: string | undefined): boolean {
  if (sniffed === undefined) return row.kind === 'document' && row.mime === 'text/plain';
  if (row.kind === 'photo') return sniffed.startsWith('image/');
  if (row.kind === 'voice' || row.kind === 'audio')
    return /^(audio|video)\//.test(sniffed) || sniffed === 'application/ogg';
  return KEPT.test(sniffed);
}

function finalStatus(error: Error, attempts: number): 'gone' | 'refused' | null {
  if (error instanceof SendError && error.reason === 'gone') return 'gone';
  if (error instanceof SendError && error.reason === 'rejected') return 'refused';
  return attempts + 1 >= MOST_ATTEMPTS ? 'gone' : null;
}

async function postpone(db: Database, row: MediaRow, error: Error): Promise<void> {
  const ms = waitMs(error, row.attempts, BACK_OFF);
  await db
    .update(media)
    .set({ attempts: sql`${media.attempts} + 1`, nextAttemptAt: sql`now() + ${ms} * interval '1 ms'` })
    .where(eq(media.id, row.id));
}

/** Removes files that nobody may keep any more (`refused` with a path), then their rows. Returns how many. */
export async function removeRefusedFiles(db: Database, dir: string): Promise<number> {
  const rows = await db
    .select({ id: media.id, path: media.path })
    .from(media)
    .where(and(eq(media.status, 'refused'), sql`${media.path} is not null`))
    .limit(1000);
  for (const { id, path } of rows) {
    if (path !== null) await rm(join(dir, path), { force: true });
    await db.delete(media).where(eq(media.id, id));
  }
  return rows.length;
}
