import { describe, expect, it } from 'vitest';
import { chatCode } from '../../src/flows/reading.ts';
import { hashJoinCode, newJoinCode, readJoinCode, showJoinCode } from '../../src/residents/join-code.ts';

describe('readJoinCode', () => {
  it.each([
    ['as it is shown', '123 456', '123456'],
    ['without the space', '012345', '012345'],
    ['with a dash, a dot, spaces at the ends', ' 123-4.5–6 ', '123456'],
    ['in wide digits', '１２３４５６', '123456'],
    ['with a digit too few', '12 345', null],
    ['with a digit too many', '123 4567', null],
    ['with a letter in it', '12345O', null],
  ])('reads a code %s', (_, typed, code) => {
    expect(readJoinCode(typed)).toBe(code);
  });

  it('reads whatever was made', () => {
    for (let n = 0; n < 200; n++) {
      const code = newJoinCode();
      expect(readJoinCode(showJoinCode(code))).toBe(code);
    }
  });
});

describe('chatCode', () => {
  const code = hashJoinCode('123456');
  it.each([
    ['/join 123 456', code],
    ['/join@sunush_bot 123456', code],
    ['/start join_123456', code],
    ['кошуу 123 456', code],
    ['Чатты кошуу: 123-456', code],
    ['соединить 123456', code],
    ['join 123456', code],
    ['/join абв', 'unreadable'],
    ['/start join_12', 'unreadable'],
    ['/join', null],
    ['кошуу', null],
    ['кошуу керек 123456', null],
    ['сунуш 123456', null],
    ['123 456', null],
    ['/start mantysh', null],
  ])('of «%s» is %s', (text, wanted) => {
    expect(chatCode(text)).toBe(wanted);
  });
});
