import { asc, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { municipalities, sectors, villages } from './tables.ts';

export interface PlacesRows {
  readonly revision: string;
  readonly municipalities: readonly (typeof municipalities.$inferSelect)[];
  readonly villages: readonly (typeof villages.$inferSelect)[];
  readonly sectors: readonly (typeof sectors.$inferSelect)[];
}

const REVISION = sql<string>`coalesce(sum(${municipalities.revision}), 0)::text || ':' || count(*)::text`;

/** Differs after each load that changed something. One cheap statement. */
export async function readPlacesRevision(db: Database): Promise<string> {
  const [row] = await db.select({ revision: REVISION }).from(municipalities);
  return row?.revision ?? '';
}

/**
 * All places in catalogue order, retired ones included. The revision is read first: what changes while the rest is
 * read is read again at the next check.
 */
export async function readPlacesRows(db: Database): Promise<PlacesRows> {
  const revision = await readPlacesRevision(db);
  return {
    revision,
    municipalities: await db.select().from(municipalities).orderBy(asc(municipalities.id)),
    villages: await db
      .select()
      .from(villages)
      .orderBy(asc(villages.municipalityId), asc(villages.position), asc(villages.id)),
    sectors: await db
      .select()
      .from(sectors)
      .orderBy(asc(sectors.municipalityId), asc(sectors.position), asc(sectors.id)),
  };
}
