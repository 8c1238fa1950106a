import type { ExtractTablesWithRelations } from 'drizzle-orm';
import type { PgDatabase, PgTransaction } from 'drizzle-orm/pg-core';
import type { PostgresJsQueryResultHKT } from 'drizzle-orm/postgres-js';
import type { Clock } from './clock.ts';
import type { Logger } from './logger.ts';

type NoSchema = Record<string, never>;

/** A transaction of postgres.js through drizzle. Inside one, use nothing but it. */
export type Tx = PgTransaction<PostgresJsQueryResultHKT, NoSchema, ExtractTablesWithRelations<NoSchema>>;
/** The pool. Queries take this or a `Tx`; both are a `PgDatabase`. */
export type Database = PgDatabase<PostgresJsQueryResultHKT, NoSchema>;

/** Who acts, as audit rows record it. */
export type Actor =
  | { readonly type: 'resident'; readonly residentId: number }
  | { readonly type: 'operator'; readonly name: string }
  | { readonly type: 'system'; readonly job: string };

/** What every domain verb gets. With `tx` the verb joins that transaction, else it opens its own. */
export interface Context {
  readonly db: Database;
  readonly tx?: Tx;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly log: Logger;
}
