import { eq, inArray, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { proposals } from '../proposals/tables.ts';
import { residents } from '../residents/tables.ts';

/** Who wrote a proposal: for those alone who may see it. */
export interface Author {
  /** As the person is called on the platform. */
  readonly name: string | null;
  /** Where the person is reached: `telegram:12345`, several with commas between them. */
  readonly contact: string;
}

/** Who wrote them, by the id of the proposal; those on paper, and of whoever was erased, are not in it. One statement. */
export async function listAuthors(db: Database, proposalIds: readonly number[]): Promise<ReadonlyMap<number, Author>> {
  if (proposalIds.length === 0) return new Map();
  const contact = sql<string>`coalesce((
    select string_agg(a.channel || ':' || a.external_id, ', ' order by a.id)
    from addresses a where a.resident_id = residents.id), '')`;
  const rows = await db
    .select({ id: proposals.id, name: residents.name, contact })
    .from(proposals)
    .innerJoin(residents, eq(residents.id, proposals.residentId))
    .where(inArray(proposals.id, [...proposalIds]));
  return new Map(rows.map(({ id, ...author }) => [id, author]));
}
