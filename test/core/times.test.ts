import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTime } from '../../src/core/times.ts';

describe('parseTime', () => {
  it.each([
    ['10:00', '10:00'],
    ['9:05', '09:05'],
    ['10.30', '10:30'],
    ['10-30', '10:30'],
    ['10 30', '10:30'],
    ['саат 10', '10:00'],
    ['саат 10до', '10:00'],
    ['Саат 14:00дө', '14:00'],
    ['саат 16га', '16:00'],
    ['10дон', '10:00'],
    ['саат 15те башталат', '15:00'],
    ['эртең менен 9да', '09:00'],
    ['түштөн кийин 2', '14:00'],
    ['түштөн кийин саат 2де', '14:00'],
    ['кечки 6', '18:00'],
    ['кечки 18:30', '18:30'],
    ['в 10', '10:00'],
    ['в 10 часов', '10:00'],
    ['10 утра', '10:00'],
    ['2 часа дня', '14:00'],
    ['в 6 вечера', '18:00'],
    ['2 pm', '14:00'],
    ['12 am', '00:00'],
    ['at 10 o’clock', '10:00'],
    ['00:00', '00:00'],
    [' 7 ', '07:00'],
  ])('reads «%s»', (text, time) => {
    expect(parseTime(text)).toBe(time);
  });

  it.each([
    '',
    'саат',
    '25:00',
    '24',
    '10:60',
    '10:5',
    '1000',
    '20.04.2027',
    '10:00-12:00',
    '10 адам',
    'он',
    '-5',
    'Клубда саат 10до жыйын башталат, келиңиздер, күтөбүз',
  ])('does not take «%s» for a time', (text) => {
    expect(parseTime(text)).toBe(null);
  });

  it('reads back every time as it is written, and never throws', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }), (hour, minute) => {
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        expect(parseTime(time)).toBe(time);
        expect(parseTime(`саат ${hour}.${time.slice(3)}`)).toBe(time);
      }),
    );
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseTime(text)));
  });
});
