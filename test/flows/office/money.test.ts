import { describe, expect, it } from 'vitest';
import { readSoms } from '../../../src/flows/office/money.ts';

describe('readSoms', () => {
  it.each([
    ['150000', 150_000],
    ['150 000', 150_000],
    ['150\u00a0000 сом', 150_000],
    ['1.250.000', 1_250_000],
    ['1,5 млн', 1_500_000],
    ['1,5 миллион сом', 1_500_000],
    ['200 миң сом', 200_000],
    ['200 тыс. сом', 200_000],
    ['350 сомго', 350],
    ['0', null],
    ['сом', null],
    ['-5', null],
    ['5 км', null],
    ['1e9', null],
    ['999999999999999', null],
  ])('reads «%s»', (typed, soms) => {
    expect(readSoms(typed)).toBe(soms);
  });
});
