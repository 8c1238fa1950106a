import { foldWords } from '../core/folding.ts';

/**
 * How keywords are written in a catalogue, separated by commas:
 * `фонарь` the word itself · `мектеп*` any ending · `суу~` Kyrgyz case endings only · `a/b` either ·
 * `таза суу~` one after the other, at most one word between · `көчө* + жарык*` anywhere in the text, in any order.
 * All are compared folded. A stem that ends in к or п also stands for г and б («жарык», «жарыгы»).
 */
export interface Keyword {
  /** All of them must be found; each is a phrase. */
  readonly parts: readonly (readonly Slot[])[];
}

/** One place in a phrase: any of these stems. */
export type Slot = readonly Stem[];

export interface Stem {
  readonly text: string;
  readonly ending: 'none' | 'any' | 'kyrgyz';
}

// Plural, possessive, case, «-кы»; letters as `foldWords` leaves them (ы is и, ү is у, ө is о, ң is н).
const PLURAL = '(?:[лдт][аео]р)?';
const OWNER = '(?:[иу]м|[иу]н|[иу]?(?:биз|буз|низ|нуз)|[иу]н[иу]з|с[иу]|[иу]|м|н)?';
const CASE = '(?:[ндт][иу]н|[гк][аео]|н?а|н[ео]|[ндт][иу]|н?[дт][аео]|н?[дтн][аео]н|н)?';
const KYRGYZ_ENDING = new RegExp(`^${PLURAL}${OWNER}${CASE}(?:[гк][иу])?$`);

/** Whether a folded word is this stem with the endings of a Kyrgyz noun: «-дон», «-ларыбызга», or none. */
export function isInflected(word: string, stem: string): boolean {
  if (!word.startsWith(stem) || word.length > stem.length + 12) return false;
  const ending = word.slice(stem.length);
  // Folding made one letter of the two in «Орток-ко».
  return KYRGYZ_ENDING.test(ending) || (/[кт]$/.test(stem) && KYRGYZ_ENDING.test(stem.slice(-1) + ending));
}

/** Reads a list of keywords, separated by commas; `problems` tells which are none. */
export function parseKeywords(list: string): { keywords: Keyword[]; problems: string[] } {
  const problems: string[] = [];
  const keywords = list.split(',').map((pattern) => ({
    parts: pattern.split('+').map((phrase) =>
      phrase
        .trim()
        .split(/\s+/)
        .map((slot) =>
          slot.split('/').flatMap((alternative) => {
            const stem = /^([\p{L}\p{N}]+)([*~]?)$/u.exec(alternative);
            const folded = foldWords(stem?.[1] ?? '')[0];
            if (stem !== null && folded !== undefined)
              return stems(folded, stem[2] === '*' ? 'any' : stem[2] === '~' ? 'kyrgyz' : 'none');
            problems.push(
              `keyword '${pattern.trim()}': expected words with an optional * or ~, found '${alternative}'`,
            );
            return [];
          }),
        ),
    ),
  }));
  return { keywords, problems };
}

const SOFTENED: Readonly<Record<string, string>> = { к: 'г', п: 'б' };

function stems(text: string, ending: Stem['ending']): Stem[] {
  const softened = SOFTENED[text.slice(-1)];
  if (ending === 'none' || softened === undefined) return [{ text, ending }];
  return [
    { text, ending },
    { text: text.slice(0, -1) + softened, ending },
  ];
}
