import type { Text } from '../../core/text.ts';

/** Telegram's limits, in UTF-16 units of what is shown (marks do not count): https://core.telegram.org/bots/api#sendmessage */
const MAX_TEXT = 4096;
export const MAX_CAPTION = 1024;

interface Run {
  readonly text: string;
  readonly bold: boolean;
}

/** The text as HTML of Telegram, in pieces of at most `limit` shown units; none is empty. All of it is escaped. */
export function toHtml(text: Text, limit = MAX_TEXT): string[] {
  const runs = runsOf(text);
  const shown = runs.map((run) => run.text).join('');
  return split(shown, limit).map(([from, to]) => slice(runs, from, to).map(renderRun).join(''));
}

function runsOf(text: Text): Run[] {
  const parts = typeof text === 'string' ? [text] : text;
  return parts.map((part) =>
    typeof part === 'string' ? { text: part, bold: false } : { text: part.bold, bold: true },
  );
}

function renderRun(run: Run): string {
  const escaped = run.text.toWellFormed().replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return run.bold && escaped.trim() !== '' ? `<b>${escaped}</b>` : escaped;
}

function slice(runs: readonly Run[], from: number, to: number): Run[] {
  let start = 0;
  return runs.flatMap((run) => {
    const text = run.text.slice(Math.max(0, from - start), Math.max(0, to - start));
    start += run.text.length;
    return text === '' ? [] : [{ ...run, text }];
  });
}

/** Ranges of at most `limit` units that cover the text but for the white space where it was cut. */
function split(text: string, limit: number): [from: number, to: number][] {
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
