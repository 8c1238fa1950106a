import { eq, sql } from 'drizzle-orm';
import { z } from 'zod';
import { recordAudit } from '../audit/record-audit.ts';
import type { AuditFacts, Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import type { Right } from '../staff/rights.ts';
import { checkVillage } from './create-hearing.ts';
import { lockForOffice } from './lock-for-office.ts';
import type { Hearing } from './queries.ts';
import { checkTimes, HearingFields, requirePlanned } from './rules.ts';
import { hearings } from './tables.ts';

const ChangeHearingInput = z.strictObject({
  hearingId: z.int(),
  revision: z.int().optional(),
  /** Only what changes; null takes away what need not be there. */
  changes: HearingFields.partial(),
});
export type ChangeHearingInput = z.input<typeof ChangeHearingInput>;

/**
 * Changes a planned hearing, also one whose time has come and that did not take place; nobody is told by it. Moved to
 * before the day until which questions are taken, it takes them until it begins. `right`: in place of `hearings.manage`,
 * for a hearing of which nobody has heard yet.
 * @throws {HearingRefusedError} `canceled`, `held`, `past`, `village`, `proposals-until`; and what `lockForOffice` throws
 */
export async function changeHearing(
  ctx: Context,
  input: ChangeHearingInput,
  right?: Right,
): Promise<{ before: Hearing; after: Hearing }> {
  const { changes, ...shown } = ChangeHearingInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const before = await lockForOffice(tx, ctx, shown, right);
    requirePlanned(before);
    const set = { ...given(changes), ...newTimes(before, changes, ctx.clock.now()) };
    if (changes.villageId !== undefined) await checkVillage(tx, before.municipalityId, changes.villageId);
    const [after] = await tx
      .update(hearings)
      .set({ ...set, revision: sql`${hearings.revision} + 1`, updatedAt: ctx.clock.now() })
      .where(eq(hearings.id, before.id))
      .returning();
    if (after === undefined) throw new Error(`hearing ${before.id} was locked and is not there`);
    await recordAudit(tx, ctx, {
      action: 'hearing.change',
      subject: `hearing:${before.id}`,
      municipalityId: before.municipalityId,
      before: placeAndTime(before),
      after: { ...placeAndTime(after), fields: Object.keys(set) },
    });
    return { before, after };
  });
}

type Changes = z.output<typeof ChangeHearingInput>['changes'];
type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** The fields that were named, without those that are undefined: left out, they stay as they are. */
function given(changes: Changes): Given<Changes> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Given<Changes>;
}

/** @throws {HearingRefusedError} `past`, `proposals-until`; times that stay as they are are not looked at again */
function newTimes(before: Hearing, changes: Changes, now: Date): { proposalsUntil?: Date | null } {
  const startsAt = changes.startsAt ?? before.startsAt;
  if (changes.startsAt === undefined && changes.proposalsUntil === undefined) return {};
  if (changes.proposalsUntil !== undefined) {
    checkTimes({ startsAt, proposalsUntil: changes.proposalsUntil }, now);
    return {};
  }
  checkTimes({ startsAt, proposalsUntil: null }, now);
  return before.proposalsUntil !== null && before.proposalsUntil > startsAt ? { proposalsUntil: null } : {};
}

function placeAndTime({ startsAt, villageId }: Hearing): AuditFacts {
  return { startsAt: startsAt.toISOString(), villageId };
}
