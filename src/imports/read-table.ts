import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import { toError } from '../core/errors.ts';
import { isText, readCsv } from './csv-source.ts';
import { ImportFileError, MAX_FILE_MEGABYTES, type TableSource } from './table-source.ts';
import { readXlsx } from './xlsx-source.ts';

/**
 * Reads a file that somebody brought, by what it is and not by what it is called.
 * @throws {ImportFileError} when it cannot be read, is too large, or is no table
 */
export async function readTableFile(path: string): Promise<TableSource> {
  return readTable(await readBytes(path));
}

/** The same for its bytes. */
export async function readTable(bytes: Buffer): Promise<TableSource> {
  if (bytes.length === 0) throw new ImportFileError('the file is empty.');
  // the old format of Excel, and every newer one with a password
  if (bytes.subarray(0, 4).toString('hex') === 'd0cf11e0') {
    throw new ImportFileError('the file is an old workbook (XLS) or has a password: save it as XLSX without one.');
  }
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return readXlsx(bytes);
  const start = bytes.subarray(0, 5).toString('latin1');
  if (start === '%PDF-' || start === '{\\rtf') throw otherKind(start === '%PDF-' ? 'pdf' : 'rtf');
  if (!isText(bytes)) throw otherKind((await fileTypeFromBuffer(bytes))?.ext);
  return readCsv(bytes);
}

function otherKind(kind: string | undefined): ImportFileError {
  const found = kind === undefined ? 'neither a table as text nor a workbook' : `of the kind ${kind.toUpperCase()}`;
  return new ImportFileError(`the file is ${found}: expected XLSX or CSV.`);
}

async function readBytes(path: string): Promise<Buffer> {
  const file = await open(path).catch((cause: unknown) => {
    throw new ImportFileError(`${path} cannot be read: ${toError(cause).message}`, { cause });
  });
  try {
    const info = await file.stat();
    if (!info.isFile()) throw new ImportFileError(`${path} is no file.`);
    const megabytes = info.size / 1024 / 1024;
    if (megabytes > MAX_FILE_MEGABYTES) {
      throw new ImportFileError(
        `the file has ${Math.ceil(megabytes)} MB: expected ${MAX_FILE_MEGABYTES} MB at most; bring it in parts.`,
      );
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}
