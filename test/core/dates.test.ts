import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDate, isoWithOffset, isTimeZone, yearIn } from '../../src/core/dates.ts';

const ZONE = 'Asia/Bishkek';
const at = new Date('2026-05-05T08:00:00Z');

describe('isTimeZone', () => {
  it('knows the names of the IANA list and no others', () => {
    expect(['Asia/Bishkek', 'UTC', 'Asia/Nowhere', ''].map(isTimeZone)).toEqual([true, true, false, false]);
  });
});

describe('formatDate', () => {
  it.each([
    ['ky', 'short', '5-май, шейшемби'],
    ['ky', 'long', '2026-жылдын 5-майы'],
    ['ky', 'with-time', '2026-жылдын 5-майы, саат 14:00'],
    ['ky', 'dmy', '05.05.2026'],
    ['ru', 'short', '5 мая, вторник'],
    ['ru', 'long', '5 мая 2026 года'],
    ['ru', 'with-time', '5 мая 2026 года, 14:00'],
    ['ru', 'dmy', '05.05.2026'],
    ['en', 'short', 'Tuesday 5 May'],
    ['en', 'long', '5 May 2026'],
    ['en', 'with-time', '5 May 2026, 14:00'],
    ['en', 'dmy', '05.05.2026'],
  ] as const)('writes the date in %s, %s, as people do', (locale, style, expected) => {
    expect(formatDate(at, locale, ZONE, style)).toBe(expected);
  });

  it('gives every month its possessive form in Kyrgyz', () => {
    const months = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 1, 6)));
    expect(months.map((month) => formatDate(month, 'ky', ZONE, 'long').split('-').at(-1))).toEqual(
      'январы февралы марты апрели майы июну июлу августу сентябры октябры ноябры декабры'.split(' '),
    );
  });

  it('gives every weekday its name', () => {
    const days = Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 10, 23 + day, 6)));
    expect(days.map((day) => formatDate(day, 'ky', ZONE, 'short').split(', ')[1])).toEqual(
      'дүйшөмбү шейшемби шаршемби бейшемби жума ишемби жекшемби'.split(' '),
    );
  });

  it('takes the day of the zone', () => {
    expect(formatDate(new Date('2026-05-05T18:00:00Z'), 'ky', ZONE, 'dmy')).toBe('06.05.2026');
    expect(formatDate(new Date('2026-05-05T18:00:00Z'), 'ky', ZONE, 'with-time')).toBe(
      '2026-жылдын 6-майы, саат 00:00',
    );
  });

  it('refuses a time zone that nobody knows', () => {
    expect(() => formatDate(at, 'ky', 'Asia/Kochkor', 'dmy')).toThrow(RangeError);
  });
});

describe('isoWithOffset', () => {
  it.each([
    ['Asia/Bishkek', '2026-11-22T10:00:00+06:00'],
    ['UTC', '2026-11-22T04:00:00+00:00'],
    ['America/St_Johns', '2026-11-22T00:30:00-03:30'],
    ['Asia/Kathmandu', '2026-11-22T09:45:00+05:45'],
  ])('writes the wall clock of %s with its offset', (zone, expected) => {
    const instant = new Date('2026-11-22T04:00:00.999Z');
    expect(isoWithOffset(instant, zone)).toBe(expected);
    expect(new Date(expected).getTime()).toBe(instant.getTime() - 999);
  });

  it('takes the offset that held then', () => {
    expect(isoWithOffset(new Date('2026-07-01T00:00:00Z'), 'Europe/Berlin')).toBe('2026-07-01T02:00:00+02:00');
    expect(isoWithOffset(new Date('2026-12-01T00:00:00Z'), 'Europe/Berlin')).toBe('2026-12-01T01:00:00+01:00');
  });

  it.each([
    [
      'forward',
      '2026-03-29T00:59:59Z',
      '2026-03-29T01:59:59+01:00',
      '2026-03-29T01:00:00Z',
      '2026-03-29T03:00:00+02:00',
    ],
    ['back', '2026-10-25T00:59:59Z', '2026-10-25T02:59:59+02:00', '2026-10-25T01:00:00Z', '2026-10-25T02:00:00+01:00'],
  ])('changes the offset in the second in which clocks are put %s', (_, before, expected, after, expectedAfter) => {
    expect(isoWithOffset(new Date(before), 'Europe/Berlin')).toBe(expected);
    expect(isoWithOffset(new Date(after), 'Europe/Berlin')).toBe(expectedAfter);
  });

  it('writes the instant that it was given, in any zone', () => {
    const zones = Intl.supportedValuesOf('timeZone');
    const instant = fc.date({ min: new Date('1975-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.constantFrom(...zones), (at, zone) => {
        const wall = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
        const written = isoWithOffset(at, zone);
        expect(written.slice(0, 19).replace('T', ' ')).toBe(wall.format(at));
        expect(new Date(written).getTime()).toBe(Math.floor(at.getTime() / 1000) * 1000);
      }),
      { numRuns: 2000 },
    );
  });

  it('refuses a date that is none', () => {
    expect(() => isoWithOffset(new Date(Number.NaN), ZONE)).toThrow(RangeError);
  });
});

describe('yearIn', () => {
  it('changes at midnight of the zone, not of UTC', () => {
    expect(yearIn(new Date('2026-12-31T17:59:59Z'), ZONE)).toBe(2026);
    expect(yearIn(new Date('2026-12-31T18:00:00Z'), ZONE)).toBe(2027);
  });
});
