import type { Actor } from '../core/context.ts';
import { AppError } from '../core/errors.ts';

/** The actor may not do this. */
export class ForbiddenError extends AppError {
  constructor(message: string) {
    super('forbidden', message);
  }
}

/** There is no such resident, or the person has been erased. */
export class ResidentNotFoundError extends AppError {
  readonly residentId: number;
  constructor(residentId: number) {
    super('not-found', `resident ${residentId}: not there, or erased`);
    this.residentId = residentId;
  }
}

/** Residents act for themselves only; operators and system jobs act for anybody. @throws {ForbiddenError} */
export function requireSelf(actor: Actor, residentId: number): void {
  if (actor.type === 'staff') throw new ForbiddenError(`staff ${actor.staffId} acts for resident ${residentId}`);
  if (actor.type === 'resident' && actor.residentId !== residentId) {
    throw new ForbiddenError(
      `resident ${actor.residentId} acts for resident ${residentId}: residents act for themselves`,
    );
  }
}
