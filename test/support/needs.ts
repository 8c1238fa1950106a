import { readFileSync } from 'node:fs';
import { parseCatalogue } from '../../src/places/catalogue.ts';
import { type SectorWords, suggestSectors } from '../../src/places/suggest-sectors.ts';

export interface Need {
  readonly id: string;
  readonly language: string;
  readonly text: string;
  /** The first one counts. */
  readonly sectors: readonly string[];
}

export interface Measured {
  /** Needs that were tried; the rows without a proposal in them are left out. */
  readonly count: number;
  /** Shares, 0 to 1. */
  readonly first: number;
  readonly withinThree: number;
  readonly microsecondsEach: number;
  /** Needs whose sector did not come first, and what did. */
  readonly missed: readonly { readonly need: Need; readonly suggested: readonly string[] }[];
}

/** Needs as residents put them, from a table in `test/fixtures`. */
export function readNeeds(file = 'needs.tsv'): Need[] {
  return rowsOf(file).map(([id = '', language = '', text = '', sector = '']) => {
    return { id, language, text, sectors: sector.split('+') };
  });
}

/** Two texts of one need in other words, or of different needs in like words. */
export interface Pair {
  readonly verdict: 'same' | 'different';
  readonly one: string;
  readonly other: string;
}

export function readPairs(): Pair[] {
  return rowsOf('similar.tsv').map(([verdict = '', , one = '', other = '']) => {
    if (verdict !== 'same' && verdict !== 'different') throw new Error(`'${verdict}': neither same nor different`);
    return { verdict, one, other };
  });
}

/** Of a table in `test/fixtures`, without its heading. */
function rowsOf(file: string): string[][] {
  const text = readFileSync(new URL(`../fixtures/${file}`, import.meta.url), 'utf8');
  const lines = text.trimEnd().split('\n').slice(1);
  return lines.map((line) => line.split('\t'));
}

/** The Kara-Suu catalogue as the program ships it. */
export function karaSuu() {
  return parseCatalogue(
    JSON.parse(readFileSync(new URL('../../src/places/catalogues/kara-suu.json', import.meta.url), 'utf8')),
  );
}

/** How often the right sector is suggested first, and within the first three. */
export function measureSuggestions(
  needs: readonly Need[],
  sectors: readonly SectorWords[] = karaSuu().sectors,
): Measured {
  const tried = needs.filter((need) => need.sectors[0] !== 'none');
  for (const need of tried.slice(0, 50)) suggestSectors(need.text, sectors); // the keywords are read once, not per text
  let first = 0;
  let withinThree = 0;
  const missed: Measured['missed'][number][] = [];
  const startedAt = performance.now();
  for (const need of tried) {
    const suggested = suggestSectors(need.text, sectors).slice(0, 3);
    const right = need.sectors[0] ?? '';
    if (suggested[0] === right) first += 1;
    else missed.push({ need, suggested });
    if (suggested.includes(right)) withinThree += 1;
  }
  const microsecondsEach = ((performance.now() - startedAt) * 1000) / tried.length;
  return {
    count: tried.length,
    first: first / tried.length,
    withinThree: withinThree / tried.length,
    microsecondsEach,
    missed,
  };
}

const WITHOUT_MARKS: Readonly<Record<string, string>> = { ө: 'о', ү: 'у', ң: 'н' };

/** As people type whose keyboard has no ө, ү and ң. */
export function withoutKyrgyzLetters(text: string): string {
  return text.replace(/[өүң]/gi, (letter) => matchCase(letter, WITHOUT_MARKS[letter.toLowerCase()] ?? letter));
}

const LATIN = {
  plain: 'a b v g d e yo j z i y k l m n n o o p r s t u u f h ts ch sh sch  y  e yu ya',
  marked: 'a b v g d e ë zh z i i k l m n ŋ o ö p r s t u ü f kh c ch sh shch  ı  e iu ia',
} as const;
const CYRILLIC = 'абвгдеёжзийклмнңоөпрстуүфхцчшщъыьэюя';

/** As people type in Latin letters, one of the two common ways. */
export function inLatin(text: string, way: keyof typeof LATIN): string {
  const latin = LATIN[way].split(' ');
  return text.replace(/[а-яёөүң]/gi, (letter) =>
    matchCase(letter, latin[CYRILLIC.indexOf(letter.toLowerCase())] ?? ''),
  );
}

function matchCase(like: string, letter: string): string {
  return like === like.toLowerCase() ? letter : letter.toUpperCase();
}
