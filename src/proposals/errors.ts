import { AppError } from '../core/errors.ts';

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
  readonly status: string;
  constructor(proposalId: number, status: string) {
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
