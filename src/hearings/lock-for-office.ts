import type { Context, Tx } from '../core/context.ts';
import { requireRight } from '../staff/require-right.ts';
import type { Right } from '../staff/rights.ts';
import { HearingChangedError } from './errors.ts';
import { type Hearing, lockHearing } from './queries.ts';

/** Which hearing a verb is about, and at which revision it was shown. */
export interface ShownHearing {
  readonly hearingId: number;
  /** Without it the verb acts on the hearing as it is. */
  readonly revision?: number | undefined;
}

/**
 * What the verbs of the office on one hearing begin with: locks it, asks for the right (`hearings.manage`), and refuses
 * to act on what was shown before somebody else changed it.
 * @throws {HearingNotFoundError} @throws {NoRightError} @throws {HearingChangedError}
 */
export async function lockForOffice(
  tx: Tx,
  ctx: Context,
  shown: ShownHearing,
  right: Right = 'hearings.manage',
): Promise<Hearing> {
  const { hearingId, revision } = shown;
  const hearing = await lockHearing(tx, hearingId);
  await requireRight(tx, ctx, right, hearing.municipalityId);
  if (revision !== undefined && revision !== hearing.revision) {
    throw new HearingChangedError(hearingId, revision, hearing.revision);
  }
  return hearing;
}
