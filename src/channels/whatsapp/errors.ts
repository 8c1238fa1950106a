import { toError } from '../../core/errors.ts';
import { SendError } from '../../messaging/contract.ts';
import type { Failure } from './ipc.ts';

/** Said by the page of a number that is not on WhatsApp: https://github.com/wwebjs/whatsapp-web.js/issues/3834 */
const NOBODY = /No LID for user|not on WhatsApp/i;

/**
 * What whatsapp-web.js threw, which may be a bare string. The page's own errors change with WhatsApp's page: what is
 * not known is tried again, so that nothing is given up for a reason that is none.
 */
export function toFailure(thrown: unknown, { mayHaveArrived = false } = {}): Failure {
  if (thrown instanceof SendError)
    return { reason: thrown.reason, message: thrown.message, mayHaveArrived: thrown.mayHaveArrived };
  const message = typeof thrown === 'string' ? thrown : toError(thrown).message;
  if (NOBODY.test(message)) return { reason: 'gone', message: 'the number is not on WhatsApp', mayHaveArrived: false };
  return { reason: 'unreachable', message, mayHaveArrived };
}

export function toSendError({ reason, message, mayHaveArrived }: Failure): SendError {
  return new SendError(reason, message, { mayHaveArrived });
}
