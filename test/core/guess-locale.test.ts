import { describe, expect, it } from 'vitest';
import { guessLocale } from '../../src/core/guess-locale.ts';

describe(guessLocale, () => {
  it.each([
    ['көчөдө жарык жок', 'ky'],
    ['Кочодо жарык жок, свет жок', 'ky'],
    ['жол жаман, на', 'ky'],
    ['', 'ky'],
    ['нет света', 'ru'],
    ['Нужен мост через реку, прошу помочь', 'ru'],
    ['there is no light in our street', 'en'],
  ] as const)('takes «%s» for %s', (text, locale) => {
    expect(guessLocale(text)).toBe(locale);
  });
});
