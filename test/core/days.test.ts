import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayIn, daySinceSpreadsheets, parseComingDay, parseDay } from '../../src/core/days.ts';

const TODAY = '2026-11-22';

describe('parseDay', () => {
  it.each([
    ['31.12.2025', '2025-12-31'],
    ['1.2.2025', '2025-02-01'],
    ['31.12.25', '2025-12-31'],
    ['31/12/25', '2025-12-31'],
    ['31-12-2025', '2025-12-31'],
    ['31 . 12 . 2025 г.', '2025-12-31'],
    ['31.12.2025 ж.', '2025-12-31'],
    ['2025-12-31', '2025-12-31'],
    ['2025/12/31', '2025-12-31'],
    ['2025-12-31T10:00:00+06:00', '2025-12-31'],
    ['31.12.2025 10:30', '2025-12-31'],
    ['5-май 2025', '2025-05-05'],
    ['5-май, 2025-ж.', '2025-05-05'],
    ['2025-жылдын 5-майы', '2025-05-05'],
    ['2026-жылдын 15-январы', '2026-01-15'],
    ['5 мая 2025 г.', '2025-05-05'],
    ['5 мая 2025 года', '2025-05-05'],
    ['5 May 2025', '2025-05-05'],
    ['May 5, 2025', '2025-05-05'],
    ['12 сентября 2025', '2025-09-12'],
    ['7 July 2025', '2025-07-07'],
    ['29.02.2024', '2024-02-29'],
    ['15.11', '2026-11-15'],
    ['22.11', '2026-11-22'],
    ['23.11', '2025-11-23'],
    ['15-ноябрь', '2026-11-15'],
    ['30 декабря', '2025-12-30'],
  ])('reads %s', (text, day) => {
    expect(parseDay(text, TODAY)).toBe(day);
  });

  it.each([
    '32.12.2025',
    '31.11.2025',
    '29.02.2025',
    '12/31/2025',
    '0.1.2025',
    '31.12.1025',
    'кечээ жакында',
    '2025',
    '5',
    'май 2025',
    '5-6 май 2025',
    'май июнь 5 2025',
    '',
    '31.12.2025 31.12.2025',
    'Мантыштын 5 көчөсүнө май айында 2025 жарык керек',
  ])('does not take «%s» for a day', (text) => {
    expect(parseDay(text, TODAY)).toBe(null);
  });

  it('reads back every day as it is written', () => {
    const days = fc.integer({ min: 0, max: 40_000 }).map((count) => addDays('1980-01-01', count));
    fc.assert(
      fc.property(days, (day) => {
        const [year, month, date] = day.split('-');
        expect(parseDay(day, TODAY)).toBe(day);
        expect(parseDay(`${date}.${month}.${year}`, TODAY)).toBe(day);
        expect(parseDay(`${Number(date)}/${Number(month)}/${year}`, TODAY)).toBe(day);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseDay(text, TODAY)));
  });
});

describe('parseComingDay', () => {
  it.each([
    ['20.04', '2026-11-22', '2027-04-20'],
    ['22.11', '2026-11-22', '2026-11-22'],
    ['21.11', '2026-11-22', '2027-11-21'],
    ['5-май', '2026-11-22', '2027-05-05'],
    ['31 декабря', '2026-11-22', '2026-12-31'],
    ['29.02', '2027-03-01', '2028-02-29'],
    ['29.02', '2026-03-01', null],
    ['28.02', '2028-02-29', '2029-02-28'],
    ['20.04.2027', '2026-11-22', '2027-04-20'],
    ['20.04.2026', '2026-11-22', '2026-04-20'],
    ['31.04', '2026-11-22', null],
    ['качан болсо', '2026-11-22', null],
  ])('reads «%s» written on %s', (text, today, day) => {
    expect(parseComingDay(text, today)).toBe(day);
  });
});

describe('dayIn', () => {
  it('is the day of the zone, not of UTC', () => {
    expect(dayIn(new Date('2026-11-21T20:00:00Z'), 'Asia/Bishkek')).toBe('2026-11-22');
    expect(dayIn(new Date('2026-11-21T17:59:59Z'), 'Asia/Bishkek')).toBe('2026-11-21');
  });
});

describe('daySinceSpreadsheets', () => {
  it.each([
    [46_022, '2025-12-31'],
    [46_022.99, '2025-12-31'],
    [45_000, '2023-03-15'],
    [5, null],
    [2025, null],
    [100_000, null],
  ])('reads %d', (serial, day) => {
    expect(daySinceSpreadsheets(serial)).toBe(day);
  });
});
