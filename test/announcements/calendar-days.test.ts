import { describe, expect, it } from 'vitest';
import { decide, nextMorning, occurrenceIn } from '../../src/announcements/calendar-days.ts';

const BISHKEK = 'Asia/Bishkek';
const SEDP = { on: '04-01', until: '05-31' };
const at = (instant: string) => new Date(instant);

describe('occurrenceIn', () => {
  it.each([
    ['where clocks never change', BISHKEK, SEDP, 2027, '2027-04-01T02:00:00Z', '2027-05-31T18:00:00Z'],
    [
      'in winter',
      'Europe/Berlin',
      { on: '01-11', until: '02-10' },
      2026,
      '2026-01-11T07:00:00Z',
      '2026-02-10T23:00:00Z',
    ],
    [
      'over the change to summer',
      'Europe/Berlin',
      { on: '03-28', until: '03-29' },
      2026,
      '2026-03-28T07:00:00Z',
      '2026-03-29T22:00:00Z',
    ],
    [
      'on the day of the change to summer',
      'Europe/Berlin',
      { on: '03-29', until: '03-30' },
      2026,
      '2026-03-29T06:00:00Z',
      '2026-03-30T22:00:00Z',
    ],
    [
      'on the day of the change to winter',
      'Europe/Berlin',
      { on: '10-25', until: '10-25' },
      2026,
      '2026-10-25T07:00:00Z',
      '2026-10-25T23:00:00Z',
    ],
    [
      'in New York on the day of the change to summer',
      'America/New_York',
      { on: '03-08', until: '03-08' },
      2026,
      '2026-03-08T12:00:00Z',
      '2026-03-09T04:00:00Z',
    ],
    [
      'in New York on the day of the change to winter',
      'America/New_York',
      { on: '11-01', until: '12-31' },
      2026,
      '2026-11-01T13:00:00Z',
      '2027-01-01T05:00:00Z',
    ],
    [
      'on 29 February in a year that has one',
      BISHKEK,
      { on: '02-29', until: '03-01' },
      2028,
      '2028-02-29T02:00:00Z',
      '2028-03-01T18:00:00Z',
    ],
    [
      'on 29 February in a year that has none',
      BISHKEK,
      { on: '02-29', until: '02-29' },
      2027,
      '2027-02-28T02:00:00Z',
      '2027-02-28T18:00:00Z',
    ],
    [
      'over the new year',
      BISHKEK,
      { on: '11-15', until: '01-15' },
      2026,
      '2026-11-15T02:00:00Z',
      '2027-01-15T18:00:00Z',
    ],
  ])('begins at eight and ends at midnight %s', (_, zone, days, year, dueAt, endsAt) => {
    expect(occurrenceIn(days, zone, year)).toEqual({ year, dueAt: at(dueAt), endsAt: at(endsAt) });
  });
});

describe('nextMorning', () => {
  it('is eight of the next day there, also where the clocks change in the night', () => {
    expect(nextMorning(at('2026-11-22T20:00:00Z'), BISHKEK)).toEqual(at('2026-11-24T02:00:00Z'));
    expect(nextMorning(at('2026-03-28T12:00:00Z'), 'Europe/Berlin')).toEqual(at('2026-03-29T06:00:00Z'));
  });
});

describe('decide', () => {
  const day = (date: string, time = '12:00') => at(`${date}T${time}:00+06:00`);
  const due = (year: number) => day(`${year}-04-01`, '08:00');
  const NOTHING = null;
  const later = (nextDueAt: Date) => ({ nextDueAt, remind: null, missed: [] });

  it.each([
    ['before its season: plans it', null, day('2027-03-31'), due(2027), null, []],
    ['on its day before eight: plans it', null, day('2027-04-01', '07:59'), due(2027), null, []],
    ['in its season: reminds at once', null, day('2027-05-31', '23:59'), due(2028), 2027, []],
    ['after its season: plans the next one', null, day('2027-06-01', '00:00'), due(2028), null, []],
    ['at eight of its day', due(2027), due(2027), due(2028), 2027, []],
    ['late, in its season', due(2027), day('2027-05-20'), due(2028), 2027, []],
    ['too late: missed', due(2027), day('2027-06-01'), due(2028), null, [2027]],
    ['after years, out of season: all missed', due(2027), day('2029-08-01'), due(2030), null, [2027, 2028, 2029]],
    ['after years, in season: the last one still counts', due(2027), day('2029-05-01'), due(2030), 2029, [2027, 2028]],
    ['put off to a morning in its season', day('2027-04-05', '08:00'), day('2027-04-05'), due(2028), 2027, []],
    ['put off, and too late then', day('2027-05-31', '08:00'), day('2027-06-02'), due(2028), null, [2027]],
  ])('%s', (_, planned, now, nextDueAt, year, missed) => {
    const step = decide(SEDP, BISHKEK, planned, now);
    expect(step).toMatchObject({ nextDueAt, missed });
    expect(step?.remind?.year ?? null).toBe(year);
  });

  it.each([
    ['what is planned for the future', due(2028), day('2027-12-01'), NOTHING],
    ['what is put off to the next morning', day('2027-04-05', '08:00'), day('2027-04-04'), NOTHING],
    ['a clock that was moved back behind a reminder', due(2028), day('2027-04-01', '07:00'), NOTHING],
    ['a clock that was moved back by months', due(2028), day('2026-12-01'), NOTHING],
    ['a plan of years ahead, made by a clock that was wrong', due(2031), day('2026-12-01'), later(due(2027))],
    ['another zone', at('2027-04-01T06:00:00Z'), day('2026-12-01'), NOTHING],
    ['a season that begins later now', day('2027-03-01', '08:00'), day('2026-12-01'), later(due(2027))],
    ['a season that was over before now', day('2027-08-01', '08:00'), day('2026-12-01'), later(due(2027))],
  ])('leaves or mends %s', (_, planned, now, step) => {
    expect(decide(SEDP, BISHKEK, planned, now)).toEqual(step);
  });

  it('reminds once of a season that lies over the new year', () => {
    const winter = { on: '11-15', until: '01-15' };
    expect(decide(winter, BISHKEK, null, day('2027-01-10'))).toMatchObject({
      nextDueAt: day('2027-11-15', '08:00'),
      remind: { year: 2026 },
    });
    expect(decide(winter, BISHKEK, day('2027-01-11', '08:00'), day('2027-01-11'))?.remind?.year).toBe(2026);
    expect(decide(winter, BISHKEK, day('2026-11-15', '08:00'), day('2027-01-16'))).toMatchObject({ missed: [2026] });
  });
});
