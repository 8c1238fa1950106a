import { constants } from 'node:fs';
import { access, copyFile, mkdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { eq } from 'drizzle-orm';
import { fileTypeFromFile } from 'file-type';
import { MOST_MEGABYTES } from '../announcements/examine.ts';
import type { Database, Tx } from '../core/context.ts';
import { AppError, toError } from '../core/errors.ts';
import { cleanText } from '../core/text.ts';
import type { MediaRef } from '../messaging/contract.ts';
import { media } from '../messaging/tables.ts';
import { type Mistake, valueAt } from './announce-mistakes.ts';

/** A file of the machine that goes with an announcement. */
export interface FoundFile {
  /** As it stands in the announcement's file. */
  readonly name: string;
  readonly path: string;
  readonly kind: MediaRef['kind'];
  readonly mime: string;
  readonly extension: string;
}

const MEGABYTE = 1024 * 1024;
const MAX_NAME_LENGTH = 200;

/** Looks at every file that is named, whatever else is wrong; paths are relative to `folder`. */
export async function findFiles(
  raw: unknown,
  folder: string,
): Promise<{ readonly files: ReadonlyMap<string, FoundFile>; readonly mistakes: readonly Mistake[] }> {
  const files = new Map<string, FoundFile>();
  const mistakes: Mistake[] = [];
  for (const { path, name } of namedFiles(raw)) {
    const found = await findFile(name, folder);
    if (typeof found === 'string') mistakes.push({ path, message: `${name}: ${found}` });
    else files.set(name, found);
  }
  return { files, mistakes };
}

function namedFiles(raw: unknown): readonly { readonly path: readonly PropertyKey[]; readonly name: string }[] {
  const list = valueAt(raw, ['attachments']);
  const paths = [
    ['hearing', 'draft', 'file'],
    ['approval', 'file'],
    ...(Array.isArray(list) ? list.map((_, index) => ['attachments', index]) : []),
  ];
  return paths.flatMap((path) => {
    const name = valueAt(raw, path);
    return typeof name === 'string' && name !== '' ? [{ path, name }] : [];
  });
}

/** The file, or what is wrong with it. */
async function findFile(name: string, folder: string): Promise<FoundFile | string> {
  const path = resolve(folder, name);
  try {
    const found = await stat(path);
    const { size } = found;
    if (!found.isFile()) return 'not a file';
    if (size === 0) return 'the file is empty';
    if (size > MOST_MEGABYTES * MEGABYTE) return tooLarge(size);
    await access(path, constants.R_OK);
    return { name, path, ...(await typeOf(path)) };
  } catch (thrown) {
    const error = toError(thrown);
    const code = 'code' in error ? error.code : null;
    return code === 'ENOENT' || code === 'ENOTDIR' ? 'file not found' : `cannot be read: ${error.message}`;
  }
}

function tooLarge(size: number): string {
  return `the file has ${(Math.ceil((size / MEGABYTE) * 10) / 10).toFixed(1)} MB: expected at most ${MOST_MEGABYTES}`;
}

/** Without marks of their own, these are told by their names. */
const BY_NAME: Readonly<Record<string, string>> = {
  '.txt': 'text/plain',
  '.csv': 'text/csv',
  '.doc': 'application/msword',
};

/** As its bytes tell, else its name. */
async function typeOf(path: string): Promise<Pick<FoundFile, 'kind' | 'mime' | 'extension'>> {
  const type = await fileTypeFromFile(path);
  const ending = extname(path).toLowerCase();
  const mime = type?.mime ?? BY_NAME[ending] ?? 'application/octet-stream';
  const extension = type?.ext ?? (/^\.[a-z0-9]{1,8}$/.test(ending) ? ending.slice(1) : 'bin');
  const [group] = mime.split('/');
  const kind = group === 'image' ? 'photo' : group === 'audio' || group === 'video' ? group : 'document';
  return { kind, mime, extension };
}

/** Copies that nothing refers to yet. */
export interface KeptFiles {
  /** By what they are called in the announcement's file. */
  idOf(name: string): number;
  /** Makes them files like any other, in the transaction that stores what they are part of. */
  settle(tx: Tx): Promise<void>;
  /** Leaves nothing of them behind. */
  undo(): Promise<void>;
}

interface Kept {
  readonly id: number;
  readonly file: FoundFile;
  readonly size: number;
}

/**
 * Copies files to where those of people lie. Until they are settled they count as gone: if this process dies, the
 * sweeper that lets go of old files removes them. @throws {AppError} when one cannot be copied; then none is left
 */
export async function keepFiles(db: Database, mediaDir: string, files: readonly FoundFile[]): Promise<KeptFiles> {
  const begun: { readonly id: number; copy: string | null }[] = [];
  const kept: Kept[] = [];
  const undo = async () => {
    for (const { id, copy: to } of begun) {
      // one that cannot be removed keeps its row, by which the sweeper finds it
      const removed =
        to === null ||
        (await rm(to, { force: true }).then(
          () => true,
          () => false,
        ));
      if (removed) await db.delete(media).where(eq(media.id, id));
    }
  };
  try {
    for (const file of files) {
      const { id, path } = await note(db, file);
      const one: (typeof begun)[number] = { id, copy: null };
      begun.push(one);
      const to = join(mediaDir, path);
      const size = await copy(file, to, () => {
        one.copy = to;
      });
      kept.push({ id, file, size });
    }
  } catch (thrown) {
    await undo();
    throw thrown;
  }
  return {
    undo,
    idOf(name) {
      const found = kept.find(({ file }) => file.name === name);
      if (found === undefined) throw new Error(`file '${name}' was not kept`);
      return found.id;
    },
    async settle(tx) {
      for (const { id, size } of kept) await tx.update(media).set({ status: 'stored', size }).where(eq(media.id, id));
    },
  };
}

async function note(db: Database, file: FoundFile): Promise<{ id: number; path: string }> {
  const fileName = cleanText(basename(file.path)).normalize('NFC').slice(-MAX_NAME_LENGTH);
  const { kind, mime } = file;
  const nobody = {
    channel: 'terminal',
    account: 'operator',
    chatId: '',
    personId: '',
    ref: '',
    uniqueRef: '',
  } as const;
  const [row] = await db
    .insert(media)
    .values({ ...nobody, kind, mime, fileName, status: 'gone' })
    .returning({ id: media.id });
  if (row === undefined) throw new Error('insert into media returned no row');
  const { id } = row;
  const path = join(String(id % 100).padStart(2, '0'), `${id}.${file.extension}`);
  await db.update(media).set({ path }).where(eq(media.id, id));
  return { id, path };
}

/** Returns the size of what was copied: the file may have grown since it was looked at. */
async function copy(file: FoundFile, to: string, onBegin: () => void): Promise<number> {
  try {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    onBegin();
    await copyFile(file.path, to, constants.COPYFILE_FICLONE);
    const { size } = await stat(to);
    if (size <= MOST_MEGABYTES * MEGABYTE) return size;
    throw new Error(tooLarge(size));
  } catch (cause) {
    throw new AppError('file', `${file.name} cannot be copied: ${toError(cause).message}`, { cause });
  }
}
