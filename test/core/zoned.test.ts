import { describe, expect, it } from 'vitest';
import { instantAt, timeIn } from '../../src/core/zoned.ts';

describe('instantAt', () => {
  it.each([
    ['a zone that never changes its clocks', '2027-04-20', '10:00', 'Asia/Bishkek', '2027-04-20T04:00:00.000Z'],
    ['winter', '2027-01-15', '08:00', 'Europe/Berlin', '2027-01-15T07:00:00.000Z'],
    ['summer', '2027-07-15', '08:00', 'Europe/Berlin', '2027-07-15T06:00:00.000Z'],
    [
      'the morning of the day on which the clocks go forward',
      '2027-03-28',
      '08:00',
      'Europe/Berlin',
      '2027-03-28T06:00:00.000Z',
    ],
    ['just before they go forward', '2027-03-28', '01:59', 'Europe/Berlin', '2027-03-28T00:59:00.000Z'],
    ['a time that they leap over, as much later', '2027-03-28', '02:30', 'Europe/Berlin', '2027-03-28T01:30:00.000Z'],
    ['a time that they show twice, the first', '2027-10-31', '02:30', 'Europe/Berlin', '2027-10-31T00:30:00.000Z'],
    [
      'the morning of the day on which they go back',
      '2027-10-31',
      '08:00',
      'Europe/Berlin',
      '2027-10-31T07:00:00.000Z',
    ],
    ['a zone west of Greenwich', '2027-03-14', '08:00', 'America/New_York', '2027-03-14T12:00:00.000Z'],
    ['a zone of half an hour', '2027-04-20', '10:00', 'Asia/Kolkata', '2027-04-20T04:30:00.000Z'],
    ['midnight', '2027-04-20', '00:00', 'Asia/Bishkek', '2027-04-19T18:00:00.000Z'],
  ])('knows %s', (_, day, time, zone, instant) => {
    expect(instantAt(day, time, zone).toISOString()).toBe(instant);
  });

  it('is undone by timeIn, but where the clocks leap', () => {
    for (let hour = 0; hour < 24 * 400; hour += 7) {
      const at = new Date(Date.UTC(2027, 0, 1) + hour * 3_600_000 + 17 * 60_000);
      const time = timeIn(at, 'Europe/Berlin');
      const day = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Berlin' }).format(at);
      expect(timeIn(instantAt(day, time, 'Europe/Berlin'), 'Europe/Berlin')).toBe(time);
    }
  });
});
