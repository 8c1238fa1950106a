/** What went wrong, as a closed list: `locales/` and the command line choose their words by it. */
export type ErrorCode =
  | 'config'
  | 'catalogue'
  | 'file'
  | 'backup'
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

/** An error and its causes, outermost first. */
export function causesOf(error: Error): readonly Error[] {
  const chain: Error[] = [];
  for (let at: unknown = error; at instanceof Error && chain.length < 5; at = at.cause) chain.push(at);
  return chain;
}

/**
 * The message of an error with those of its causes. Of a failed query only how it begins: drizzle adds all of it and
 * its values, which are what a person wrote.
 */
export function explain(error: Error): string {
  const messages = causesOf(error).map(({ message }) => message.replace(/^(Failed query: .{0,80})[\s\S]*$/, '$1…'));
  return [...new Set(messages)].join(': ');
}
