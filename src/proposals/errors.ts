import { AppError } from '../core/errors.ts';
import type { ProposalStatus } from './rules.ts';

/** The proposal is not there, or is somebody else's: both look the same from outside. */
export class ProposalNotFoundError extends AppError {
  readonly proposalId: number;
  constructor(proposalId: number) {
    super('not-found', `proposal ${proposalId}: not there, or not the actor's`);
    this.proposalId = proposalId;
  }
}

/** Somebody works on the proposal already, or it is closed: its author cannot change it any more. */
export class ProposalClosedError extends AppError {
  readonly proposalId: number;
  readonly status: ProposalStatus;
  constructor(proposalId: number, status: ProposalStatus) {
    super('conflict', `proposal ${proposalId} is '${status}': its author may change it while 'received'`);
    this.proposalId = proposalId;
    this.status = status;
  }
}

/** The status does not lead there. */
export class StatusError extends AppError {
  readonly proposalId: number;
  readonly from: string;
  readonly to: string;
  constructor(proposalId: number, from: string, to: string) {
    super('conflict', `proposal ${proposalId} is '${from}': it cannot become '${to}'`);
    this.proposalId = proposalId;
    this.from = from;
    this.to = to;
  }
}

/** Somebody changed the proposal after it was shown. */
export class ProposalChangedError extends AppError {
  readonly proposalId: number;
  constructor(proposalId: number, shown: number, found: number) {
    super('conflict', `proposal ${proposalId}: shown at revision ${shown}, now at ${found}`);
    this.proposalId = proposalId;
  }
}

/** The village or the sector does not belong to the municipality. */
export class UnknownPlaceError extends AppError {
  readonly municipalityId: number;
  readonly villageId: string;
  readonly sectorId: string;
  constructor(place: { municipalityId: number; villageId: string; sectorId: string }) {
    super(
      'not-found',
      `village '${place.villageId}' or sector '${place.sectorId}': not of municipality ${place.municipalityId}`,
    );
    this.municipalityId = place.municipalityId;
    this.villageId = place.villageId;
    this.sectorId = place.sectorId;
  }
}

/** Hidden: nothing is said of it, nor asked, until it is shown again. */
export class HiddenError extends AppError {
  readonly proposalId: number;
  constructor(proposalId: number) {
    super('conflict', `proposal ${proposalId} is hidden: expected one that is shown`);
    this.proposalId = proposalId;
  }
}

/** Nobody who sent the proposal can be reached: on paper, erased, without consent yet, gone from the platform, or wanting no answers. */
export class NoAuthorError extends AppError {
  readonly proposalId: number;
  readonly reason: 'none' | 'unagreed' | 'stopped' | 'unreachable';
  constructor(proposalId: number, reason: NoAuthorError['reason']) {
    super('conflict', `proposal ${proposalId}: its author is not to be reached (${reason})`);
    this.proposalId = proposalId;
    this.reason = reason;
  }
}

/** This step needs a word of explanation for the author. */
export class AnswerNeededError extends AppError {
  readonly proposalId: number;
  constructor(proposalId: number, to: string) {
    super('invalid', `proposal ${proposalId} becomes '${to}': expected an answer that tells why`);
    this.proposalId = proposalId;
  }
}

/** There is no such question to the actor, or it is answered already. */
export class QuestionClosedError extends AppError {
  readonly questionId: number;
  constructor(questionId: number) {
    super('conflict', `question ${questionId}: not the actor's, or answered already`);
    this.questionId = questionId;
  }
}

/** One's own proposal is not supported, nor one that is closed. */
export class SupportRefusedError extends AppError {
  readonly proposalId: number;
  readonly reason: 'own' | 'closed';
  constructor(proposalId: number, reason: 'own' | 'closed') {
    super('conflict', `proposal ${proposalId}: cannot be supported by the actor (${reason})`);
    this.proposalId = proposalId;
    this.reason = reason;
  }
}

/** Why two proposals are not joined, or not parted again. */
export type MergeRefusal =
  | 'itself'
  | 'closed'
  | 'hidden'
  | 'elsewhere'
  | 'other-village'
  | 'test'
  | 'changed'
  | 'not-merged';

export class MergeRefusedError extends AppError {
  readonly proposalId: number;
  readonly reason: MergeRefusal;
  constructor(proposalId: number, reason: MergeRefusal) {
    super('conflict', `proposal ${proposalId}: merging is refused (${reason})`);
    this.proposalId = proposalId;
    this.reason = reason;
  }
}
