import { describe, expect, it } from 'vitest';
import { isQuiet, quietUntil } from '../../src/messaging/quiet-hours.ts';

describe('isQuiet', () => {
  it.each([
    ['before them', '2027-03-01T14:59:59Z', '21:00', '08:00', false],
    ['at their beginning', '2027-03-01T15:00:00Z', '21:00', '08:00', true],
    ['after midnight', '2027-03-01T20:30:00Z', '21:00', '08:00', true],
    ['at their end', '2027-03-02T02:00:00Z', '21:00', '08:00', false],
    ['within a day', '2027-03-02T07:30:00Z', '13:00', '14:00', true],
    ['outside, within a day', '2027-03-02T08:00:00Z', '13:00', '14:00', false],
    ['where there are none', '2027-03-02T07:30:00Z', '00:00', '00:00', false],
  ])('knows the time %s', (_, at, from, to, quiet) => {
    expect(isQuiet(new Date(at), { from, to, timeZone: 'Asia/Bishkek' })).toBe(quiet);
  });

  it('goes by the wall clock where the clocks change', () => {
    const night = { from: '21:00', to: '08:00', timeZone: 'Europe/Berlin' };
    // the night of 2027-03-28 is an hour shorter
    expect(isQuiet(new Date('2027-03-27T07:00:00Z'), night)).toBe(false);
    expect(isQuiet(new Date('2027-03-28T05:59:59Z'), night)).toBe(true);
    expect(isQuiet(new Date('2027-03-28T06:00:00Z'), night)).toBe(false);
  });
});

describe('quietUntil', () => {
  it.each([
    ['in the evening', '2027-03-01T21:00:00+06:00', '21:00', '08:00', '2027-03-02T08:00:00+06:00'],
    ['after midnight', '2027-03-02T00:30:00+06:00', '21:00', '08:00', '2027-03-02T08:00:00+06:00'],
    ['within a day', '2027-03-01T13:30:00+06:00', '13:00', '14:00', '2027-03-01T14:00:00+06:00'],
  ])('knows their end %s', (_, at, from, to, until) => {
    expect(quietUntil(new Date(at), { from, to, timeZone: 'Asia/Bishkek' })).toEqual(new Date(until));
  });
});
