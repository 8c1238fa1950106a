import { foldWords } from '../core/folding.ts';
import { type SectorWords, suggestSectors } from './suggest-sectors.ts';

/** More than this is a document, not a message: it stays whole. */
const MOST_NEEDS = 10;
const KEYCAP = '[0-9]\\uFE0F?\\u20E3';
/** `1.`, `1)`, `1️⃣`, `№1` before a word, at the start or behind a space. */
const NUMBER = new RegExp(`(?<=^|[\\s.,;])(?:(${KEYCAP}|№?\\s?[0-9]{1,2}[.)](?![0-9]))\\s*(?=[\\p{L}«"]))`, 'gu');
const BULLET = /^\s*[-–—•*▪✅🔹👉]\uFE0F?\s*(?=\p{L})/u;
const ORDINALS = [
  ['биринчиден', 'экинчиден', 'үчүнчүдөн', 'төртүнчүдөн', 'бешинчиден'],
  ['во-первых', 'во-вторых', 'в-третьих', 'в-четвертых', 'в-пятых'],
  ['firstly', 'secondly', 'thirdly', 'fourthly', 'fifthly'],
];

/**
 * The needs of one message, in its words: a numbered or bulleted list, «биринчиден … экинчиден …», or, where the
 * sectors are given, lines that speak of different sectors. One need is never split, and no word is dropped: what
 * stands before a list goes with its first need. A message with one need comes back whole.
 */
export function splitNeeds(text: string, sectors?: readonly SectorWords[]): string[] {
  const whole = text.trim();
  for (const parts of [byNumbers(whole), byBullets(whole), byOrdinals(whole), byLines(whole, sectors)]) {
    if (parts.length > 1 && parts.length <= MOST_NEEDS && parts.every(isNeedLike)) return parts;
  }
  return [whole];
}

/** Numbers count only where they run 1, 2, 3 …: dates, house numbers and sums do not. */
function byNumbers(text: string): string[] {
  const marks = [...text.matchAll(NUMBER)];
  const cuts: { at: number; end: number }[] = [];
  for (const mark of marks) {
    if (Number(/\d+/.exec(mark[0])?.[0]) === cuts.length + 1)
      cuts.push({ at: mark.index, end: mark.index + mark[0].length });
  }
  return cut(text, cuts);
}

function byBullets(text: string): string[] {
  const cuts: { at: number; end: number }[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const mark = BULLET.exec(line);
    if (mark !== null) cuts.push({ at, end: at + mark[0].length });
    at += line.length + 1;
  }
  return cut(text, cuts);
}

function byOrdinals(text: string): string[] {
  const small = text.toLowerCase();
  for (const words of ORDINALS) {
    const cuts: { at: number; end: number }[] = [];
    for (const word of words) {
      const at = small.indexOf(word, cuts.at(-1)?.end ?? 0);
      if (at < 0 || /\p{L}/u.test(small[at - 1] ?? '')) break;
      cuts.push({
        at,
        end: at + word.length + (/^\s*[,:–-]*\s*/.exec(small.slice(at + word.length))?.[0].length ?? 0),
      });
    }
    if (cuts.length > 1) return cut(text, cuts);
  }
  return [];
}

function byLines(text: string, sectors: readonly SectorWords[] | undefined): string[] {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  if (sectors === undefined || lines.length < 2 || lines.length > MOST_NEEDS) return [];
  const firsts = lines.map((line) => suggestSectors(line, sectors)[0]);
  const distinct = new Set(firsts).size === lines.length && !firsts.includes('other');
  return distinct && lines.every((line) => foldWords(line).length > 1) ? lines : [];
}

function cut(text: string, cuts: readonly { at: number; end: number }[]): string[] {
  const [first] = cuts;
  if (first === undefined || cuts.length < 2) return [];
  const parts = cuts.map(({ end }, index) =>
    text.slice(end, cuts[index + 1]?.at ?? text.length).replace(/[\s,;]+$/, ''),
  );
  const before = text.slice(0, first.at).trim();
  return before === '' ? parts : [`${before} ${parts[0] ?? ''}`, ...parts.slice(1)];
}

function isNeedLike(part: string): boolean {
  return foldWords(part).join('').length >= 2;
}
