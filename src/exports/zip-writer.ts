import type { Writable } from 'node:stream';
import { crc32, createDeflateRaw, type DeflateRaw, deflateRawSync } from 'node:zlib';
import { writeChunk } from './table-sink.ts';

/** A file of the archive while it is written. */
export interface ZipEntry {
  /** Resolves when the target has taken what came before. The entry must stay under 4 GB before packing. */
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/** Packs files one after the other into `out` as they come; nothing of them is kept in memory. */
export interface ZipWriter {
  /** A small file, whole. */
  add(path: string, text: string): Promise<void>;
  /** A file of any length; the next one only after its end. */
  begin(path: string): ZipEntry;
  /** Writes the directory; `out` stays open. */
  end(): Promise<void>;
}

interface Packed {
  readonly path: Buffer;
  readonly flags: number;
  readonly offset: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
}

// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
const UTF8_NAME = 0x0800;
const SIZES_BEHIND = 0x0008;
const DEFLATED = 8;
const FOUR_BYTES = 0xffff_ffff;
/** 1980-01-01, the first day there is: a table has the same bytes whenever it is made. */
const DOS_DATE = 0x0021;
/** Three times as fast as the default, for a file a fifth larger. */
const LEVEL = 3;

export function createZipWriter(out: Writable): ZipWriter {
  const entries: Packed[] = [];
  let offset = 0;
  const put = async (bytes: Buffer) => {
    offset += bytes.length;
    await writeChunk(out, bytes);
  };
  return {
    async add(path, text) {
      const bytes = Buffer.from(text);
      const packed = deflateRawSync(bytes);
      const entry = { path: Buffer.from(path), flags: UTF8_NAME, offset, crc: crc32(bytes) };
      const whole = { ...entry, packedSize: packed.length, size: bytes.length };
      entries.push(whole);
      await put(Buffer.concat([localHeader(whole), packed]));
    },
    begin(path) {
      const entry = { path: Buffer.from(path), flags: UTF8_NAME | SIZES_BEHIND, offset };
      return beginEntry(localHeader({ ...entry, crc: 0, packedSize: 0, size: 0 }), put, async (sums) => {
        const whole = { ...entry, ...sums };
        entries.push(whole);
        await put(descriptor(whole));
      });
    },
    async end() {
      const start = offset;
      for (const entry of entries) await put(directoryRecord(entry));
      await put(endRecords({ count: entries.length, start, size: offset - start }));
    },
  };
}

type Sums = Pick<Packed, 'crc' | 'packedSize' | 'size'>;

function beginEntry(
  header: Buffer,
  put: (bytes: Buffer) => Promise<void>,
  done: (sums: Sums) => Promise<void>,
): ZipEntry {
  const deflate = createDeflateRaw({ level: LEVEL, chunkSize: 65_536 });
  let crc = 0;
  let size = 0;
  let packedSize = 0;
  const drained = drain(deflate, async (chunk) => {
    packedSize += chunk.length;
    await put(chunk);
  });
  const begun = put(header);
  // heard at once, so that a target which breaks between two writes ends no process; each write rejects with it
  const broken = Promise.all([begun, drained]);
  broken.catch(() => deflate.destroy());
  return {
    async write(text) {
      const bytes = Buffer.from(text);
      crc = crc32(bytes, crc);
      size += bytes.length;
      const taken = new Promise<void>((resolve) => deflate.write(bytes, () => resolve()));
      await Promise.race([Promise.all([begun, taken]), broken]);
    },
    async end() {
      deflate.end();
      await broken;
      await done({ crc, packedSize, size });
    },
  };
}

/** Hands over what comes out, piece by piece; rejects when the taker does. */
async function drain(deflate: DeflateRaw, take: (chunk: Buffer) => Promise<void>): Promise<void> {
  for await (const chunk of deflate) await take(chunk as Buffer);
}

function localHeader({ path, flags, crc, packedSize, size }: Omit<Packed, 'offset'>): Buffer {
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x0403_4b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(flags, 6);
  header.writeUInt16LE(DEFLATED, 8);
  header.writeUInt16LE(DOS_DATE, 12);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(packedSize, 18);
  header.writeUInt32LE(size, 22);
  header.writeUInt16LE(path.length, 26);
  return Buffer.concat([header, path]);
}

function descriptor({ crc, packedSize, size }: Sums): Buffer {
  if (size > FOUR_BYTES || packedSize > FOUR_BYTES) throw new Error(`a file of ${size} bytes: at most 4 GB fit`);
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(0x0807_4b50, 0);
  bytes.writeUInt32LE(crc, 4);
  bytes.writeUInt32LE(packedSize, 8);
  bytes.writeUInt32LE(size, 12);
  return bytes;
}

/** Where a file begins behind four gigabytes of others, its place stands in the wide form. */
function directoryRecord({ path, flags, offset, crc, packedSize, size }: Packed): Buffer {
  const wide = offset >= FOUR_BYTES;
  const extra = Buffer.alloc(wide ? 12 : 0);
  if (wide) {
    extra.writeUInt16LE(0x0001, 0);
    extra.writeUInt16LE(8, 2);
    extra.writeBigUInt64LE(BigInt(offset), 4);
  }
  const record = Buffer.alloc(46);
  record.writeUInt32LE(0x0201_4b50, 0);
  record.writeUInt16LE(wide ? 45 : 20, 4);
  record.writeUInt16LE(wide ? 45 : 20, 6);
  record.writeUInt16LE(flags, 8);
  record.writeUInt16LE(DEFLATED, 10);
  record.writeUInt16LE(DOS_DATE, 14);
  record.writeUInt32LE(crc, 16);
  record.writeUInt32LE(packedSize, 20);
  record.writeUInt32LE(size, 24);
  record.writeUInt16LE(path.length, 28);
  record.writeUInt16LE(extra.length, 30);
  record.writeUInt32LE(wide ? FOUR_BYTES : offset, 42);
  return Buffer.concat([record, path, extra]);
}

function endRecords({ count, start, size }: { count: number; start: number; size: number }): Buffer {
  const wide = start >= FOUR_BYTES || count >= 0xffff;
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x0605_4b50, 0);
  last.writeUInt16LE(Math.min(count, 0xffff), 8);
  last.writeUInt16LE(Math.min(count, 0xffff), 10);
  last.writeUInt32LE(Math.min(size, FOUR_BYTES), 12);
  last.writeUInt32LE(Math.min(start, FOUR_BYTES), 16);
  if (!wide) return last;
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x0606_4b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(start), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x0706_4b50, 0);
  locator.writeBigUInt64LE(BigInt(start + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, last]);
}
