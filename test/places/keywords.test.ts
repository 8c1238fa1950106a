import { describe, expect, it } from 'vitest';
import { foldKey } from '../../src/core/folding.ts';
import { isInflected, parseKeywords } from '../../src/places/keywords.ts';

describe('isInflected', () => {
  it.each(['суу', 'сууну', 'суунун', 'сууга', 'суудан', 'сууда', 'суулар', 'суубуз', 'суусу', 'суусун'])(
    'knows %s as суу',
    (word) => {
      expect(isInflected(foldKey(word), foldKey('суу'))).toBe(true);
    },
  );

  it.each(['жолдун', 'жолубуз', 'жолдорду', 'жолдорубузга', 'жолдогу'])('knows %s as жол', (word) => {
    expect(isInflected(foldKey(word), 'жол')).toBe(true);
  });

  it.each([
    ['сүт', 'суу'],
    ['сурайбыз', 'суу'],
    ['жолборс', 'жол'],
    ['жолбун', 'жол'],
    ['село', 'сел'],
  ])('tells %s from %s', (word, stem) => {
    expect(isInflected(foldKey(word), foldKey(stem))).toBe(false);
  });

  it('sees an ending whose letter folding has merged with the stem', () => {
    expect(isInflected(foldKey('Ортокко'), foldKey('Орток'))).toBe(true);
  });
});

describe('parseKeywords', () => {
  it('reads phrases, alternatives and endings', () => {
    expect(parseKeywords('таза/жаңы суу~, күн* + панель').keywords).toEqual([
      {
        parts: [
          [
            [
              { text: 'таза', ending: 'none' },
              { text: 'жани', ending: 'none' },
            ],
            [{ text: 'су', ending: 'kyrgyz' }],
          ],
        ],
      },
      { parts: [[[{ text: 'кун', ending: 'any' }]], [[{ text: 'панел', ending: 'none' }]]] },
    ]);
  });

  it('lets к and п soften before an ending', () => {
    expect(parseKeywords('жарык*').keywords[0]?.parts[0]?.[0]?.map((stem) => stem.text)).toEqual(['жарик', 'жариг']);
  });

  it('names each keyword that it cannot read', () => {
    expect(parseKeywords('суу~, , a++b, 💧').problems).toHaveLength(3);
    expect(parseKeywords('суу~, жол*').problems).toEqual([]);
  });
});
