import type { Client } from 'whatsapp-web.js';
import { SendError } from '../../messaging/contract.ts';
import { evaluate } from './page.ts';
import { parseRaw } from './serialize.ts';

/**
 * The bytes of a message's file. All of it passes through the pipe to the browser as text: what is too large is left in
 * the page, by what the sender's phone tells before the download, and by what it really is after it.
 * @throws {SendError} `rejected` above `maxBytes`, `gone` once WhatsApp has it no more, else `unreachable`
 */
export async function download(client: Client, messageId: string, maxBytes: number): Promise<Uint8Array> {
  const message = await client.getMessageById(messageId);
  const raw = parseRaw(message?.rawData);
  if (!message || raw === null) throw new SendError('unreachable', 'WhatsApp’s page does not have the message');
  if ((raw.size ?? 0) > maxBytes) throw new SendError('rejected', `the file has ${raw.size} bytes`);
  await evaluate(client, CAPPED(maxBytes));
  const media = await message.downloadMedia().catch((thrown: unknown) => {
    const bytes = TOO_LARGE.exec(String(thrown))?.[1];
    throw bytes === undefined ? thrown : new SendError('rejected', `the file has ${bytes} bytes, and told less`);
  });
  if (media) return Buffer.from(media.data, 'base64');
  const stage = await evaluate<string | null>(client, MEDIA_STAGE(messageId));
  // other errors are of the way, not of the file
  if (stage === 'ERROR_MISSING' || !message.hasMedia) throw new SendError('gone', 'the file has expired');
  throw new SendError('unreachable', 'the file is not there yet');
}

const TOO_LARGE = /too large: (\d+) bytes/;

/** The library turns a file into text by this function of its own: the last moment to refuse it. */
const CAPPED = (maxBytes: number) => `(() => {
  const library = window.WWebJS;
  library.toText ??= library.arrayBufferToBase64Async;
  library.arrayBufferToBase64Async = (bytes) => {
    if (bytes.byteLength > ${maxBytes}) throw new Error('too large: ' + bytes.byteLength + ' bytes');
    return library.toText(bytes);
  };
})()`;

const MEDIA_STAGE = (id: string) =>
  `window.require('WAWebCollections').Msg.get(${JSON.stringify(id)})?.mediaData?.mediaStage ?? null`;
