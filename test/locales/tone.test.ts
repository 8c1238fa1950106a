import { describe, expect, it } from 'vitest';
import { LOCALES, type Locale, readSource } from '../../src/core/texts.ts';

const PLACEABLE = /\{ \$\w+ \}/g;
// Names that people know by their Latin letters, and each language's name in itself.
const LATIN_ALLOWED = new Set(['language-en', 'channel-telegram']);
const LATIN_NAMES = /WhatsApp/g;

/** The texts of a language as they stand in the file, their lines joined by a line break. */
function texts(locale: Locale): [key: string, text: string][] {
  const entries = readSource(locale)
    .split(/\n(?=[a-z][\w-]* =)/)
    .slice(1);
  return entries.map((entry) => {
    const [key = '', ...rest] = entry.replace(/\n#[^\n]*/g, '').split(' =');
    return [
      key,
      rest
        .join(' =')
        .replace(/\n {4}/g, '\n')
        .trim(),
    ];
  });
}

function offenders(locale: Locale, offends: (text: string, key: string) => boolean): string[] {
  return texts(locale)
    .filter(([key, text]) => offends(text, key))
    .map(([key, text]) => `${key} = ${text}`);
}

describe.each(LOCALES)('texts in %s', (locale) => {
  it('are all looked at', () => {
    expect(texts(locale).length).toBeGreaterThan(200);
    expect(offenders(locale, (text) => text === '' || /^[#\s]/.test(text))).toEqual([]);
  });

  it('keep buttons short', () => {
    const words = locale === 'ky' ? 3 : 4;
    const long = (text: string) => text.length > 24 || text.split(' ').length > words;
    expect(offenders(locale, (text, key) => key.startsWith('btn-') && long(text))).toEqual([]);
  });

  it('say what they say in three sentences', () => {
    const sentences = (text: string) => text.split(/[.!?…]+(?:\s|$)/).filter((sentence) => sentence.trim() !== '');
    expect(offenders(locale, (text) => sentences(text).length > 3)).toEqual([]);
  });

  it('put no ending straight after a value, but for the word of a year, which is the same after each', () => {
    expect(offenders(locale, (text) => /\}(?!-жыл)-?\p{L}/u.test(text))).toEqual([]);
  });

  it('quote in the way of the language', () => {
    const wrong = locale === 'en' ? /["«»„]/ : /["“”„]/;
    expect(offenders(locale, (text) => wrong.test(text))).toEqual([]);
  });

  it('write three dots as one character and no double spaces', () => {
    expect(offenders(locale, (text) => /\.\.\.| {2}/.test(text))).toEqual([]);
  });

  it('name no command with a slash, which only Telegram has', () => {
    expect(offenders(locale, (text) => /(?<!\})\s?\/[a-z]/.test(text))).toEqual([]);
  });

  it('give every status its own name', () => {
    const statuses = texts(locale).filter(([key]) => key.startsWith('status-'));
    expect(statuses).toHaveLength(8);
    expect(new Set(statuses.map(([, text]) => text)).size).toBe(8);
  });
});

describe.each(['ky', 'ru'] as const)('letters in %s', (locale) => {
  it('are Cyrillic, values apart', () => {
    const latin = (text: string, key: string) =>
      !LATIN_ALLOWED.has(key) && /\p{Script=Latin}/u.test(text.replace(PLACEABLE, '').replace(LATIN_NAMES, ''));
    expect(offenders(locale, latin)).toEqual([]);
  });
});

describe('texts in ky, heard', () => {
  it('use no office words', () => {
    expect(
      offenders('ky', (text) => /кайрылуу|арыз|ийгиликтүү|колдонуучу|урматтуу|тарабынан|жүргүзүл/i.test(text)),
    ).toEqual([]);
  });

  it('never say «сен»', () => {
    const informal = /(?<!\p{L})(сен|сенин|сага|танда|жаз|жибер|бас|күт)(?!\p{L})/iu;
    expect(offenders('ky', (text) => informal.test(text))).toEqual([]);
  });

  it('are not left in English', () => {
    const english = new Map(texts('en'));
    const same = texts('ky').filter(([key, text]) => english.get(key) === text && !key.startsWith('language-'));
    expect(same.map(([key]) => key)).toEqual([
      'my-option',
      'btn-age-14',
      'btn-age-29',
      'channel-telegram',
      'channel-whatsapp',
    ]);
  });
});
