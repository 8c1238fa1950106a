import { AppError } from '../core/errors.ts';
import type { ProposalStatus } from '../proposals/rules.ts';

/** The plan is not there, or of another municipality than the one that is asked. */
export class PlanNotFoundError extends AppError {
  constructor(which: string) {
    super('not-found', `${which}: there is no such plan`);
  }
}

/** The line is not in this plan (any more). */
export class LineNotFoundError extends AppError {
  readonly lineId: number;
  constructor(planId: number, lineId: number) {
    super('not-found', `plan ${planId} has no line ${lineId}`);
    this.lineId = lineId;
  }
}

/** Somebody changed the plan after it was shown. */
export class PlanChangedError extends AppError {
  readonly planId: number;
  constructor(planId: number, shown: number, found: number) {
    super('conflict', `plan ${planId}: shown at revision ${shown}, now at ${found}`);
    this.planId = planId;
  }
}

/** An approved plan is final. */
export class PlanClosedError extends AppError {
  readonly planId: number;
  constructor(planId: number) {
    super('conflict', `plan ${planId} is approved: it cannot be changed any more`);
    this.planId = planId;
  }
}

/** There is nothing in the plan that could be heard or approved. */
export class PlanEmptyError extends AppError {
  readonly planId: number;
  constructor(planId: number) {
    super('conflict', `plan ${planId} has no lines`);
    this.planId = planId;
  }
}

/** What a line, or a decision about a plan, may not hold. */
export type PlanMistake =
  | 'beneficiaries'
  | 'village-unknown'
  | 'village-twice'
  | 'sector-unknown'
  | 'date-future'
  | 'nothing-to-add';

/** What was given makes no sense together. */
export class PlanInputError extends AppError {
  readonly mistake: PlanMistake;
  constructor(mistake: PlanMistake, message: string) {
    super('invalid', message);
    this.mistake = mistake;
  }
}

/** A proposal that no line can take. */
export interface Unplannable {
  readonly number: string;
  readonly why: ProposalStatus | 'hidden' | 'unknown';
}

/** Some proposals are not open any more, are hidden, or are not of this municipality; nothing was changed. */
export class UnplannableError extends AppError {
  readonly proposals: readonly Unplannable[];
  constructor(proposals: readonly Unplannable[]) {
    const named = proposals.map(({ number, why }) => `${number} (${why})`).join(', ');
    super('invalid', `these proposals cannot stand in a plan: ${named}`);
    this.proposals = proposals;
  }
}
