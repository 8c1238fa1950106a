import type postgres from 'postgres';
import { AppError } from '../core/errors.ts';
import { requireFittingVersion } from './migrate.ts';

/** `other-version`: it was migrated for another version of the program. */
export type DatabaseReadiness = 'ready' | 'unreachable' | 'other-version';

const ANSWER_WITHIN_MS = 2_000;

/** Whether the database answers within two seconds and has the tables of this program. Never throws. */
export async function databaseReadiness(sql: postgres.Sql): Promise<DatabaseReadiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'unreachable'>((resolve) => {
    timer = setTimeout(() => resolve('unreachable'), ANSWER_WITHIN_MS);
  });
  const asked = requireFittingVersion(sql).then(
    () => 'ready' as const,
    (cause: unknown) => (cause instanceof AppError ? 'other-version' : 'unreachable'),
  );
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
