import type { Text } from '../../core/text.ts';

/** Breaks a mark without showing: WhatsApp has no way to write one literally. */
const BREAK = '\u200B';

/**
 * The text with WhatsApp's marks: `*bold*`. What a person wrote stays as it is: a mark at the beginning of a word would
 * else turn it bold, and one at the beginning of a line into a list or a quotation.
 */
export function toMarkup(text: Text): string {
  const parts = typeof text === 'string' ? [text] : text;
  return parts
    .map((part) => (typeof part === 'string' ? literal(part) : boldLines(part.bold)))
    .join('')
    .trim();
}

function literal(text: string): string {
  return text
    .toWellFormed()
    .replace(/(?<![\p{L}\p{N}])([*_~`])(?=\S)/gu, `$1${BREAK}`)
    .replace(/^([*>-])(?= )/gm, `$1${BREAK}`);
}

/** A mark reaches to the end of its line at most, and not over white space at its ends. */
function boldLines(text: string): string {
  return literal(text).replace(/\S(?:.*\S)?/g, (line) => `*${line}*`);
}
