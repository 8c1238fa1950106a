import { describe, expect, it } from 'vitest';
import { bulkEndsAt } from '../../src/messaging/bulk-time.ts';

const quietHours = { from: '21:00', to: '08:00', timeZone: 'Asia/Bishkek' };
const bulk = { minMs: 8_000, maxMs: 20_000 };
const gap = { bulk, other: bulk };
const caps = { perHour: 60, perDay: 250 };
const at = (text: string) => new Date(`2027-04-${text}:00+06:00`);

type Case = [string, Parameters<typeof bulkEndsAt>[0], number, string, string];

describe('bulkEndsAt', () => {
  it.each([
    ['one message at once', { caps, gap, quietHours }, 1, '01T10:00', '01T10:00'],
    ['nobody at once', { caps, gap, quietHours }, 0, '01T10:00', '01T10:00'],
    ['as many as may go without a limit', {}, 100_000, '01T10:00', '01T10:00'],
    ['what one hour takes, one after the other', { caps, gap }, 46, '01T10:00', '01T10:10:30'],
    ['what is more in the next hours', { caps }, 121, '01T10:00', '01T12:00'],
    [
      'no more in an hour than the gaps let pass',
      { gap: { ...gap, bulk: { minMs: 600_000, maxMs: 600_000 } } },
      8,
      '01T10:00',
      '01T11:10',
    ],
    ['what is more than a day takes when the next begins', { caps }, 251, '01T10:30', '02T10:30'],
    ['the same of the day after', { caps }, 551, '01T10:00', '03T10:00'],
    ['in the morning what begins at night', { caps, quietHours }, 1, '01T22:30', '02T08:00'],
    ['in the morning what begins after midnight', { caps, quietHours }, 61, '02T00:30', '02T09:00'],
    ['in the morning what the night interrupts', { caps, quietHours }, 121, '01T19:30', '02T08:00'],
    ['over a night no more than a day takes', { caps, quietHours }, 251, '01T19:30', '02T19:30'],
    ['a part of the caps, rounded down', { caps: { ...caps, share: () => 0.1 } }, 26, '01T10:00', '02T10:00'],
    [
      'a part of the hour, rounded down',
      { caps: { perHour: 39, perDay: 999, share: () => 0.1 } },
      7,
      '01T10:00',
      '01T12:00',
    ],
    ['at least one an hour and a day', { caps: { ...caps, share: () => 0.001 } }, 3, '01T10:00', '03T10:00'],
  ] satisfies Case[])('sends %s', (_, pace, count, from, until) => {
    expect(bulkEndsAt(pace, count, at(from))).toEqual(new Date(`2027-04-${until.padEnd(11, ':00')}+06:00`));
  });

  it('reckons with the part of the caps that may be used by then', () => {
    const grown = at('02T10:00');
    const share = (then?: Date) => (then !== undefined && then >= grown ? 1 : 0.1);
    expect(bulkEndsAt({ caps: { ...caps, share } }, 25 + 61, at('01T10:00'))).toEqual(at('02T11:00'));
  });

  it('is never over before it begins, in a night that the clocks prolong either', () => {
    const night = { from: '21:00', to: '02:30', timeZone: 'Europe/Berlin' };
    // 2027-10-31 has an hour from two to three twice
    const second = new Date('2027-10-31T01:10:00Z');
    expect(bulkEndsAt({ caps, quietHours: night }, 1, second)).toEqual(second);
  });
});
