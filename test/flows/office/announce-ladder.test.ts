import { describe, expect, it } from 'vitest';
import { readReminders } from '../../../src/flows/office/announce-ladder.ts';

describe('readReminders', () => {
  it.each([
    ['7 күн, 1 күн, 2 саат', ['7d', '1d', '2h']],
    ['3 дня, 30 минут', ['3d', '30m']],
    ['1 час', ['1h']],
    ['7d 1d 2h', ['7d', '1d', '2h']],
    ['2 days, 10 min', ['2d', '10m']],
    ['1 күн, 1 күн', ['1d']],
  ])('reads %s', (text, rungs) => {
    expect(readReminders(text)).toEqual(rungs);
  });

  it.each(['', 'эртең', '0 күн', '7', 'күн 7', '3 апта', '1d 2d 3d 4d 5d 6d 7d 8d', '1000 күн'])(
    'does not read %j',
    (text) => {
      expect(readReminders(text)).toBeNull();
    },
  );
});
