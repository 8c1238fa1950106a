import { copyFile, mkdir } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { asc, eq, inArray } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { AppError, toError } from '../core/errors.ts';
import { media } from '../messaging/tables.ts';
import { type ProposalFilter, proposalPages } from '../proposals/list-proposals.ts';
import { proposalAttachments } from '../proposals/tables.ts';

/** A file that could not be copied. */
export interface MissingFile {
  /** Of the proposal. */
  readonly number: string;
  /** Which of its files, from 1. */
  readonly position: number;
  /** `pending`: not fetched from the platform yet. `gone`: the platform has it no more. `lost`: not in our folder. */
  readonly why: 'pending' | 'gone' | 'lost';
}

export interface CopyOptions {
  readonly db: Database;
  readonly filter: ProposalFilter;
  /** Where the program keeps them: `DATA_DIR/media`. */
  readonly from: string;
  /** Made where it is not there. */
  readonly to: string;
}

/**
 * Copies the photos, voice messages and other files of all proposals that fit to `<to>/<number>/<n>.<ext>`. Names come
 * from our own numbers, never from what the sender called a file. @throws {AppError} where `to` cannot be written
 */
export async function copyMedia(options: CopyOptions): Promise<{ copied: number; missing: MissingFile[] }> {
  const { db, filter, from, to } = options;
  await makeFolder(to);
  const missing: MissingFile[] = [];
  let copied = 0;
  for await (const page of proposalPages(db, filter)) {
    const numbers = new Map(page.filter((row) => row.attachmentCount > 0).map(({ id, number }) => [id, number]));
    for (const file of await listFiles(db, [...numbers.keys()])) {
      const number = numbers.get(file.proposalId) ?? String(file.proposalId);
      const why = await copyOne(file, { from, folder: join(to, number.replace(/[^\w-]/g, '_')) });
      if (why === null) copied++;
      else missing.push({ number, position: file.position, why });
    }
  }
  return { copied, missing };
}

interface StoredFile {
  readonly proposalId: number;
  /** Among the files of its proposal, from 1. */
  readonly position: number;
  readonly path: string | null;
  readonly status: (typeof media.$inferSelect)['status'];
}

async function listFiles(db: Database, proposalIds: readonly number[]): Promise<StoredFile[]> {
  if (proposalIds.length === 0) return [];
  const rows = await db
    .select({ proposalId: proposalAttachments.proposalId, path: media.path, status: media.status })
    .from(proposalAttachments)
    .innerJoin(media, eq(media.id, proposalAttachments.mediaId))
    .where(inArray(proposalAttachments.proposalId, [...proposalIds]))
    .orderBy(asc(proposalAttachments.proposalId), asc(proposalAttachments.position), asc(media.id));
  let last = 0;
  let position = 0;
  return rows.map((row) => {
    position = row.proposalId === last ? position + 1 : 1;
    last = row.proposalId;
    return { ...row, position };
  });
}

/** Null: copied. */
async function copyOne(
  { path, status, position }: StoredFile,
  { from, folder }: { from: string; folder: string },
): Promise<MissingFile['why'] | null> {
  if (path === null) return status === 'pending' ? 'pending' : 'gone';
  await makeFolder(folder);
  const target = join(folder, `${position}${extname(path)}`);
  try {
    await copyFile(join(from, path), target);
    return null;
  } catch (cause) {
    if (toError(cause).message.startsWith('ENOENT')) return 'lost';
    throw cannotWrite(target, cause);
  }
}

async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause: unknown) => {
    throw cannotWrite(folder, cause);
  });
}

function cannotWrite(path: string, cause: unknown): AppError {
  return new AppError('conflict', `${path} cannot be written: ${toError(cause).message}`, { cause });
}
