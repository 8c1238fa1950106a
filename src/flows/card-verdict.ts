import { foldWords } from '../core/folding.ts';
import { controlWords, wordsOf } from '../core/words.ts';

/**
 * What a message says to «send it?»: yes; or no, and `rest`, what stands behind the no: «Орток» of «жок, Орток». The
 * rest is `apart` where a comma or a stop parts it: «нет, вода» means another sector, «нет воды» is a need.
 */
export type CardVerdict =
  | { readonly says: 'yes' }
  | { readonly says: 'no'; readonly rest: string; readonly apart: boolean };

const YES = foldedSet([...wordsOf('yes'), 'sure']);
const NO = foldedSet([...wordsOf('no'), 'эмес', 'туура эмес', 'неправильно', 'неверно', 'wrong']);
/** «не Мантыш» says what it is not. */
const NOT = foldWords('не').join('');
/** Words around a yes: alone they say nothing. */
const AROUND_YES = foldedSet([
  ...['албетте', 'баары', 'баарысы', 'эле', 'дурус', 'жакшы', 'сураныч', 'рахмат', 'ыракмат', 'эми', 'керек'],
  ...['бер', 'бериңиз', 'бериңиздер', 'кой', 'коюңуз', 'коюңуздар'],
  ...['всё', 'правильно', 'так', 'можно', 'пожалуйста', 'спасибо', 'именно', 'уже', 'его'],
  ...['please', 'send', 'it', 'is', 'all', 'correct', 'right', 'thanks', 'go', 'ahead', 'of', 'course'],
]);
const SEND_STEMS = foldWords('жөнөт жибер отправ шлите катта');
/** Sighs before or behind a no: «ой, нет», «жок, байке». */
const SIGHS = foldedSet([
  'ой',
  'ай',
  'ох',
  'эй',
  'кечиресиз',
  'кечириңиз',
  'извините',
  'простите',
  'sorry',
  'oh',
  'а',
  'но',
]);
const MOST_WORDS = 6;
const REFUSED: CardVerdict = { says: 'no', rest: '', apart: false };

/** How a message answers the card; null where it is neither a yes nor a no. */
export function cardVerdict(text: string): CardVerdict | null {
  const acts = controlWords(text);
  if (acts.has('yes')) return { says: 'yes' };
  if (acts.has('no')) return REFUSED;
  const words = text.split(/\s+/u).filter((word) => foldWords(word).length > 0);
  const folded = words.map((word) => foldWords(word).join(''));
  if (words.length > MOST_WORDS) return null;
  if (folded.some((word) => YES.has(word)) && folded.every((word) => YES.has(word) || isAroundYes(word))) {
    return { says: 'yes' };
  }
  const first = folded.findIndex((word) => !SIGHS.has(word));
  const count = [2, 1].find((many) => first >= 0 && NO.has(folded.slice(first, first + many).join(''))) ?? 0;
  if (folded.slice(first + count).every((word) => NO.has(word) || YES.has(word) || SIGHS.has(word))) {
    return folded.some((word) => NO.has(word)) || count > 0 ? REFUSED : null;
  }
  if (count === 0 || folded[first] === NOT) return null;
  const behind = folded.findIndex((word, at) => at >= first + count && !SIGHS.has(word) && !NO.has(word));
  const apart = words.slice(first, behind).some((word) => /[,.!;:–—-]$/u.test(word));
  return { says: 'no', rest: words.slice(behind).join(' '), apart };
}

function isAroundYes(word: string): boolean {
  return AROUND_YES.has(word) || SEND_STEMS.some((stem) => word.startsWith(stem));
}

function foldedSet(phrases: readonly string[]): ReadonlySet<string> {
  return new Set(phrases.map((phrase) => foldWords(phrase).join('')).filter((key) => key !== ''));
}
