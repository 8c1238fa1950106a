import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toMarkup } from '../../../src/channels/whatsapp/markup.ts';

const ZERO_WIDTH = '\u200B';

describe('toMarkup', () => {
  it.each([
    ['plain words', 'Суу жок', 'Суу жок'],
    ['bold', ['Номери: ', { bold: 'KS-2026-0001' }], 'Номери: *KS-2026-0001*'],
    ['bold over lines, each by itself', [{ bold: ' бир \nэки' }], '*бир* \n*эки*'],
    ['bold of white space', ['а', { bold: ' ' }, 'б'], 'а б'],
    ['a mark within a word', 'a_b*c', 'a_b*c'],
    ['a mark that would turn words bold', '*жол* жок', `*${ZERO_WIDTH}жол* жок`],
    ['a mark that would quote', '> айтты', `>${ZERO_WIDTH} айтты`],
    ['a mark that would begin a list', '- жол\n- суу', `-${ZERO_WIDTH} жол\n-${ZERO_WIDTH} суу`],
  ])('writes %s', (_, text, written) => {
    expect(toMarkup(text)).toBe(written);
  });

  it('loses no letter of what a person wrote', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(toMarkup(text).replaceAll(ZERO_WIDTH, '')).toBe(text.replaceAll(ZERO_WIDTH, '').toWellFormed().trim());
      }),
    );
  });
});
