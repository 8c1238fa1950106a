/** Lines of a numbered list that are read at one look: with the question and what may be typed, a screen of a small phone. */
const MOST_LINES = 9;

/** Whether so many options come in pages where they are a numbered list. */
export function isLongList(optionCount: number): boolean {
  return optionCount > MOST_LINES;
}
