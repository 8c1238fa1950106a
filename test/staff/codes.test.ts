import { describe, expect, it } from 'vitest';
import { hashCode, newCode, pauseAfter, readCode, showCode } from '../../src/staff/codes.ts';

describe('newCode', () => {
  it('makes codes that read as themselves, each another one, with a digit in it', () => {
    const codes = Array.from({ length: 500 }, newCode);
    expect(new Set(codes).size).toBe(500);
    for (const code of codes) {
      expect(code).toMatch(/^[ACDEFHJKMNPRTWXY34679]{10}$/);
      expect(code).toMatch(/\d/);
      expect(readCode(showCode(code))).toBe(code);
    }
  });
});

describe('readCode', () => {
  it.each([
    ['as it is shown', 'K7M4A-9TXRH', 'K7M4A9TXRH'],
    ['in small letters', 'k7m4a-9txrh', 'K7M4A9TXRH'],
    ['with another dash and spaces', ' K7M4A — 9TX RH ', 'K7M4A9TXRH'],
    ['typed on a Cyrillic keyboard', 'К7М4А-9ТХРН', 'K7M4A9TXPH'],
    ['in small Cyrillic letters', 'к7м4а9тхрн', 'K7M4A9TXPH'],
    ['with З and Ч for the digits', 'KЗMЧA9TXRH', 'K3M4A9TXRH'],
  ])('reads a code %s', (_, typed, code) => {
    expect(readCode(typed)).toBe(code);
  });

  it.each([
    ['too short', 'K7M4A-9TXR'],
    ['too long', 'K7M4A-9TXRHH'],
    ['with a letter that no code has', 'K7M4A-9TXRO'],
    ['a word of ten letters', 'КАТТАМКАНА'],
    ['nothing', ''],
    ['markup', '<b>K7M4A9TXRH</b>'],
  ])('reads no code that is %s', (_, typed) => {
    expect(readCode(typed)).toBeNull();
  });
});

describe('hashCode', () => {
  it('is a SHA-256 in hexadecimal', () => {
    expect(hashCode('K7M4A9TXRH')).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe('pauseAfter', () => {
  it('is none at first, then doubles, then a day in silence', () => {
    const minutes = [1, 2, 3, 4, 5, 6, 7].map((failed) => pauseAfter(failed).ms / 60_000);
    expect(minutes).toEqual([0, 0, 1, 2, 4, 8, 16]);
    expect(pauseAfter(7).silent).toBe(false);
    expect(pauseAfter(8)).toEqual({ ms: 24 * 60 * 60_000, silent: true });
  });
});
