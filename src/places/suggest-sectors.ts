import { closeTo, foldKey, foldWords, withinDistance } from '../core/folding.ts';
import { LOCALES, type Locale } from '../core/texts.ts';
import { isInflected, type Keyword, parseKeywords, type Slot } from './keywords.ts';
import type { Sector } from './places.ts';

export type SectorWords = Pick<Sector, 'id' | 'labels' | 'names' | 'keywords'>;

/** A need is told in its first words; whoever writes a book gets a suggestion from its beginning. */
const MOST_CHARACTERS = 4_000;
/** Words that stand beside what is asked for: behind it in Kyrgyz, before it in Russian and English. */
const ASKING = ['керек*, зарыл*, зарб*, жок, жетпе*, жетиш*, кур*, сал*, ач*, тарт*, орно*, коюп*, бергиле*, бериниз*'];
const ASKING_BEFORE = [
  'нужен, нужн*, нет, построить, установить, поставьте, сделайте, откройте, открыть, need*, no, build, install*, construction of',
];
const ASKED_FOR = 0.75;
/** The least score of a keyword that speaks for a sector by itself. */
const CLEAR_SCORE = 4;
/** Shorter stems are too close to other words to be corrected to. */
const LEAST_CORRECTED = 6;

interface Entry {
  readonly sector: number;
  readonly weight: number;
  readonly parts: Keyword['parts'];
}

interface Compiled {
  /** By the stems that a keyword may begin with. */
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  /** The stems that a word may be corrected to, by their first letter. */
  readonly correctable: ReadonlyMap<string, readonly string[]>;
}

interface Match {
  readonly entry: Entry;
  readonly positions: readonly number[];
}

export interface SectorScore {
  readonly id: string;
  readonly score: number;
  /** Positions of the words that spoke for the sector. */
  readonly positions: ReadonlySet<number>;
}

const compiled = new WeakMap<readonly SectorWords[], Compiled>();
const askingBehind = ASKING.flatMap((list) => parseKeywords(list).keywords);
const askingBefore = ASKING_BEFORE.flatMap((list) => parseKeywords(list).keywords);

/**
 * All sectors, the likeliest for this text first; those that nothing speaks for follow in catalogue order, led by
 * `other`. Pure; a suggestion only.
 */
export function suggestSectors(text: string, sectors: readonly SectorWords[]): string[] {
  const words = foldWords(text.slice(0, MOST_CHARACTERS));
  let scores = scoreSectors(words, sectors);
  if ((scores[0]?.score ?? 0) < CLEAR_SCORE) scores = scoreSectors(correctWords(words, sectors), sectors);
  const scored = scores.map((score) => score.id);
  const rest = sectors.map((sector) => sector.id).filter((id) => !scored.includes(id));
  const other = rest.filter((id) => id === 'other');
  return [...scored, ...other, ...rest.filter((id) => id !== 'other')];
}

/**
 * The sector that a whole message names: a label or long name or a part of one, in any language but `locale` first, a
 * close spelling of one, or a keyword of one sector alone («суу», «мост»); else null.
 */
export function matchSector(text: string, sectors: readonly SectorWords[], locale: Locale): string | null {
  const words = foldWords(text.slice(0, MOST_CHARACTERS));
  if (words.length === 0 || words.length > 8) return null;
  const key = foldKey(text);
  const locales = [locale, ...LOCALES.filter((other) => other !== locale)];
  const alike = [(name: string) => foldKey(name) === key, (name: string) => closeTo(name, key)];
  for (const same of alike) {
    for (const language of locales) {
      const named = sectors.filter((sector) => namesOf(sector, language).some(same));
      if (named.length === 1) return named[0]?.id ?? null;
    }
  }
  const [best, second] = scoreSectors(words, sectors);
  const clear =
    best !== undefined && words.length <= 3 && best.positions.size === words.length && best.score >= CLEAR_SCORE;
  return clear && best.score > (second?.score ?? 0) ? best.id : null;
}

/** Label and long name, and what stands between commas and «and» in them: «Клуб», «маданият». */
function namesOf(sector: SectorWords, locale: Locale): string[] {
  return [sector.labels[locale], sector.names[locale]].flatMap((name) => [name, ...name.split(/,| жана | и | and /)]);
}

/** The sectors that something in these folded words speaks for, best first; among equals the one named first. */
export function scoreSectors(words: readonly string[], sectors: readonly SectorWords[]): SectorScore[] {
  const { entries } = compile(sectors);
  const matches: Match[][] = sectors.map(() => []);
  const seen = new Set<Entry>();
  words.forEach((word, position) => {
    for (const prefix of prefixes(word)) {
      for (const entry of entries.get(prefix) ?? []) {
        if (seen.has(entry)) continue;
        const positions = matchKeyword(entry.parts, words, position);
        if (positions === null) continue;
        seen.add(entry);
        matches[entry.sector]?.push({ entry, positions });
      }
    }
  });
  const asked = askedFor(words);
  return matches
    .map((list, index) => scoreSector(sectors[index]?.id ?? '', list, asked))
    .filter((score) => score.score > 0)
    .sort((a, b) => b.score - a.score || Math.min(...a.positions) - Math.min(...b.positions));
}

/** Words covered by a heavier keyword do not count again: «таза суу» is not also «суу». */
function scoreSector(id: string, matches: Match[], asked: ReadonlySet<number>): SectorScore {
  const positions = new Set<number>();
  let score = 0;
  for (const match of matches.sort((a, b) => b.entry.weight - a.entry.weight)) {
    if (match.entry.weight > 0) {
      if (match.positions.every((position) => positions.has(position))) continue;
      for (const position of match.positions) positions.add(position);
      if (match.positions.some((position) => asked.has(position))) score += ASKED_FOR;
    }
    score += match.entry.weight;
  }
  return { id, score, positions };
}

function askedFor(words: readonly string[]): Set<number> {
  const asked = new Set<number>();
  words.forEach((_, position) => {
    if (askingBehind.some((keyword) => matchKeyword(keyword.parts, words, position) !== null)) asked.add(position - 1);
    if (askingBefore.some((keyword) => matchKeyword(keyword.parts, words, position) !== null))
      asked.add(position + 1).add(position + 2);
  });
  return asked;
}

/** Where a keyword that begins at `start` is found, or null. */
function matchKeyword(parts: Keyword['parts'], words: readonly string[], start: number): number[] | null {
  const [first, ...others] = parts;
  const positions = matchPhrase(first ?? [], words, start);
  if (positions === null) return null;
  for (const part of others) {
    let found: number[] | null = null;
    for (let at = 0; at < words.length && found === null; at++) found = matchPhrase(part, words, at);
    if (found === null) return null;
    positions.push(...found);
  }
  return positions;
}

function matchPhrase(phrase: readonly Slot[], words: readonly string[], start: number): number[] | null {
  const positions: number[] = [];
  let at = start;
  for (const [index, slot] of phrase.entries()) {
    if (!matchSlot(slot, words[at])) {
      if (index === 0 || !matchSlot(slot, words[at + 1])) return null;
      at += 1;
    }
    positions.push(at);
    at += 1;
  }
  return positions;
}

function matchSlot(slot: Slot, word: string | undefined): boolean {
  if (word === undefined) return false;
  return slot.some(({ text, ending }) => {
    if (ending === 'none') return word === text;
    return ending === 'any' ? word.startsWith(text) : isInflected(word, text);
  });
}

function prefixes(word: string): string[] {
  return Array.from({ length: word.length }, (_, index) => word.slice(0, index + 1));
}

/** The words with slips of the finger taken out of their stems: a letter missing, one too many, or two swapped. */
function correctWords(words: readonly string[], sectors: readonly SectorWords[]): string[] {
  const { entries, correctable } = compile(sectors);
  return words.map((word) => {
    const begins = prefixes(word).flatMap((prefix) => entries.get(prefix) ?? []);
    const understood = begins.some((entry) => matchSlot(entry.parts[0]?.[0] ?? [], word));
    if (understood || word.length < LEAST_CORRECTED - 1) return word;
    return correctable.get(word.charAt(0))?.find((stem) => isSlip(word, stem)) ?? word;
  });
}

/** A wrong letter is no slip here: too many ordinary words are one letter away from a stem. */
function isSlip(word: string, stem: string): boolean {
  const same = word.slice(0, stem.length);
  if (withinDistance(same, stem, 1) && [...same].sort().join('') === [...stem].sort().join('')) return true;
  return [-1, 1].some((more) => withinDistance(word.slice(0, stem.length + more), stem, 1));
}

function compile(sectors: readonly SectorWords[]): Compiled {
  const known = compiled.get(sectors);
  if (known !== undefined) return known;
  const entries = new Map<string, Entry[]>();
  sectors.forEach((sector, index) => {
    for (const { weight, words } of sector.keywords) {
      for (const { parts } of words.flatMap((list) => parseKeywords(list).keywords)) {
        const entry: Entry = { sector: index, weight, parts };
        for (const { text } of parts[0]?.[0] ?? []) {
          const list = entries.get(text) ?? [];
          if (!list.includes(entry)) list.push(entry);
          entries.set(text, list);
        }
      }
    }
  });
  const correctable = new Map<string, string[]>();
  const long = [...entries.keys()].filter((stem) => stem.length >= LEAST_CORRECTED);
  for (const stem of long.sort((a, b) => b.length - a.length)) {
    correctable.set(stem.charAt(0), [...(correctable.get(stem.charAt(0)) ?? []), stem]);
  }
  const result = { entries, correctable };
  compiled.set(sectors, result);
  return result;
}
