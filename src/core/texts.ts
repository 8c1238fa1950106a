import { readdirSync, readFileSync } from 'node:fs';
import { FluentBundle, FluentResource } from '@fluent/bundle';
import { negotiateLanguages } from '@fluent/langneg';
import type { TextVariables } from '../locales/keys.ts';

export const LOCALES = ['ky', 'ru', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'ky';

export type TextKey = keyof TextVariables;
/** Nothing for a text without variables, else all of its variables. */
export type TextArgs<K extends TextKey> = [TextVariables[K]] extends [undefined]
  ? []
  : [variables: NonNullable<TextVariables[K]>];
/** A text in one language, by its key. Values are put in as they are, unescaped; numbers in the way of the language. */
export type Translate = <K extends TextKey>(key: K, ...args: TextArgs<K>) => string;

export function isLocale(value: string): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The language to begin with for somebody whose app speaks `languageCode` (BCP 47); Kyrgyz when we have no better. */
export function negotiateLocale(languageCode: string | null): Locale {
  const asked = languageCode === null ? [] : [languageCode.replaceAll('_', '-')];
  const [found] = negotiateLanguages(asked, LOCALES, { strategy: 'lookup', defaultLocale: DEFAULT_LOCALE });
  return found !== undefined && isLocale(found) ? found : DEFAULT_LOCALE;
}

/** What differs between Fluent files that must hold the same keys with the same variables; empty when nothing does. */
export function textProblems(sources: Readonly<Record<Locale, string>>): string[] {
  const model = variablesByKey(sources[DEFAULT_LOCALE]);
  return LOCALES.filter((locale) => locale !== DEFAULT_LOCALE).flatMap((locale) => {
    const own = variablesByKey(sources[locale]);
    const missing = [...model.keys()].filter((key) => !own.has(key)).map((key) => `${locale}: ${key} is missing`);
    const other = [...own].flatMap(([key, variables]) => {
      const expected = model.get(key);
      if (expected === undefined) return [`${locale}: ${key} is not in ${DEFAULT_LOCALE}`];
      return expected === variables ? [] : [`${locale}: ${key} has (${variables}), expected (${expected})`];
    });
    return [...missing, ...other];
  });
}

function variablesByKey(ftl: string): Map<string, string> {
  return new Map(
    new FluentResource(ftl).body.map((message) => {
      const names = new Set<string>();
      // Every reference to a variable passes here, however deep in selectors or functions it stands.
      JSON.stringify(message.value, (_, node) => {
        if (node?.type === 'var') names.add(node.name);
        return node;
      });
      return [message.id, [...names].sort().join(', ')];
    }),
  );
}

/** All texts of a language as Fluent source: the files of its folder, in the order of their names. */
export function readSource(locale: Locale): string {
  const folder = new URL(`../locales/${locale}/`, import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ftl'));
  return files
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
}

function load(): Record<Locale, Translate> {
  const sources = { ky: readSource('ky'), ru: readSource('ru'), en: readSource('en') };
  const problems = textProblems(sources);
  if (problems.length > 0) throw new Error(`texts differ between languages: ${problems.join('; ')}`);
  return { ky: translate('ky', sources.ky), ru: translate('ru', sources.ru), en: translate('en', sources.en) };
}

function translate(locale: Locale, source: string): Translate {
  // Isolating marks would stand in proposal texts, numbers and addresses that people copy.
  const bundle = new FluentBundle(locale, { useIsolating: false });
  bundle.addResource(new FluentResource(source));
  return (key, ...args) => {
    const pattern = bundle.getMessage(key)?.value;
    if (pattern === undefined || pattern === null) throw new Error(`text ${key}: not in ${locale}`);
    const errors: Error[] = [];
    const text = bundle.formatPattern(pattern, args[0] ?? null, errors);
    if (errors[0] !== undefined) throw new Error(`text ${key} in ${locale}`, { cause: errors[0] });
    return text;
  };
}

const translators = load();

/**
 * The texts of a language. The files are read once, when this module is loaded; a language that lacks a key of
 * another then ends the program. The translator throws when a variable is missing, so nobody reads a raw key.
 */
export function translator(locale: Locale): Translate {
  return translators[locale];
}
