import { eq, sql } from 'drizzle-orm';
import type { Tx } from '../core/context.ts';
import { hearingIntents, hearingQuestions } from './tables.ts';

/**
 * Makes what `joined` said and asked of hearings that of `kept`, who is the same person: of what both said whether they
 * come, the last counts.
 */
export async function takeOverHearings(tx: Tx, { kept, joined }: { kept: number; joined: number }): Promise<void> {
  await tx.execute(sql`
    insert into hearing_intents as own (hearing_id, resident_id, intent, at)
    select hearing_id, ${kept}::bigint, intent, at from hearing_intents where resident_id = ${joined}
    on conflict (hearing_id, resident_id) do update set intent = excluded.intent, at = excluded.at
      where excluded.at > own.at`);
  await tx.delete(hearingIntents).where(eq(hearingIntents.residentId, joined));
  await tx.update(hearingQuestions).set({ residentId: kept }).where(eq(hearingQuestions.residentId, joined));
}
