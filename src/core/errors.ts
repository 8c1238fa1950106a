/** What went wrong, as a closed list: `locales/` and the command line choose their words by it. */
export type ErrorCode =
  | 'config'
  | 'catalogue'
  | 'data-dir'
  | 'database-unreachable'
  | 'database-too-new'
  | 'already-running'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'invalid';

/**
 * An error that the program foresees. The message is for the log and the operator: what was found, what was
 * expected. It never holds a token, a phone number or the text of a proposal.
 */
export class AppError extends Error {
  override name = 'AppError';
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

/** Whatever was thrown, as an Error: some libraries throw bare strings. */
export function toError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
