import { describe, expect, it } from 'vitest';
import { whatsappPace } from '../../src/channels/whatsapp/pace.ts';
import { readConfig } from '../../src/config.ts';
import { ErrorStreaks } from '../../src/deliveries/error-streaks.ts';
import { SendError, type SendFailure } from '../../src/messaging/contract.ts';

const GAP_MS = 20_000;

/** What becomes of one delivery after the other of a send on WhatsApp; after how many it is told, each time. */
function toldAfter(outcomes: readonly (SendFailure | 'sent')[]): number[] {
  const { whatsapp } = readConfig({ WHATSAPP_ENABLED: 'true' }, false);
  const errors = whatsapp && whatsappPace(whatsapp, () => 100).errors;
  if (!errors) throw new Error('WhatsApp is off, or bears any number of errors');
  const streaks = new ErrorStreaks(errors);
  return outcomes.flatMap((outcome, at) => {
    const beganMs = at * GAP_MS;
    const delivery = { id: at, sendId: 1 };
    if (outcome !== 'sent')
      return streaks.failed(delivery, new SendError(outcome, 'no'), beganMs, beganMs + 1_000) ? [at + 1] : [];
    streaks.succeeded(delivery);
    return [];
  });
}

const times = <T>(count: number, ...round: T[]) => Array.from({ length: count }, () => round).flat();

describe('ErrorStreaks at the pace of WhatsApp', () => {
  it.each([
    ['one error after the other', times(12, 'unreachable' as const), [10]],
    ['as many again, once more', times(20, 'rejected' as const), [10, 20]],
    ['every second one', times(30, 'sent' as const, 'rejected' as const), [20, 40, 60]],
    [
      'errors that rise after a good beginning',
      [...times(300, 'sent' as const), ...times(9, 'rejected' as const, 'sent' as const), 'rejected' as const],
      [319],
    ],
    ['every third one', times(100, 'sent' as const, 'sent' as const, 'rejected' as const), []],
    ['people who blocked us', times(50, 'blocked' as const), []],
  ])('tells of %s', (_, outcomes, told) => {
    expect(toldAfter(outcomes)).toEqual(told);
  });

  it('counts each send for itself', () => {
    const streaks = new ErrorStreaks({ inARow: 2, among: { errors: 2, last: 4 } });
    const fails = (id: number, sendId: number) => streaks.failed({ id, sendId }, new SendError('rejected', 'no'), 1, 1);
    expect([fails(1, 1), fails(2, 2), fails(3, 1)]).toEqual([false, false, true]);
  });
});
