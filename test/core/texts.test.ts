import { describe, expect, it } from 'vitest';
import {
  LOCALES,
  type Locale,
  negotiateLocale,
  readSource,
  type TextKey,
  textProblems,
  translator,
} from '../../src/core/texts.ts';

function sources(): Record<Locale, string> {
  return { ky: readSource('ky'), ru: readSource('ru'), en: readSource('en') };
}

describe('translator', () => {
  it('puts values in as they are', () => {
    const text = 'суу жок {$number} «көчөдө» <b>\n-term = { x }';
    for (const locale of LOCALES) expect(translator(locale)('card-text', { text })).toContain(text);
  });

  it('adds no invisible marks around values', () => {
    expect(translator('ky')('thanks-number', { number: 'KS-2026-0042' })).toBe(
      'Рахмат, сунушуңуз катталды. Номери: KS-2026-0042. Жаңылык болсо, ушул жерге жазабыз.',
    );
  });

  it.each([
    ['ky', '12\u00A0500'],
    ['ru', '12\u00A0500'],
    ['en', '12,500'],
  ] as const)('groups the thousands of a number in the way of %s', (locale, expected) => {
    expect(translator(locale)('text-too-long', { max: 12_500 })).toContain(expected);
  });

  it('separates decimals by a comma in Kyrgyz', () => {
    expect(translator('ky')('file-too-large', { max: 1.5 })).toContain('1,5 МБ');
  });

  it('keeps the lines of a text that has several', () => {
    expect(translator('ru')('help-words').split('\n')).toHaveLength(10);
    expect(translator('ru')('help-words')).toContain('\n«язык» — ');
  });

  it('throws rather than show a placeholder when a value is missing', () => {
    // @ts-expect-error the compiler demands the number too
    expect(() => translator('ky')('thanks-number', {})).toThrow('text thanks-number in ky');
  });

  it('throws rather than show the key of a text that does not exist', () => {
    const unknown: string = 'no-such-text';
    // @ts-expect-error the compiler knows all keys
    expect(() => translator('ky')(unknown satisfies TextKey)).toThrow('text no-such-text: not in ky');
  });
});

describe('textProblems', () => {
  it('finds none in the texts of the program', () => {
    expect(textProblems(sources())).toEqual([]);
  });

  it('names a key that a language lacks', () => {
    const { ky, ru, en } = sources();
    expect(textProblems({ ky, ru: ru.replace(/^ask-village = .*\n/m, ''), en })).toEqual([
      'ru: ask-village is missing',
    ]);
  });

  it('names a key that only another language has', () => {
    const { ky, ru, en } = sources();
    expect(textProblems({ ky, ru, en: `${en}\nnew-text = New\n` })).toEqual(['en: new-text is not in ky']);
  });

  it('names a text whose variables differ, however deep they stand', () => {
    const ftl = (body: string) => `card = ${body}\n`;
    const ky = ftl('{ $count } { $village }');
    const ru = ftl('{ $count -> \n    [one] { NUMBER($count) } { $village }\n   *[other] { $count } { $village }\n }');
    expect(textProblems({ ky, ru, en: ky })).toEqual([]);
    expect(textProblems({ ky, ru, en: ftl('{ $count } { $place }') })).toEqual([
      'en: card has (count, place), expected (count, village)',
    ]);
  });
});

describe('negotiateLocale', () => {
  it.each([
    ['ky', 'ky'],
    ['ky-KG', 'ky'],
    ['ru', 'ru'],
    ['ru-RU', 'ru'],
    ['en', 'en'],
    ['en_US', 'en'],
    ['kk', 'ky'],
    ['uz', 'ky'],
    ['tg', 'ky'],
    ['de', 'ky'],
    ['', 'ky'],
    ['*', 'ky'],
    ['no such code', 'ky'],
    [null, 'ky'],
  ] as const)('starts with somebody whose app speaks %s in %s', (code, expected) => {
    expect(negotiateLocale(code)).toBe(expected);
  });
});
