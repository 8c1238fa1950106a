import { AppError } from '../core/errors.ts';

/** Nobody of this number works in the municipality, or no more. */
export class StaffNotFoundError extends AppError {
  readonly staffId: number;
  constructor(staffId: number) {
    super('not-found', `staff ${staffId}: not there, or removed`);
    this.staffId = staffId;
  }
}

/** Without the last admin nobody could invite another one; only the machine's operator may do that. */
export class LastAdminError extends AppError {
  readonly staffId: number;
  constructor(staffId: number) {
    super('conflict', `staff ${staffId} is the last admin of the municipality`);
    this.staffId = staffId;
  }
}

/** The invitation was used, taken back, or was never there. */
export class InvitationNotFoundError extends AppError {
  readonly invitationId: number;
  constructor(invitationId: number) {
    super('not-found', `invitation ${invitationId}: not there, used, or taken back`);
    this.invitationId = invitationId;
  }
}
