import { describe, expect, it } from 'vitest';
import { afterFailure } from '../../src/deliveries/rules.ts';
import { SendError } from '../../src/messaging/contract.ts';

describe('afterFailure', () => {
  it.each([
    ['tries again after a growing pause', new SendError('unreachable', ''), 3, { what: 'retry', waitMs: 8_000 }],
    ['waits ten minutes at most', new SendError('unreachable', ''), 900, { what: 'retry', waitMs: 600_000 }],
    [
      'waits as long as it is told',
      new SendError('throttled', '', { retryAfterMs: 35_000 }),
      0,
      { what: 'retry', waitMs: 35_000, reason: 'unreachable' },
    ],
    ['waits for the operator', new SendError('misconfigured', ''), 0, { what: 'retry', reason: 'misconfigured' }],
    [
      'gives up an address that blocks',
      new SendError('blocked', ''),
      0,
      { what: 'give-up-address', reason: 'blocked' },
    ],
    ['gives up an address that is gone', new SendError('gone', ''), 0, { what: 'give-up-address', reason: 'gone' }],
    ['gives up a message that is refused', new SendError('rejected', ''), 0, { what: 'fail', reason: 'rejected' }],
    ['follows a chat', new SendError('moved', '', { movedTo: '-1' }), 2, { what: 'follow', toId: '-1' }],
    ['does not follow for ever', new SendError('moved', '', { movedTo: '-1' }), 3, { what: 'fail', reason: 'moved' }],
    ['cannot follow to nowhere', new SendError('moved', ''), 0, { what: 'fail', reason: 'moved' }],
  ])('%s', (_, error, attempts, expected) => {
    expect(afterFailure(error, attempts)).toMatchObject(expected);
  });
});
