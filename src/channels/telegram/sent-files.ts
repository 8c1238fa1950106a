import type { Stats } from 'node:fs';
import { InputFile } from 'grammy';
import { type OutboundFile, SendError } from '../../messaging/contract.ts';
import { statFile } from '../../messaging/stat-file.ts';
import { isNotShown, isOfPerson, isWrongFile, toSendError } from './errors.ts';

/** https://core.telegram.org/bots/api#sending-files */
const MAX_FILE_BYTES = 50 * 1024 * 1024;
const MAX_PHOTO_BYTES = 10_000_000;
const REMEMBERED = 1_000;

/** How Telegram shows a file: in the chat, or to be tapped. */
export type FileKind = 'photo' | 'voice' | 'document';

/** A call that sends one file: by its id, or with its bytes. Resolves to the id that the file has there now. */
export type FileCall<T> = (input: string | InputFile, kind: FileKind) => Promise<{ result: T; fileId: string | null }>;

/** @throws {SendError} `rejected`: the file is not there, or larger than Telegram takes */
export async function checkFile(file: OutboundFile): Promise<Stats> {
  const found = await statFile(file);
  if (found.size > MAX_FILE_BYTES) {
    throw new SendError('rejected', `the file to send has ${found.size} bytes, expected at most ${MAX_FILE_BYTES}`);
  }
  return found;
}

/**
 * Files that Telegram has already are sent by their id, without the bytes. Of many sends of the same file at once one
 * carries it there, and the others wait for its id. What is too large or too odd for a picture, or of a person who
 * takes no voices, arrives as a file to tap.
 */
export class SentFiles {
  readonly #ids = new Map<string, string>();
  /** Resolves to why it failed; null: it is there. */
  readonly #onWay = new Map<string, Promise<unknown>>();
  readonly #notShown = new Set<string>();

  async send<T>(file: OutboundFile, wanted: FileKind, call: FileCall<T>): Promise<T> {
    const { size, mtimeMs } = await checkFile(file);
    const version = JSON.stringify([file.path, size, mtimeMs, file.name]);
    if (wanted === 'photo' && size > MAX_PHOTO_BYTES) this.#noteNotShown(version);
    try {
      return await this.#sendAs(wanted, version, file, call);
    } catch (error) {
      if (wanted === 'document' || !isNotShown(error)) throw error;
      if (!isOfPerson(error)) this.#noteNotShown(version);
      return this.#sendAs('document', version, file, call);
    }
  }

  async #sendAs<T>(wanted: FileKind, version: string, file: OutboundFile, call: FileCall<T>): Promise<T> {
    for (;;) {
      const kind = this.#notShown.has(version) ? 'document' : wanted;
      const key = `${kind} ${version}`;
      const id = this.#ids.get(key);
      const sent = id === undefined ? null : await this.#byId(key, id, kind, call);
      if (sent !== null) return sent.result;
      const onWay = this.#onWay.get(key);
      if (onWay === undefined) return this.#upload(key, new InputFile(file.path, file.name), kind, call);
      const error = await onWay;
      if (error !== null && kind !== 'document' && isNotShown(error)) {
        if (!isOfPerson(error)) this.#noteNotShown(version);
      } else refuseIfHopeless(error);
    }
  }

  /** Null: Telegram does not know the id any more. */
  async #byId<T>(key: string, id: string, kind: FileKind, call: FileCall<T>): Promise<{ result: T } | null> {
    try {
      return await call(id, kind);
    } catch (error) {
      if (!isWrongFile(error)) throw error;
      if (this.#ids.get(key) === id) this.#ids.delete(key);
      return null;
    }
  }

  async #upload<T>(key: string, file: InputFile, kind: FileKind, call: FileCall<T>): Promise<T> {
    const sent = call(file, kind);
    this.#onWay.set(
      key,
      sent.then(
        () => null,
        (error: unknown) => error,
      ),
    );
    try {
      const { result, fileId } = await sent;
      if (fileId !== null) this.#remember(key, fileId);
      return result;
    } finally {
      this.#onWay.delete(key);
    }
  }

  #noteNotShown(version: string): void {
    if (this.#notShown.size >= REMEMBERED) this.#notShown.clear();
    this.#notShown.add(version);
  }

  #remember(key: string, id: string): void {
    this.#ids.set(key, id);
    const [oldest] = this.#ids.keys();
    if (this.#ids.size > REMEMBERED && oldest !== undefined) this.#ids.delete(oldest);
  }
}

/** What was wrong with the file or the way to Telegram is wrong for all who waited; nothing of theirs has been sent. */
function refuseIfHopeless(error: unknown): void {
  if (error === null) return;
  const { reason, message, retryAfterMs } = toSendError(error);
  if (reason === 'blocked' || reason === 'gone' || reason === 'moved') return;
  throw new SendError(reason, message, { cause: error, ...(retryAfterMs === null ? {} : { retryAfterMs }) });
}
