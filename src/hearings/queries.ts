import { and, asc, eq, gte, sql } from 'drizzle-orm';
import type { Database, Tx } from '../core/context.ts';
import type { MediaRef } from '../messaging/contract.ts';
import { media } from '../messaging/tables.ts';
import { HearingNotFoundError } from './errors.ts';
import { hearings } from './tables.ts';

export type Hearing = typeof hearings.$inferSelect;

/** @throws {HearingNotFoundError} */
export async function getHearing(db: Database, hearingId: number): Promise<Hearing> {
  const [found] = await db.select().from(hearings).where(eq(hearings.id, hearingId));
  if (found === undefined) throw new HearingNotFoundError(hearingId);
  return found;
}

/** The same, locked until the transaction ends: changes of one hearing follow one another. @throws {HearingNotFoundError} */
export async function lockHearing(tx: Tx, hearingId: number): Promise<Hearing> {
  const [found] = await tx.select().from(hearings).where(eq(hearings.id, hearingId)).for('update');
  if (found === undefined) throw new HearingNotFoundError(hearingId);
  return found;
}

/** The same, held as it is while others may hold it too: who says that they come waits only for a change. */
export async function shareHearing(tx: Tx, hearingId: number): Promise<Hearing> {
  const [found] = await tx.select().from(hearings).where(eq(hearings.id, hearingId)).for('share');
  if (found === undefined) throw new HearingNotFoundError(hearingId);
  return found;
}

/** Hearings of a municipality that begin at `from` or later, in whatever state, soonest first. */
export function listHearings(
  db: Database,
  { municipalityId, from }: { municipalityId: number; from: Date },
): Promise<Hearing[]> {
  return db
    .select()
    .from(hearings)
    .where(and(eq(hearings.municipalityId, municipalityId), gte(hearings.startsAt, from)))
    .orderBy(asc(hearings.startsAt), asc(hearings.id));
}

/**
 * Those among the hearings of which nobody outside the office is to know yet: they stand in an announcement that was
 * not released, and in none that was.
 */
export async function findUnannounced(db: Database, hearingIds: readonly number[]): Promise<ReadonlySet<number>> {
  if (hearingIds.length === 0) return new Set();
  const rows = await db.execute<{ id: string }>(sql`
    select n.hearing_id as id from announcements n
    where n.hearing_id = any(${sql.param([...hearingIds])}::bigint[])
    group by n.hearing_id having bool_and(n.released_at is null)`);
  return new Set(rows.map(({ id }) => Number(id)));
}

/** A file of a hearing, as far as it has come. */
export interface HearingFile {
  readonly kind: MediaRef['kind'];
  readonly state: 'pending' | 'stored' | 'gone';
  /** Below the folder of media; null unless stored. */
  readonly path: string | null;
  readonly mime: string | null;
}

/** The draft or the minutes; null where there is no such file any more. */
export async function findFile(db: Database, mediaId: number): Promise<HearingFile | null> {
  const [found] = await db
    .select({ kind: media.kind, mime: media.mime, path: media.path, status: media.status })
    .from(media)
    .where(eq(media.id, mediaId));
  if (found === undefined) return null;
  const { kind, mime, path, status } = found;
  return { kind, mime, path: status === 'stored' ? path : null, state: status === 'refused' ? 'gone' : status };
}
