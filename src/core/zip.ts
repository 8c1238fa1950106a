import { crc32, inflateRawSync } from 'node:zlib';

/** An archive cannot be read: it is broken, or lies about itself; has a password; holds too many files. */
export class ZipError extends Error {
  readonly why: 'damaged' | 'locked' | 'crowded';
  constructor(why: ZipError['why'], options?: ErrorOptions) {
    super(`the archive cannot be read: ${why}`, options);
    this.why = why;
  }
}

/** A file inside an archive. */
export interface ZipEntry {
  readonly name: string;
  /** As the archive declares it; `read` holds it to that. */
  readonly size: number;
  /** @throws {ZipError} also when the file is not of the declared size; no more than that is ever unpacked */
  read(): Buffer;
}

// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7 to 4.3.16
const END = 0x06054b50;
const END_BYTES = 22;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const LONGEST_COMMENT = 65_535;
const IN_EXTRA = 0xffffffff;
const MOST_ENTRIES = 5_000;

/** The files of an archive, by its directory; nothing is unpacked yet. @throws {ZipError} */
export function readZip(bytes: Buffer): ZipEntry[] {
  try {
    const { count, offset } = findDirectory(bytes);
    if (count > MOST_ENTRIES) throw new ZipError('crowded');
    const entries: ZipEntry[] = [];
    let at = offset;
    for (let index = 0; index < count; index++) {
      const [entry, next] = readEntry(bytes, at);
      entries.push(entry);
      at = next;
    }
    return entries;
  } catch (cause) {
    throw cause instanceof ZipError ? cause : damaged(cause);
  }
}

function damaged(cause?: unknown): ZipError {
  return new ZipError('damaged', { cause });
}

function findDirectory(bytes: Buffer): { count: number; offset: number } {
  const least = Math.max(0, bytes.length - END_BYTES - LONGEST_COMMENT);
  for (let at = bytes.length - END_BYTES; at >= least; at--) {
    if (bytes.readUInt32LE(at) !== END) continue;
    const count = bytes.readUInt16LE(at + 10);
    const offset = bytes.readUInt32LE(at + 16);
    return count === 0xffff || offset === IN_EXTRA ? findDirectory64(bytes, at) : { count, offset };
  }
  throw damaged();
}

function findDirectory64(bytes: Buffer, end: number): { count: number; offset: number } {
  const locator = end - 20;
  const at = Number(bytes.readBigUInt64LE(locator + 8));
  if (bytes.readUInt32LE(locator) !== LOCATOR_64 || bytes.readUInt32LE(at) !== END_64) throw damaged();
  return { count: Number(bytes.readBigUInt64LE(at + 32)), offset: Number(bytes.readBigUInt64LE(at + 48)) };
}

function readEntry(bytes: Buffer, at: number): [ZipEntry, next: number] {
  if (bytes.readUInt32LE(at) !== CENTRAL) throw damaged();
  const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
  const extraEnd = nameEnd + bytes.readUInt16LE(at + 30);
  const name = bytes.toString('utf8', at + 46, nameEnd);
  const isEncrypted = (bytes.readUInt16LE(at + 8) & 1) === 1;
  const method = bytes.readUInt16LE(at + 10);
  const crc = bytes.readUInt32LE(at + 16);
  const [size, packed, local] = widened(bytes.subarray(nameEnd, extraEnd), [
    bytes.readUInt32LE(at + 24),
    bytes.readUInt32LE(at + 20),
    bytes.readUInt32LE(at + 42),
  ]);
  const read = () => {
    if (isEncrypted || (method !== 0 && method !== 8)) throw new ZipError('locked');
    return unpack(bytes, { method, size, packed, local, crc });
  };
  return [{ name, size, read }, extraEnd + bytes.readUInt16LE(at + 32)];
}

/** Numbers that do not fit stand in the extra field, in this order. */
function widened(extra: Buffer, numbers: [number, number, number]): [number, number, number] {
  if (!numbers.includes(IN_EXTRA)) return numbers;
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    const wide = (number: number) => {
      if (number !== IN_EXTRA) return number;
      next += 8;
      return Number(extra.readBigUInt64LE(next - 8));
    };
    return [wide(numbers[0]), wide(numbers[1]), wide(numbers[2])];
  }
  throw damaged();
}

interface Place {
  readonly method: number;
  readonly size: number;
  readonly packed: number;
  readonly local: number;
  readonly crc: number;
}

function unpack(bytes: Buffer, { method, size, packed, local, crc }: Place): Buffer {
  try {
    if (bytes.readUInt32LE(local) !== LOCAL) throw damaged();
    const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const data = bytes.subarray(start, start + packed);
    // one byte more than declared is enough to see that it lies
    const content = method === 0 ? data : inflateRawSync(data, { maxOutputLength: size + 1 });
    if (content.length !== size || crc32(content) !== crc) throw damaged();
    return content;
  } catch (cause) {
    throw cause instanceof ZipError ? cause : damaged(cause);
  }
}
