import type { Context, Database, Tx } from '../core/context.ts';

/**
 * Runs `work` in the transaction that `ctx` carries, else in one of its own, which is committed when `work` resolves.
 * Inside, only the `tx` is used and nothing is awaited but the database; after an error no further statement is sent.
 */
export function withTransaction<T>(ctx: Context, work: (tx: Tx) => Promise<T>): Promise<T> {
  return ctx.tx ? work(ctx.tx) : inTransaction(ctx.db, work);
}

/** Runs `work` in a transaction of its own: committed when it resolves, rolled back when it throws. */
export function inTransaction<T>(db: Database, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction(work);
}

/** The SQLSTATE of a failed statement, whoever wrapped it; null when the error is not the database's. */
export function sqlState(thrown: unknown): string | null {
  for (let error = thrown; error instanceof Error; error = error.cause) {
    if ('code' in error && typeof error.code === 'string' && /^[0-9A-Z]{5}$/.test(error.code)) return error.code;
  }
  return null;
}

/** Whether the same transaction may succeed when it is run again: it lost to another one. */
export function isRepeatable(thrown: unknown): boolean {
  const state = sqlState(thrown);
  return state === '40001' || state === '40P01';
}
