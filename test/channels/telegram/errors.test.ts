import { GrammyError, HttpError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { toSendError, UnsentError } from '../../../src/channels/telegram/errors.ts';

function apiError(error_code: number, description: string, parameters: object = {}): GrammyError {
  return new GrammyError('Call failed', { ok: false, error_code, description, parameters }, 'sendMessage', {
    text: 'сыр',
  });
}

describe(toSendError.name, () => {
  it.each([
    [403, 'Forbidden: bot was blocked by the user', 'blocked'],
    [403, "Forbidden: bot can't initiate conversation with a user", 'blocked'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'blocked'],
    [403, 'Forbidden: user is deactivated', 'gone'],
    [403, 'Forbidden: the group chat was deleted', 'gone'],
    [400, 'Bad Request: chat not found', 'gone'],
    [400, 'Bad Request: PEER_ID_INVALID', 'gone'],
    [400, 'Bad Request: wrong file_id or the file is temporarily unavailable', 'gone'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'blocked'],
    [400, "Bad Request: can't parse entities: Unsupported start tag", 'rejected'],
    [400, 'Bad Request: message is too long', 'rejected'],
    [413, 'Request Entity Too Large', 'rejected'],
    [401, 'Unauthorized', 'misconfigured'],
    [404, 'Not Found', 'misconfigured'],
    [409, 'Conflict', 'unreachable'],
    [500, 'Internal Server Error', 'unreachable'],
    [502, 'Bad Gateway', 'unreachable'],
  ])('takes %i %s as %s', (code, description, reason) => {
    const cause = apiError(code, description);
    expect(toSendError(cause)).toMatchObject({
      reason,
      message: description,
      retryAfterMs: null,
      movedTo: null,
      cause,
    });
  });

  it('tells how long to wait', () => {
    expect(toSendError(apiError(429, 'Too Many Requests', { retry_after: 35 }))).toMatchObject({
      reason: 'throttled',
      retryAfterMs: 35_000,
    });
    expect(toSendError(apiError(429, 'Too Many Requests'))).toMatchObject({ reason: 'throttled', retryAfterMs: 1000 });
  });

  it('tells where the chat has moved', () => {
    const error = apiError(400, 'Bad Request: group chat was upgraded', { migrate_to_chat_id: -1002 });
    expect(toSendError(error)).toMatchObject({ reason: 'moved', movedTo: '-1002' });
  });

  it.each([
    ['a broken connection', new HttpError('Network request failed', new Error('ECONNRESET')), true],
    ['a bare string', 'gone', true],
    ['nothing', undefined, true],
    ['an error of the server', apiError(502, 'Bad Gateway'), true],
    ['a poller beside us', apiError(409, 'Conflict'), false],
    ['a connection that never was', new HttpError('failed', new UnsentError('refused')), false],
    ['a name nobody knows', new HttpError('failed', Object.assign(new Error('dns'), { code: 'ENOTFOUND' })), false],
  ])('takes %s as no answer, and knows whether the message may have arrived', (_, thrown, mayHaveArrived) => {
    expect(toSendError(thrown)).toMatchObject({ reason: 'unreachable', mayHaveArrived });
  });
});
