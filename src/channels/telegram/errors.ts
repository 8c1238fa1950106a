import { GrammyError, HttpError } from 'grammy';
import { SendError } from '../../messaging/contract.ts';

/**
 * What went wrong in a call of the Bot API, in words the sender can act on: https://core.telegram.org/api/errors
 * `chatOnly`: where it was too much, it was so for that chat.
 */
export function toSendError(cause: unknown, { chatOnly = false } = {}): SendError {
  if (cause instanceof SendError) return cause;
  // A broken connection, a time-out, an answer that is not JSON: the call may or may not have been carried out.
  if (!(cause instanceof GrammyError)) {
    return new SendError('unreachable', 'telegram did not answer', { cause, mayHaveArrived: !isUnsent(cause) });
  }
  const { error_code: code, description, parameters } = cause;
  if (parameters.migrate_to_chat_id !== undefined) {
    return new SendError('moved', description, { cause, movedTo: String(parameters.migrate_to_chat_id) });
  }
  if (code === 429) {
    const retryAfterMs = (parameters.retry_after ?? 1) * 1000;
    return new SendError('throttled', description, { cause, retryAfterMs, chatOnly });
  }
  if (code === 401 || code === 404) return new SendError('misconfigured', description, { cause });
  if (code === 403) return new SendError(GONE.test(description) ? 'gone' : 'blocked', description, { cause });
  if (code === 400 && GONE.test(description)) return new SendError('gone', description, { cause });
  if (code === 400 && MUTED.test(description)) return new SendError('blocked', description, { cause });
  // 5xx is Telegram's own trouble, in the middle of who knows what; 409 belongs to polling, but a proxy may say it too.
  if (code >= 500) return new SendError('unreachable', description, { cause, mayHaveArrived: true });
  return new SendError(code === 409 ? 'unreachable' : 'rejected', description, { cause });
}

/** A call that failed before there was a connection to carry it. */
export class UnsentError extends Error {
  override name = 'UnsentError' as const;
}

/** Whether the call has surely not reached the server. */
function isUnsent(cause: unknown): boolean {
  const error = cause instanceof HttpError ? cause.error : cause;
  if (error instanceof UnsentError) return true;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'string' && NO_CONNECTION.has(code);
}

/** What Node says when no connection came about. */
const NO_CONNECTION = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

const GONE =
  /chat not found|user not found|PEER_ID_INVALID|is deactivated|group chat was deleted|wrong file_id|wrong remote file/i;
const MUTED = /not enough rights|CHAT_WRITE_FORBIDDEN|need administrator rights|have no rights/i;

/** Telegram's answer to the id of a file that it does not know, or not as a file of that kind. */
export function isWrongFile(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 400 && WRONG_FILE.test(error.description);
}

const WRONG_FILE = /wrong (remote )?file|file reference|FILE_REFERENCE|type of file|can't use file/i;

/** Telegram's answer to an edit that changes nothing. */
export function isNotModified(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 400 && /message is not modified/i.test(error.description);
}

/** The message cannot be edited (deleted, too old, a photo, not ours): what was to replace it is sent anew. */
export function isNotEditable(error: unknown): boolean {
  return error instanceof GrammyError && error.error_code === 400 && NOT_EDITABLE.test(error.description);
}

const NOT_EDITABLE = /can't be edited|to edit not found|no text in the message|MESSAGE_ID_INVALID|message identifier/i;

/** The file is not taken as a picture or a voice; as a document it may be: https://core.telegram.org/bots/api#sendphoto */
export function isNotShown(error: unknown): boolean {
  if (!(error instanceof GrammyError)) return false;
  return error.error_code === 413 || (error.error_code === 400 && NOT_SHOWN.test(error.description));
}

const NOT_SHOWN = /PHOTO_|IMAGE_PROCESS|photo|VOICE_MESSAGES_FORBIDDEN|wrong type of file|too big/i;

/** This person takes no voices; others may. */
export function isOfPerson(error: unknown): boolean {
  return error instanceof GrammyError && error.description.includes('VOICE_MESSAGES_FORBIDDEN');
}
