import { foldWords } from '../core/folding.ts';

/** A voice message of five minutes, written down; what is longer has said its need by then. */
const MOST_LETTERS = 2_000;

/**
 * The letters that folding leaves, in Latin ones: pg_trgm sees no others in a database whose locale is C, where every
 * Kyrgyz text would be empty.
 */
const LETTERS = new Map(
  [...'абвгдежзиклмнопрстуфхчш'].map((letter, at) => [letter, 'abvgdejziklmnoprstufhcw'.charAt(at)]),
);

/** «12-б» is one number with its letter; «5-үй» is a number and a word. */
const LETTERED = /(\d)\p{Pd}(\p{L})(?!\p{L})/gu;

/** The words of a text in one spelling and in Latin letters, as they stand in `proposals.folded`. */
export function spellWords(text: string): string[] {
  return foldWords(text.replace(LETTERED, '$1$2')).map((word) =>
    [...word].map((letter) => LETTERS.get(letter) ?? letter).join(''),
  );
}

/**
 * The words of a proposal and of its transcript in one spelling, as `proposals.folded` keeps them: at most 2,000
 * characters, cut between words. Empty when there is no word in them; never null, which means *not folded yet*.
 */
export function foldProposal(text: string, transcript: string | null): string {
  const folded = spellWords(transcript === null ? text : `${text}\n${transcript}`).join(' ');
  if (folded.length <= MOST_LETTERS) return folded;
  const end = folded.lastIndexOf(' ', MOST_LETTERS);
  return folded.slice(0, end === -1 ? MOST_LETTERS : end);
}
