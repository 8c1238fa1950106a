import { eq } from 'drizzle-orm';
import type { Context } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { withTransaction } from '../db/transaction.ts';
import { villages } from '../places/tables.ts';
import { changeResident } from './change-resident.ts';

/** There is no village of this id. */
export class VillageNotFoundError extends AppError {
  readonly villageId: string;
  constructor(villageId: string) {
    super('not-found', `village '${villageId}': not in the catalogue`);
    this.villageId = villageId;
  }
}

/**
 * The village that a resident's proposals are tagged with by default, and whose notices they get.
 * @throws {VillageNotFoundError} @throws {ForbiddenError} @throws {ResidentNotFoundError}
 */
export async function setVillage(ctx: Context, input: { residentId: number; villageId: string }): Promise<void> {
  const { residentId, villageId } = input;
  await withTransaction(ctx, async (tx) => {
    const [village] = await tx.select({ id: villages.id }).from(villages).where(eq(villages.id, villageId));
    if (village === undefined) throw new VillageNotFoundError(villageId);
    await changeResident({ ...ctx, tx }, { residentId, action: 'resident.village', set: { villageId } });
  });
}
