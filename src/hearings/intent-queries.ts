import { and, eq, sql } from 'drizzle-orm';
import type { Database } from '../core/context.ts';
import { type AgeBand, residents, type Sex } from '../residents/tables.ts';
import { hearingIntents } from './tables.ts';

export type Intent = (typeof hearingIntents.$inferSelect)['intent'];

/** People who said the same and are alike in what they told of themselves; null: not told. */
export interface IntentCount {
  readonly intent: Intent;
  readonly villageId: string | null;
  readonly sex: Sex | null;
  readonly ageBand: AgeBand | null;
  readonly count: number;
}

/** Who said that they come or do not, counted; by the village where they live now. */
export function countIntents(db: Database, hearingId: number): Promise<IntentCount[]> {
  const { villageId, sex, ageBand } = residents;
  const { intent } = hearingIntents;
  return db
    .select({ intent, villageId, sex, ageBand, count: sql<number>`count(*)::int` })
    .from(hearingIntents)
    .innerJoin(residents, eq(residents.id, hearingIntents.residentId))
    .where(eq(hearingIntents.hearingId, hearingId))
    .groupBy(intent, villageId, sex, ageBand)
    .orderBy(intent, villageId, sex, ageBand);
}

/** What somebody said last; null: nothing. */
export async function findIntent(
  db: Database,
  { hearingId, residentId }: { hearingId: number; residentId: number },
): Promise<Intent | null> {
  const [found] = await db
    .select({ intent: hearingIntents.intent })
    .from(hearingIntents)
    .where(and(eq(hearingIntents.hearingId, hearingId), eq(hearingIntents.residentId, residentId)));
  return found?.intent ?? null;
}
