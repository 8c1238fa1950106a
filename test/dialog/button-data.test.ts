import { describe, expect, it } from 'vitest';
import { buildButtonData, parseButtonData, toPick } from '../../src/dialog/button-data.ts';

describe('buildButtonData', () => {
  it('is read back by parseButtonData', () => {
    const parts = {
      dialog: 'a1b2',
      question: 'card~12.3',
      option: 'change-village',
    };
    expect(buildButtonData(parts)).toBe('a1b2:card~12.3:change-village');
    expect(parseButtonData(buildButtonData(parts))).toEqual(parts);
  });

  it('takes 64 bytes and no more', () => {
    const build = (length: number) =>
      buildButtonData({
        dialog: 'a1b2',
        question: 'village',
        option: 'o'.repeat(length),
      });
    expect(Buffer.byteLength(build(51))).toBe(64);
    expect(() => build(52)).toThrow('65 bytes, expected 64 at most');
  });

  it.each([
    ['a colon', { dialog: 'a1b2', question: 'card', option: 'a:b' }],
    ['letters of more than one byte', { dialog: 'a1b2', question: 'card', option: 'орток' }],
    ['nothing in a part', { dialog: 'a1b2', question: '', option: 'x' }],
    ['a page in the question', { dialog: 'a1b2', question: '>1', option: 'x' }],
  ])('refuses %s', (_name, parts) => {
    expect(() => buildButtonData(parts)).toThrow('button data');
  });
});

describe('parseButtonData', () => {
  it.each([
    '',
    ':',
    'a:b',
    'a1b2:card:',
    'A1B2:card:send',
    'a1b2:card:send:more',
    `a1b2:card:${'x'.repeat(60)}`,
    'a1b2:card:send\n',
  ])('gives null for %j', (data) => {
    expect(parseButtonData(data)).toBeNull();
  });
});

describe('toPick', () => {
  it('makes a pick of no dialog of a forgery', () => {
    expect(toPick('rubbish', '5')).toEqual({
      kind: 'pick',
      dialog: '',
      question: '',
      option: '',
      messageId: '5',
    });
    expect(toPick('a1b2:card:send', null)).toEqual({
      kind: 'pick',
      dialog: 'a1b2',
      question: 'card',
      option: 'send',
    });
  });
});
