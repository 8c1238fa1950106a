import type { PlanLine, PlanView } from './queries.ts';

/** Two Latin words in a row, so that «Wi-Fi», «LED» or «3G» in a sentence are none. */
const LATIN_WORDS = /\p{Script=Latin}{2,}\s+\p{Script=Latin}{2,}/u;

/**
 * Numbers of the lines that hold words in Latin letters, as residents wrote them, for the group to write anew: both
 * languages of a plan's document have Cyrillic ones. Kyrgyz and Russian are not told apart. A plan that is approved
 * cannot be changed any more, so it has none.
 */
export function foreignItems({ status, lines }: PlanView): number[] {
  return status === 'approved' ? [] : lines.filter(isForeign).map(({ position }) => position);
}

function isForeign({ direction, problem, villages, activities, fundings }: PlanLine): boolean {
  const texts = [
    direction,
    problem,
    ...villages.map((village) => village.problem),
    ...activities.flatMap(({ activity, term, responsible }) => [activity, term, responsible]),
    ...fundings.map(({ source }) => source),
  ];
  return texts.some(inLatin);
}

function inLatin(text: string): boolean {
  return LATIN_WORDS.test(text) || (/\p{Script=Latin}/u.test(text) && !/\p{Script=Cyrillic}/u.test(text));
}
