import { asc, inArray, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import type { ProposalRow } from '../proposals/list-proposals.ts';
import { residents } from '../residents/tables.ts';

/** Who wrote a proposal: for those alone who may see it. */
export interface Author {
  /** As the person is called on the platform. */
  readonly name: string | null;
  /** Where the person is reached: `telegram:12345`, several with commas between them. */
  readonly contact: string;
}

/** Null: on paper, erased, or nobody is to know. */
export function authorOf(
  { residentId }: Pick<ProposalRow, 'residentId'>,
  authors: ReadonlyMap<number, Author>,
): Author | null {
  return residentId === null ? null : (authors.get(residentId) ?? null);
}

/** Names and addresses of residents by their id; who was erased is not in it. One statement. */
export async function listAuthors(db: Database, residentIds: readonly number[]): Promise<ReadonlyMap<number, Author>> {
  if (residentIds.length === 0) return new Map();
  const contact = sql<string>`coalesce((
    select string_agg(a.channel || ':' || a.external_id, ', ' order by a.id)
    from addresses a where a.resident_id = residents.id), '')`;
  const rows = await db
    .select({ id: residents.id, name: residents.name, contact })
    .from(residents)
    .where(inArray(residents.id, [...new Set(residentIds)]))
    .orderBy(asc(residents.id));
  return new Map(rows.map(({ id, ...author }) => [id, author]));
}
