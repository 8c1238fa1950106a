import { AppError } from '../core/errors.ts';
import type { Problem } from './problems.ts';
import type { AnnouncementState } from './tables.ts';

export class AnnouncementNotFoundError extends AppError {
  readonly announcementId: number;
  constructor(announcementId: number) {
    super('not-found', `announcement ${announcementId}: there is none`);
    this.announcementId = announcementId;
  }
}

/** Somebody changed the announcement after it was shown. */
export class AnnouncementChangedError extends AppError {
  readonly announcementId: number;
  constructor(announcementId: number, shown: number, found: number) {
    super('conflict', `announcement ${announcementId}: shown at revision ${shown}, now at ${found}`);
    this.announcementId = announcementId;
  }
}

/** What was asked for cannot be done in the state it is in: a second release, a second cancel, a change after it went. */
export class AnnouncementStateError extends AppError {
  readonly state: AnnouncementState;
  constructor(announcementId: number, state: AnnouncementState, wanted: string) {
    super('conflict', `announcement ${announcementId} is '${state}': cannot be ${wanted}`);
    this.state = state;
  }
}

/** Whoever prepared it may not release it: the municipality demands a second person. */
export class SecondPersonError extends AppError {
  constructor(announcementId: number) {
    super('forbidden', `announcement ${announcementId}: expected somebody else than who prepared it`);
  }
}

/** It cannot be sent as it is; every reason at once. */
export class AnnouncementRefusedError extends AppError {
  readonly problems: readonly Problem[];
  constructor(problems: readonly Problem[]) {
    super(
      'invalid',
      `the announcement has ${problems.length} problem(s): ${problems.map(({ kind }) => kind).join(', ')}`,
    );
    this.problems = problems;
  }
}
