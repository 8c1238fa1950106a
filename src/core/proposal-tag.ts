/** The words that mark a message of a group as a proposal, whatever the language of the rest. */
const WORDS = 'сунуш|предложение|proposal';
/** Marks of bold and italics that platforms leave in the text. */
const MARKS = '[*_~]*';
/** `#сунуш` anywhere, but not as the beginning of a longer word and not within a link. */
const HASHTAG = String.raw`(?<![\p{L}\p{N}_/&?=#＃])${MARKS}[#＃](?:${WORDS})(?![\p{L}\p{M}\p{N}_])${MARKS}`;
/** `Сунуш:` at the very beginning; signs and emoji may stand before it. */
const OPENING = String.raw`^[^\p{L}\p{N}]*(?:${WORDS})${MARKS}[ \t]*(?=[:：])`;
/** Where a platform lets a bot see commands only. */
const COMMAND = String.raw`^\s*\/propose(?:@\w+)?(?![\p{L}\p{M}\p{N}_])`;
/** With the signs that part it from what follows in the line. */
const TAG = new RegExp(`(?:${HASHTAG}|${OPENING}|${COMMAND})[ \\t]*[:：,.!–—-]*`, 'giu');

/**
 * What a message of a group proposes, without the tag that marks it as a proposal; empty where the tag stands alone.
 * Null: it is not tagged, and not meant for us. Talk with the word «сунуш» in it is none.
 */
export function taggedText(text: string): string | null {
  // one tag may hide another behind it: «#сунуш Сунуш: …»
  let rest = text;
  for (;;) {
    const without = rest.replace(TAG, ' ');
    if (without === rest) break;
    rest = without.trim();
  }
  if (rest === text) return null;
  const tidy = rest
    .replace(/\(\s*\)/g, '')
    .replace(/[ \t]{2,}/g, ' ')
    .trim();
  return /[\p{L}\p{N}]/u.test(tidy) ? tidy : '';
}
