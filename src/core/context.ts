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
  /** Of a municipality; which rights the person has is asked of the database with each verb. */
  | { readonly type: 'staff'; readonly staffId: number }
  | { readonly type: 'operator'; readonly name: string }
  | { readonly type: 'system'; readonly job: string };

/** What every domain verb gets. With `tx` the verb joins that transaction, else it opens its own. */
export interface Context {
  readonly db: Database;
  readonly tx?: Tx;
  readonly actor: Actor;
  readonly clock: Clock;
  readonly log: Logger;
  /** Audit rows that the owner of the transaction writes before it commits, all at once; absent: each verb its own. */
  readonly audits?: AuditRow[];
}

/** Who did what, when, to what; ids, numbers and states only. */
export interface AuditRow {
  readonly at: Date;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly municipalityId: number | null;
  readonly before: AuditFacts | null;
  readonly after: AuditFacts | null;
}

/** Flat on purpose: no place for a whole row to slip in. */
export type AuditFacts = { readonly [fact: string]: string | number | boolean | null | readonly (string | number)[] };
