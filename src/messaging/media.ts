import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Context, Tx } from '../core/context.ts';
import type { MediaItem } from '../dialog/types.ts';
import type { MediaRef } from './contract.ts';
import type { DialogKey } from './dialog-key.ts';
import { media } from './tables.ts';

/** Larger files are not taken: what a bot may download, https://core.telegram.org/bots/api#getfile */
export const MAX_FILE_MEGABYTES = 20;

/** Notes a file that a worker will fetch; the turn itself never waits for one. */
export async function noteMedia(tx: Tx, key: DialogKey, ref: MediaRef): Promise<MediaItem> {
  const [row] = await tx
    .insert(media)
    .values({ ...key, ...ref })
    .returning({ id: media.id });
  if (row === undefined) throw new Error('insert into media returned no row');
  return { id: row.id, kind: ref.kind };
}

/** Takes notes of files back, for a person who did not agree that they are kept. Files not yet fetched never will be. */
export async function dropMedia(ctx: Context, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return;
  const db = ctx.tx ?? ctx.db;
  await db.delete(media).where(and(inArray(media.id, [...ids]), isNull(media.path)));
  // a file that is there already is removed by the worker, which then drops the row
  await db
    .update(media)
    .set({
      status: 'refused',
      chatId: '',
      personId: '',
      nextAttemptAt: sql`now()`,
    })
    .where(and(inArray(media.id, [...ids]), eq(media.status, 'stored')));
}
