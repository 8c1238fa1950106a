import { eq } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import { hearingIntents, hearingQuestions } from './tables.ts';

/** Erases a person from the hearings: nobody means to come any more, and what they asked stays, by nobody. */
export async function eraseFromHearings(tx: Tx, residentId: number): Promise<void> {
  await tx.delete(hearingIntents).where(eq(hearingIntents.residentId, residentId));
  await tx.update(hearingQuestions).set({ residentId: null }).where(eq(hearingQuestions.residentId, residentId));
}
