/** Ranges of at most `limit` units that cover the text but for the white space where it was cut. */
export function splitText(text: string, limit: number): [from: number, to: number][] {
  const ranges: [number, number][] = [];
  const end = text.trimEnd().length;
  let from = text.length - text.trimStart().length;
  while (from < end) {
    const to = end - from <= limit ? end : from + cutAt(text.slice(from, from + limit + 1), limit);
    ranges.push([from, from + text.slice(from, to).trimEnd().length]);
    from = to;
    while (from < end && isSpace(text[from])) from += 1;
  }
  return ranges;
}

function isSpace(unit: string | undefined): boolean {
  return unit !== undefined && /\s/.test(unit);
}

// The best place to cut: after a paragraph, a line, a sentence, a word; else between two characters.
const PLACES = [/\n\n/g, /\n/g, /[.!?…](?=\s)/g, /\s/g];

/** Where to cut `window`, which is one unit longer than `limit`; never in the first half but by need. */
function cutAt(window: string, limit: number): number {
  for (const place of PLACES) {
    let best = 0;
    for (const match of window.matchAll(place)) {
      const after = match[0].trim() === '' ? match.index : match.index + match[0].length;
      if (after <= limit) best = after;
    }
    if (best > limit / 2) return best;
  }
  // Not between the two halves of a surrogate pair.
  return /[\uD800-\uDBFF]/.test(window[limit - 1] ?? '') ? limit - 1 : limit;
}
