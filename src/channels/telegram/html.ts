import { splitText } from '../../core/split-text.ts';
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
  return splitText(shown, limit).map(([from, to]) => slice(runs, from, to).map(renderRun).join(''));
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
