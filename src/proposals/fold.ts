import { foldWords } from '../core/folding.ts';

/** A voice message of five minutes, written down; what is longer has said its need by then. */
const MOST_LETTERS = 2_000;

/**
 * The words of a proposal and of its transcript in one spelling, as `proposals.folded` keeps them: at most 2,000
 * characters, cut between words. Empty when there is no word in them; never null, which means *not folded yet*.
 */
export function foldProposal(text: string, transcript: string | null): string {
  const folded = foldWords(transcript === null ? text : `${text}\n${transcript}`).join(' ');
  if (folded.length <= MOST_LETTERS) return folded;
  const end = folded.lastIndexOf(' ', MOST_LETTERS);
  return folded.slice(0, end === -1 ? MOST_LETTERS : end);
}
