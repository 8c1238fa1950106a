import { badRequest } from './api-error.ts';

/** Tags that Telegram knows: https://core.telegram.org/bots/api#html-style */
const TAGS = new Set([
  'b', 'strong', 'i', 'em', 'u', 'ins', 's', 'strike', 'del', 'a', 'code', 'pre', 'blockquote', 'tg-spoiler', 'span',
]);
const ENTITIES: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"' };

/** A stretch of the shown text that is bold or the like; `offset` and `length` in UTF-16 units. */
export interface Mark {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
}

/** What people see of a text in HTML. @throws {ApiError} as Telegram refuses broken HTML */
export function parseHtml(html: string): { text: string; marks: Mark[] } {
  const open: { tag: string; offset: number }[] = [];
  const marks: Mark[] = [];
  let text = '';
  for (let at = 0; at < html.length; ) {
    const rest = html.slice(at);
    if (rest.startsWith('<')) {
      const tag = /^<(\/?)([a-z][\w-]*)([^<>]*)>/i.exec(rest);
      if (!tag) throw cannotParse('Unclosed start tag', html, at);
      const name = (tag[2] ?? '').toLowerCase();
      if (!TAGS.has(name)) throw cannotParse(`Unsupported start tag "${name}"`, html, at);
      if (tag[1] === '') open.push({ tag: name, offset: text.length });
      else {
        const opened = open.pop();
        if (opened?.tag !== name) throw cannotParse('Unmatched end tag', html, at);
        marks.push({ type: name, offset: opened.offset, length: text.length - opened.offset });
      }
      at += tag[0].length;
    } else if (rest.startsWith('&')) {
      const entity = /^&(?:lt|gt|amp|quot);/.exec(rest)?.[0];
      // Telegram shows a lone "&" as it is; a renderer that escapes has no business with one.
      if (!entity) throw cannotParse('Unescaped "&"', html, at);
      text += ENTITIES[entity] ?? '';
      at += entity.length;
    } else {
      if (rest.startsWith('>')) throw cannotParse('Unescaped ">"', html, at);
      const plain = /^[^<&>]+/.exec(rest)?.[0] ?? '';
      text += plain;
      at += plain.length;
    }
  }
  const unclosed = open.pop();
  if (unclosed) throw cannotParse(`Can't find end tag corresponding to start tag "${unclosed.tag}"`, html, html.length);
  return { text, marks };
}

function cannotParse(what: string, html: string, at: number): Error {
  return badRequest(`can't parse entities: ${what} at byte offset ${Buffer.byteLength(html.slice(0, at))}`);
}
