import { and, eq, isNull } from 'drizzle-orm';
import { z } from 'zod';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { villages } from '../places/tables.ts';
import { requireRight } from '../staff/require-right.ts';
import { HearingRefusedError } from './errors.ts';
import type { Hearing } from './queries.ts';
import { checkTimes, HearingFields } from './rules.ts';
import { hearings } from './tables.ts';

/** What a hearing is, for whoever plans one. */
export const HearingInput = HearingFields;
export type HearingInput = z.input<typeof HearingInput>;

const CreateHearingInput = HearingInput.extend({ municipalityId: z.int() });
export type CreateHearingInput = z.input<typeof CreateHearingInput>;

/**
 * Plans a hearing; nobody is told by it. Right `announcements.prepare`: whoever writes the notice.
 * @throws {NoRightError} @throws {HearingRefusedError} `past`, `village`, `proposals-until`
 */
export async function createHearing(ctx: Context, input: CreateHearingInput): Promise<Hearing> {
  const { municipalityId, ...fields } = CreateHearingInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    await requireRight(tx, ctx, 'announcements.prepare', municipalityId);
    const now = ctx.clock.now();
    checkTimes({ startsAt: fields.startsAt, proposalsUntil: fields.proposalsUntil ?? null }, now);
    await checkVillage(tx, municipalityId, fields.villageId);
    const [hearing] = await tx
      .insert(hearings)
      .values({ ...fields, municipalityId, createdBy: actorName(ctx.actor), createdAt: now, updatedAt: now })
      .returning();
    if (hearing === undefined) throw new Error('insert into hearings returned no row');
    await recordAudit(tx, ctx, {
      action: 'hearing.create',
      subject: `hearing:${hearing.id}`,
      municipalityId,
      after: { kind: hearing.kind, villageId: hearing.villageId, startsAt: hearing.startsAt.toISOString() },
    });
    return hearing;
  });
}

/** @throws {HearingRefusedError} `village`: of another municipality, or no longer in the catalogue */
export async function checkVillage(tx: Tx, municipalityId: number, villageId: string): Promise<void> {
  const [own] = await tx
    .select({ id: villages.id })
    .from(villages)
    .where(and(eq(villages.id, villageId), eq(villages.municipalityId, municipalityId), isNull(villages.retiredAt)));
  if (own === undefined) {
    throw new HearingRefusedError('village', `village '${villageId}': not of municipality ${municipalityId}`);
  }
}
