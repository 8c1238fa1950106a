import { asc, isNull, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { foldProposal } from './fold.ts';
import { proposals } from './tables.ts';

/** Short enough that nobody waits behind it. */
const BATCH = 500;

/**
 * Folds the words of proposals that were stored by an older version, batch by batch, until none is left or `stopping`
 * says so; returns how many. A row that is written meanwhile keeps what its writer folded.
 */
export async function foldWaiting(db: Database, stopping?: AbortSignal): Promise<number> {
  let count = 0;
  while (stopping?.aborted !== true) {
    const waiting = await db
      .select({ id: proposals.id, text: proposals.text, transcript: proposals.transcript })
      .from(proposals)
      .where(isNull(proposals.folded))
      .orderBy(asc(proposals.id))
      .limit(BATCH);
    if (waiting.length === 0) break;
    const ids = waiting.map(({ id }) => id);
    const folded = waiting.map(({ text, transcript }) => foldProposal(text, transcript));
    await db.execute(sql`
      update proposals p set folded = f.folded
      from unnest(${sql.param(ids)}::bigint[], ${sql.param(folded)}::text[]) f (id, folded)
      where p.id = f.id and p.folded is null`);
    count += waiting.length;
  }
  return count;
}
