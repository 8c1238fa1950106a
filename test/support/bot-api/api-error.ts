export type Json = Record<string, unknown>;

/** An answer of the Bot API that is not ok. */
export class ApiError extends Error {
  readonly code: number;
  readonly parameters: Json | null;
  constructor(code: number, description: string, parameters: Json | null = null) {
    super(description);
    this.code = code;
    this.parameters = parameters;
  }
}

export function badRequest(what: string): ApiError {
  return new ApiError(400, `Bad Request: ${what}`);
}

export function tooManyRequests(retryAfter: number): ApiError {
  return new ApiError(429, `Too Many Requests: retry after ${retryAfter}`, { retry_after: retryAfter });
}

/** A field of a call as text: forms carry numbers as text, JSON as numbers. Empty: absent or of another shape. */
export function textField(payload: Json, name: string): string {
  const value = payload[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
