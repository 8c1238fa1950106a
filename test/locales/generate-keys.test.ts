import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOCALES, readSource } from '../../src/core/texts.ts';
import { generateKeys, readTexts } from '../../src/locales/generate-keys.ts';

describe('generateKeys', () => {
  it('writes what keys.ts holds (else run `npm run texts`)', () => {
    const written = readFileSync(new URL('../../src/locales/keys.ts', import.meta.url), 'utf8');
    expect(written).toBe(generateKeys(readSource('ky')));
  });

  it('writes each key with its variables', () => {
    const source = generateKeys(
      'hello = Салам\nitem-line = { $number } · { $status }\nlate = { $days ->\n   *[other] { $days }\n }\n',
    );
    expect(source.split('\n').slice(2, -2)).toEqual([
      '  hello: undefined;',
      "  'item-line': { readonly number: string | number; readonly status: string | number };",
      '  late: { readonly days: string | number };',
    ]);
  });
});

describe('readTexts', () => {
  it.each(LOCALES)('understands the whole of %s', (locale) => {
    expect(readTexts(readSource(locale)).size).toBeGreaterThan(200);
  });

  it('keeps one order of the texts in all languages', () => {
    const [ky, ru, en] = (['ky', 'ru', 'en'] as const).map((locale) => [...readTexts(readSource(locale)).keys()]);
    expect(ru).toEqual(ky);
    expect(en).toEqual(ky);
  });

  it('names the line that it cannot read', () => {
    expect(() => readTexts('hello = Салам\nbye = { $name\n')).toThrow('line 2: not a Fluent entry');
  });

  it('names a key that stands twice', () => {
    expect(() => readTexts('hello = Салам\nhello = Саламатсызбы\n')).toThrow('hello: stands twice');
  });
});
