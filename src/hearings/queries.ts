import { and, asc, eq, gte } from 'drizzle-orm';
import type { Database, Tx } from '../core/context.ts';
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
