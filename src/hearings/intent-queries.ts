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

export const INTENT_PARTS = ['villageId', 'sex', 'ageBand'] as const;
export type IntentPart = (typeof INTENT_PARTS)[number];

/** How many come, and how many do not. */
export interface Coming<N extends number | null = number> {
  readonly coming: N;
  readonly away: N;
}

/** People who said whether they come, in all and by part; those of a part add up to all. A key is null where it is not told. */
export interface IntentTable<N extends number | null = number> extends Coming<N> {
  readonly by: Readonly<Record<IntentPart, readonly (Coming<N> & { readonly key: string | null })[]>>;
}

/** Makes the table of the counts; what is not told stands last. */
export function tallyIntents(counts: readonly IntentCount[]): IntentTable {
  const sum = (some: readonly IntentCount[], wanted: Intent) =>
    some.reduce((total, { intent, count }) => total + (intent === wanted ? count : 0), 0);
  const both = (some: readonly IntentCount[]): Coming => ({
    coming: sum(some, 'coming'),
    away: sum(some, 'not_coming'),
  });
  const partsOf = (part: IntentPart) => {
    const keys = [...new Set(counts.map((one) => one[part]))];
    const known = keys.filter((key) => key !== null).toSorted();
    return [...known, ...keys.filter((key) => key === null)].map((key) => ({
      key,
      ...both(counts.filter((one) => one[part] === key)),
    }));
  };
  return {
    ...both(counts),
    by: { villageId: partsOf('villageId'), sex: partsOf('sex'), ageBand: partsOf('ageBand') },
  };
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
