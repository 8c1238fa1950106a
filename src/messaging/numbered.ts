import type { Text, TextPart } from '../core/text.ts';
import { isLongList } from '../dialog/long-list.ts';
import type { OutboundContent, OutboundOption } from './contract.ts';

/** Of a long list so many stand on a page, with what is pinned. */
const PAGE = 8;
/** However many are pinned, so many others stand on a page. */
const FEWEST = 4;

type Line = readonly [number: number, option: OutboundOption];

/**
 * A message with its options as a numbered list below the text, for channels without buttons. The numbers count from
 * one in the order of the options; `hint` (may be empty) is said after the list. A long list comes in pages, with the
 * same numbers on each; `page` beyond the last begins again with the first. Without options: the text alone.
 */
export function numbered(content: Pick<OutboundContent, 'text' | 'options' | 'page' | 'more'>, hint: string): Text {
  const options = content.options ?? [];
  if (options.length === 0) return content.text;
  const lines = options.map((option, index): Line => [index + 1, option]);
  const long = isLongList(options.length);
  const shown = (long ? pageOf(lines, content.page ?? 0) : lines).map(([number, { label }]) => `${number}. ${label}`);
  const more = long && shown.length < lines.length ? (content.more ?? '') : '';
  const below = [more, hint].filter((line) => line !== '').join('\n');
  const list = `\n\n${shown.join('\n')}${below === '' ? '' : `\n\n${below}`}`;
  if (typeof content.text === 'string') return content.text + list;
  const parts: TextPart[] = [...content.text, list];
  return parts;
}

function pageOf(lines: readonly Line[], page: number): readonly Line[] {
  const pinned = lines.filter(([, option]) => option.pinned === true);
  const listed = lines.filter(([, option]) => option.pinned !== true);
  const size = Math.max(FEWEST, PAGE - pinned.length);
  const pageCount = Math.max(1, Math.ceil(listed.length / size));
  const at = (page % pageCount) * size;
  return [...listed.slice(at, at + size), ...pinned];
}
