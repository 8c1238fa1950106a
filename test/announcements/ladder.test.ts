import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LadderInput, planLadder } from '../../src/announcements/ladder.ts';

const ZONE = 'Asia/Bishkek';
const QUIET = { from: '21:00', to: '08:00' };
const at = (text: string) => new Date(`${text}:00+06:00`);
const plan = (o: Partial<LadderInput> & { ladder: readonly string[] }) =>
  planLadder({
    nowAt: at('2027-04-01T12:00'),
    startsAt: at('2027-04-20T10:00'),
    quietHours: QUIET,
    timeZone: ZONE,
    ...o,
  });
const times = (o: Parameters<typeof plan>[0]) => {
  const { rungs } = plan(o);
  return rungs.map(
    ({ rung, dueAt }) => `${rung} ${new Date(dueAt.getTime() + 6 * 3_600_000).toISOString().slice(0, 16)}`,
  );
};

describe('planLadder', () => {
  it('counts back from the hearing, the earliest first', () => {
    expect(times({ ladder: ['2h', 'now', '1d', '7d'] })).toEqual([
      'now 2027-04-01T12:00',
      '7d 2027-04-13T10:00',
      '1d 2027-04-19T10:00',
      '2h 2027-04-20T08:00',
    ]);
  });

  it('leaves out what is past when it is released, and says so', () => {
    const { rungs, leftOut } = plan({ ladder: ['now', '7d', '1d'], nowAt: at('2027-04-15T12:00') });
    expect(rungs.map(({ rung }) => rung)).toEqual(['now', '1d']);
    expect(leftOut).toEqual(['7d']);
  });

  it('plans nothing once the hearing has begun', () => {
    expect(plan({ ladder: ['now', '2h'], nowAt: at('2027-04-20T10:00') })).toEqual({
      rungs: [],
      leftOut: ['2h', 'now'],
    });
  });

  it('has a rung stale once the next one is due, and the last one when the hearing begins', () => {
    const { rungs } = plan({ ladder: ['now', '1d', '2h'] });
    expect(rungs.map(({ staleAt }) => staleAt)).toEqual([
      at('2027-04-19T10:00'),
      at('2027-04-20T08:00'),
      at('2027-04-20T10:00'),
    ]);
    expect(plan({ ladder: ['now'], startsAt: null }).rungs[0]?.staleAt).toBe(null);
  });

  it.each([
    ['a reminder at night until the morning', '2027-04-20T10:00', ['12h'], ['12h 2027-04-20T08:00']],
    ['a reminder before midnight too', '2027-04-20T22:30', ['1d'], ['1d 2027-04-20T08:00']],
    ['not one that would be of no use by then', '2027-04-20T07:30', ['1h'], ['1h 2027-04-20T06:30']],
    [
      'not one that the next would overtake',
      '2027-04-20T09:00',
      ['10h', '1h'],
      ['10h 2027-04-19T23:00', '1h 2027-04-20T08:00'],
    ],
  ])('puts off %s', (_, start, ladder, expected) => {
    expect(times({ ladder, startsAt: at(start) })).toEqual(expected);
  });

  it('sends `now` whatever the hour, and says that it is night', () => {
    const [now] = plan({ ladder: ['now'], nowAt: at('2027-04-01T23:00') }).rungs;
    expect(now).toMatchObject({ dueAt: at('2027-04-01T23:00'), atNight: true, postponedFrom: null });
  });

  it('counts days by the calendar where the clocks change', () => {
    // clocks go forward on 28 March 2027
    const startsAt = new Date('2027-03-30T10:00:00+02:00');
    const { rungs } = plan({
      ladder: ['7d', '48h'],
      startsAt,
      nowAt: new Date('2027-03-01T00:00:00Z'),
      timeZone: 'Europe/Berlin',
    });
    expect(rungs.map(({ dueAt }) => dueAt.toISOString())).toEqual([
      '2027-03-23T09:00:00.000Z',
      '2027-03-28T08:00:00.000Z',
    ]);
  });

  it('keeps its promises for any ladder and hour', () => {
    const rung = fc
      .tuple(fc.integer({ min: 1, max: 99 }), fc.constantFrom('d', 'h', 'm'))
      .map(([n, unit]) => `${n}${unit}`);
    const zone = fc.constantFrom('Asia/Bishkek', 'Europe/Berlin', 'America/New_York', 'Pacific/Chatham');
    const minute = fc.integer({ min: 0, max: 60 * 24 * 120 });
    fc.assert(
      fc.property(fc.array(rung, { maxLength: 6 }), minute, minute, zone, (ladder, startsIn, releasedIn, timeZone) => {
        const [startsAt, nowAt] = [startsIn, releasedIn].map((m) => new Date(Date.UTC(2027, 1, 1) + m * 60_000)) as [
          Date,
          Date,
        ];
        const { rungs, leftOut } = planLadder({
          ladder: ['now', ...ladder],
          startsAt,
          nowAt,
          quietHours: QUIET,
          timeZone,
        });
        expect(rungs.length + leftOut.length).toBe(new Set(['now', ...ladder]).size);
        rungs.forEach(({ dueAt, staleAt, postponedFrom }, index) => {
          expect(dueAt >= nowAt && dueAt < startsAt).toBe(true);
          expect(staleAt).toEqual(rungs[index + 1]?.dueAt ?? startsAt);
          if (postponedFrom !== null) expect(postponedFrom < dueAt).toBe(true);
        });
      }),
    );
  });
});
