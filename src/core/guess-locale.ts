import type { Locale } from './texts.ts';

/** Words that stand in most Russian sentences and in no Kyrgyz one. */
const RUSSIAN = new Set(
  'не нет на в и с по для у нужен нужна нужно нужны надо очень просим прошу чтобы где это или нам мы все дороги дороге улице света воды школе'.split(
    ' ',
  ),
);
const ENGLISH = new Set('the is are no not in on of for we need there please and to at our'.split(' '));
/** So many of them are no accident. */
const FEWEST = 2;

/** In which language somebody wrote whom nobody has asked yet: a guess, Kyrgyz where little speaks for another one. */
export function guessLocale(text: string): Locale {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  if (words.length === 0) return 'ky';
  if (words.some((word) => /[өүң]/u.test(word))) return 'ky';
  const count = (of: ReadonlySet<string>) => words.filter((word) => of.has(word)).length;
  const [russian, english] = [count(RUSSIAN), count(ENGLISH)];
  if (Math.max(russian, english) < Math.min(FEWEST, words.length / 2)) return 'ky';
  return russian >= english ? 'ru' : 'en';
}
