import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';

/** One file in an archive. Archives are plain .tar.gz, so that anybody can look into one. */
export interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
}

const BLOCK = 512;
const LONGEST_NAME = 100;

/** The bytes of a tar file that holds these entries, in order. @throws {RangeError} on a name over 100 bytes */
export async function* packArchive(entries: AsyncIterable<Entry>): AsyncGenerator<Buffer> {
  for await (const { name, bytes } of entries) {
    yield header(name, bytes.length);
    yield bytes;
    yield Buffer.alloc((BLOCK - (bytes.length % BLOCK)) % BLOCK);
  }
  yield Buffer.alloc(2 * BLOCK);
}

/** The entries of a .tar.gz file, one at a time. @throws {Error} when the file is cut short or is none */
export async function* readArchive(file: string): AsyncGenerator<Entry> {
  const source = createReadStream(file);
  const unzipped = createGunzip();
  source.on('error', (cause) => unzipped.destroy(cause));
  const take = taker(source.pipe(unzipped));
  try {
    for (;;) {
      const head = await take(BLOCK);
      if (head.every((byte) => byte === 0)) return;
      const name = text(head, 0, LONGEST_NAME);
      const size = Number.parseInt(text(head, 124, 12), 8);
      if (!Number.isSafeInteger(size) || text(head, 257, 5) !== 'ustar') throw new Error('not a tar file');
      const bytes = Buffer.from(await take(size));
      await take((BLOCK - (size % BLOCK)) % BLOCK);
      yield { name, bytes };
    }
  } finally {
    source.destroy();
    unzipped.destroy();
  }
}

/** Hands out exactly so many bytes of a stream at a time. */
function taker(stream: AsyncIterable<Buffer>): (size: number) => Promise<Buffer> {
  const chunks = stream[Symbol.asyncIterator]();
  let held: Buffer[] = [];
  let heldSize = 0;
  return async (size) => {
    while (heldSize < size) {
      const next = await chunks.next();
      if (next.done) throw new Error('the file is cut short');
      held.push(next.value);
      heldSize += next.value.length;
    }
    const all = held.length === 1 && held[0] ? held[0] : Buffer.concat(held);
    held = [all.subarray(size)];
    heldSize = all.length - size;
    return all.subarray(0, size);
  };
}

function text(bytes: Buffer, at: number, length: number): string {
  const field = bytes.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end < 0 ? length : end).trim();
}

function header(name: string, size: number): Buffer {
  if (Buffer.byteLength(name) > LONGEST_NAME) throw new RangeError(`the name ${name} is too long for the archive`);
  const head = Buffer.alloc(BLOCK);
  const octal = (value: number, at: number, length: number) =>
    head.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
  head.write(name, 0);
  octal(0o600, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  head.write('        0', 148, 'latin1');
  head.write('ustar\u000000', 257, 'latin1');
  octal(
    head.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return head;
}
