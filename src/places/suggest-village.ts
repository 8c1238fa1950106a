import { closeTo, foldKey, foldWords, withinDistance } from '../core/folding.ts';
import { isInflected } from './keywords.ts';
import type { Village } from './places.ts';

export type VillageWords = Pick<Village, 'id' | 'names' | 'spellings'> & { readonly ordinaryWord?: boolean };

export interface VillageSuggestion {
  /** The village that the text names, else the resident's own one. */
  readonly villageId: string | null;
  /** All villages, the likeliest first. */
  readonly ranked: string[];
  /** True when the text names this one village and no other. */
  readonly certain: boolean;
}

interface Token {
  readonly raw: string;
  readonly folded: string;
  /** What stands between this word and the next one. */
  readonly gap: string;
  /** First word of the text or of a sentence. */
  readonly opens: boolean;
}

interface Compiled {
  readonly village: VillageWords;
  readonly keys: readonly string[];
  /** Words that the longest of its names has. */
  readonly length: number;
}

/** How surely a place in the text means the village; a weak one never beats the resident's own village. */
type Evidence = 'strong' | 'weak' | 'none';

/** Whoever writes a book names the village at its beginning. */
const MOST_CHARACTERS = 4_000;
const VILLAGE_BEFORE = new Set(foldWords('село селе села селу селом с деревня village айыл'));
const VILLAGE_BEHIND = /^(аил(?!дик|даш)|аул|кишта|село|вилаг|тургун)/; // folded: айыл, айылы, кыштак, село, village, тургун
const RAYON_BEHIND = /^(раион|област|облус|шаар)/;
const RUSSIAN_ENDING = /^(?:[еау]|ом|ем|ск[аиоу][а-я]{0,3})$/;
const RESIDENT_ENDING = /^[лдт][иуо][кг]/;

const compiled = new WeakMap<readonly VillageWords[], readonly Compiled[]>();

/**
 * The village that a text speaks of. Case endings, spellings and Latin letters are seen through; a name that is also
 * an ordinary word («орток маселе», «ак талаа») counts only with a capital, an ending or «айыл» beside it. A text that
 * names several villages leaves the resident's own one, where it has one.
 */
export function suggestVillage(
  text: string,
  villages: readonly VillageWords[],
  defaultVillageId: string | null,
): VillageSuggestion {
  const strong = new Set<string>();
  const weak = new Set<string>();
  const tokens = tokenize(text.slice(0, MOST_CHARACTERS));
  const shouted = text === text.toUpperCase();
  const entries = compile(villages);
  const most = Math.max(...entries.map((entry) => entry.length), 1);
  for (let at = 0; at < tokens.length; at++) {
    const names = joinedNames(tokens, at, most);
    for (const entry of entries) {
      const evidence = findAt(tokens, at, names, entry, shouted);
      if (evidence === 'strong') strong.add(entry.village.id);
      else if (evidence === 'weak') weak.add(entry.village.id);
    }
  }
  const own = villages.some((village) => village.id === defaultVillageId) ? defaultVillageId : null;
  const [named] = strong;
  const villageId = strong.size === 1 && named !== undefined ? named : (own ?? named ?? null);
  const first = villageId === null ? [] : [villageId];
  const ranked = [...new Set([...first, ...strong, ...weak, ...villages.map((village) => village.id)])];
  return { villageId, ranked, certain: strong.size === 1 };
}

/** The village whose name, in any spelling, is the whole message («мантыш», «Kizil dobo айылы», «в Мантыше»); else null. */
export function matchVillage(text: string, villages: readonly VillageWords[]): string | null {
  const words = foldWords(text.slice(0, MOST_CHARACTERS));
  if (words.length === 0 || words.length > 6) return null;
  const bare = words.filter(
    (word) => !VILLAGE_BEFORE.has(word) && !VILLAGE_BEHIND.test(word) && word !== 'в' && word !== 'из',
  );
  const name = foldKey(bare.join(' '));
  const exact = compile(villages).filter(({ keys }) => keys.some((key) => key === name));
  const found =
    exact.length > 0
      ? exact
      : compile(villages).filter((entry) =>
          entry.keys.some((key) => endingOf(name, key) !== null || closeTo(name, key)),
        );
  return found.length === 1 ? (found[0]?.village.id ?? null) : null;
}

/** What one, two, … words from here read as when nothing stands between them. */
function joinedNames(tokens: readonly Token[], at: number, most: number): string[] {
  const names: string[] = [];
  let joined = '';
  for (const token of tokens.slice(at, at + most)) {
    joined += joined.endsWith(token.folded.charAt(0)) ? token.folded.slice(1) : token.folded;
    names.push(joined);
  }
  return names;
}

function findAt(
  tokens: readonly Token[],
  at: number,
  names: readonly string[],
  entry: Compiled,
  shouted: boolean,
): Evidence {
  for (const [index, name] of names.slice(0, entry.length).entries()) {
    for (const key of entry.keys) {
      const ending = endingOf(name, key);
      if (ending !== null) return judge(tokens, at, index + 1, entry.village, ending, shouted);
    }
  }
  return 'none';
}

/** Weighs a name that was found at these words, with this ending. */
function judge(
  tokens: readonly Token[],
  at: number,
  length: number,
  village: VillageWords,
  ending: string,
  shouted: boolean,
): Evidence {
  const behind = tokens[at + length]?.folded ?? '';
  if (RAYON_BEHIND.test(behind)) return 'none';
  if (village.ordinaryWord !== true) return 'strong';
  const inflected = ending !== '' && !RESIDENT_ENDING.test(ending);
  const called = VILLAGE_BEHIND.test(behind) || VILLAGE_BEFORE.has(tokens[at - 1]?.folded ?? '');
  if (inflected || called) return 'strong';
  return isProperName(tokens.slice(at, at + length), tokens.length, shouted) ? 'strong' : 'weak';
}

/** Whether an ordinary word is written, or stands, like a name: «Орток», «ак-талаа», «орток, суу жок». */
function isProperName(named: readonly Token[], wordCount: number, shouted: boolean): boolean {
  const [first] = named;
  if (first === undefined) return false;
  if (named.length === wordCount) return true;
  if (named.length > 1 && named.slice(0, -1).every((token) => /^[-–—]$/.test(token.gap))) return true;
  if (first.opens && /^\s*[,:.;\n—–-]/.test(named.at(-1)?.gap ?? '')) return true;
  if (shouted) return false;
  const capitals = named.filter((token) => /^\p{Lu}/u.test(token.raw)).length;
  return capitals === named.length && (!first.opens || named.length > 1);
}

/** What stands behind the name, folded: '' or a Kyrgyz or Russian ending; null when it is another word. */
function endingOf(name: string, key: string): string | null {
  if (name[0] !== key[0] || name.length < key.length - 1) return null;
  if (name.startsWith(key)) return allowedEnding(name, key);
  if (key.length < 6) return null;
  for (const length of [key.length, key.length - 1, key.length + 1]) {
    const stem = name.slice(0, length);
    if (name.length < length || !withinDistance(stem, key, 1)) continue;
    const ending = allowedEnding(name, stem);
    if (ending !== null) return ending;
  }
  return null;
}

function allowedEnding(name: string, stem: string): string | null {
  const ending = name.slice(stem.length);
  const resident = RESIDENT_ENDING.test(ending) && isInflected(ending, ending.slice(0, 3));
  return isInflected(name, stem) || RUSSIAN_ENDING.test(ending) || resident ? ending : null;
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  const plain = text.normalize('NFKC');
  const words = [...plain.matchAll(/[\p{L}\p{M}\p{N}]+/gu)];
  words.forEach((word, index) => {
    const raw = word[0];
    const start = word.index;
    const gap = plain.slice(start + raw.length, words[index + 1]?.index ?? plain.length);
    const before = plain.slice(0, start).trimEnd();
    tokens.push({
      raw,
      folded: foldKey(raw),
      gap,
      opens: before === '' || /[.!?:\n]\s*$/.test(plain.slice(Math.max(0, start - 3), start)),
    });
  });
  return tokens;
}

function compile(villages: readonly VillageWords[]): readonly Compiled[] {
  const known = compiled.get(villages);
  if (known !== undefined) return known;
  const result = villages.map((village) => {
    const spellings = [village.names.ky, village.names.ru, village.names.en, ...village.spellings];
    return {
      village,
      keys: [...new Set(spellings.map(foldKey))].filter((key) => key !== '').sort((a, b) => b.length - a.length),
      length: Math.max(...spellings.map((spelling) => foldWords(spelling).length)),
    };
  });
  compiled.set(villages, result);
  return result;
}
