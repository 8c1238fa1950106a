import { sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { ResidentNotFoundError, requireSelf } from '../residents/rules.ts';
import { HearingRefusedError } from './errors.ts';
import { shareHearing } from './queries.ts';
import { requirePlanned } from './rules.ts';

const SetIntentInput = z.strictObject({
  residentId: z.int(),
  hearingId: z.int(),
  intent: z.enum(['coming', 'not_coming']),
});
export type SetIntentInput = z.input<typeof SetIntentInput>;

/**
 * A resident says whether they mean to come; the last word counts. Many may say so at the same time; none of them
 * while the hearing changes. `changed`: it is not what they had said before.
 * @throws {HearingNotFoundError} @throws {HearingRefusedError} `canceled`, `held`, `begun`
 * @throws {ForbiddenError} @throws {ResidentNotFoundError}
 */
export async function setIntent(ctx: Context, input: SetIntentInput): Promise<{ changed: boolean }> {
  const { residentId, hearingId, intent } = SetIntentInput.parse(input);
  requireSelf(ctx.actor, residentId);
  return withTransaction(ctx, async (tx) => {
    const hearing = await shareHearing(tx, hearingId);
    requirePlanned(hearing);
    const at = ctx.clock.now();
    if (hearing.startsAt <= at) throw new HearingRefusedError('begun', `hearing ${hearingId} has begun`);
    await holdResident(tx, residentId);
    const changed = await tx.execute(sql`
      insert into hearing_intents (hearing_id, resident_id, intent, at)
      values (${hearingId}, ${residentId}, ${intent}, ${at.toISOString()})
      on conflict (hearing_id, resident_id) do update set intent = excluded.intent, at = excluded.at
      where hearing_intents.intent <> excluded.intent
      returning 1`);
    if (changed.length === 0) return { changed: false };
    await recordAudit(tx, ctx, {
      action: 'hearing.intent',
      subject: `hearing:${hearingId}`,
      municipalityId: hearing.municipalityId,
      after: { intent },
    });
    return { changed: true };
  });
}

/** Whoever is being erased is gone before, or after all of this. @throws {ResidentNotFoundError} */
async function holdResident(tx: Tx, residentId: number): Promise<void> {
  const found = await tx.execute(
    sql`select from residents where id = ${residentId} and erased_at is null for key share`,
  );
  if (found.length === 0) throw new ResidentNotFoundError(residentId);
}
