import { AppError } from '../core/errors.ts';

/** The hearing is not there, or of another municipality than the one that is asked. */
export class HearingNotFoundError extends AppError {
  readonly hearingId: number;
  constructor(hearingId: number) {
    super('not-found', `hearing ${hearingId}: there is none`);
    this.hearingId = hearingId;
  }
}

/** Somebody changed the hearing after it was shown. */
export class HearingChangedError extends AppError {
  readonly hearingId: number;
  constructor(hearingId: number, shown: number, found: number) {
    super('conflict', `hearing ${hearingId}: shown at revision ${shown}, now at ${found}`);
    this.hearingId = hearingId;
  }
}

/**
 * Why something cannot be done with a hearing. `past`: its start is not ahead. `village`: not of the municipality, or
 * no longer in its catalogue. `proposals-until`: after the start, or over already. `canceled`, `held`: it is not
 * planned any more. `begun`, `not-begun`: too late, too early for this. `closed`: questions are not taken any more.
 * `answered`: the question has its answer. `nothing`: neither words nor a file.
 */
export type HearingProblem =
  | 'past'
  | 'village'
  | 'proposals-until'
  | 'canceled'
  | 'held'
  | 'begun'
  | 'not-begun'
  | 'closed'
  | 'answered'
  | 'nothing';

/** What was asked for cannot be done with this hearing, or not now. */
export class HearingRefusedError extends AppError {
  readonly problem: HearingProblem;
  constructor(problem: HearingProblem, message: string) {
    super(
      problem === 'past' || problem === 'village' || problem === 'proposals-until' ? 'invalid' : 'conflict',
      message,
    );
    this.problem = problem;
  }
}
