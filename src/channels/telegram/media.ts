import type { Api } from 'grammy';
import { SendError } from '../../messaging/contract.ts';
import { toSendError } from './errors.ts';
import { MAX_DOWNLOAD_BYTES } from './read.ts';

const FETCH_TIMEOUT_MS = 120_000;

/**
 * The bytes of a file that somebody sent us, at most 20 MB. Ends with an error, never short, when the connection breaks.
 * @throws {SendError} `gone` when Telegram has it no more, `rejected` when it is too large; so does the stream
 */
export async function fetchFile(
  api: Api,
  source: { token: string; apiRoot: string },
  fileId: string,
): Promise<ReadableStream<Uint8Array>> {
  try {
    const file = await api.getFile(fileId);
    if ((file.file_size ?? 0) > MAX_DOWNLOAD_BYTES) throw tooLarge();
    if (file.file_path === undefined) throw new SendError('gone', 'the file has no path');
    const url = `${source.apiRoot}/file/bot${source.token}/${file.file_path}`;
    const response = await fetch(url, { signal: AbortSignal.timeout(FETCH_TIMEOUT_MS) });
    if (!response.ok || response.body === null) {
      await response.body?.cancel();
      throw new SendError(failureOf(response.status), `file download answered ${response.status}`);
    }
    return ReadableStream.from(capped(response.body));
  } catch (error) {
    const failure = toSendError(error);
    // Telegram's word for a file beyond what getFile serves.
    throw /file is too big/i.test(failure.message) ? tooLarge(failure) : failure;
  }
}

async function* capped(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (size > MAX_DOWNLOAD_BYTES) throw tooLarge();
      yield chunk;
    }
  } catch (error) {
    throw toSendError(error);
  }
}

function failureOf(status: number): 'gone' | 'throttled' | 'misconfigured' | 'unreachable' {
  if (status === 404 || status === 400 || status === 410) return 'gone';
  if (status === 429) return 'throttled';
  return status === 401 ? 'misconfigured' : 'unreachable';
}

function tooLarge(cause?: Error): SendError {
  return new SendError('rejected', `the file is larger than ${MAX_DOWNLOAD_BYTES} bytes`, { cause });
}
