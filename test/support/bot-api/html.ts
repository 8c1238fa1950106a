import { badRequest } from './api-error.ts';

/** Tags that Telegram knows: https://core.telegram.org/bots/api#html-style */
const TAGS = new Set([
  'b',
  'strong',
  'i',
  'em',
  'u',
  'ins',
  's',
  'strike',
  'del',
  'a',
  'code',
  'pre',
  'blockquote',
  'tg-spoiler',
  'span',
]);
const ENTITIES = new Map([
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&amp;', '&'],
  ['&quot;', '"'],
]);

/** A stretch of the shown text that is bold or the like; `offset` and `length` in UTF-16 units. */
export interface Mark {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
}

/** What people see of a text in HTML. @throws {ApiError} as Telegram refuses broken HTML */
export function parseHtml(html: string): { text: string; marks: Mark[] } {
  return new Parser(html).parse();
}

class Parser {
  readonly #html: string;
  readonly #open: { tag: string; offset: number }[] = [];
  readonly #marks: Mark[] = [];
  #text = '';

  constructor(html: string) {
    this.#html = html;
  }

  parse(): { text: string; marks: Mark[] } {
    for (let at = 0; at < this.#html.length; ) at += this.#step(at);
    const unclosed = this.#open.pop();
    if (unclosed) {
      throw this.#wrong(`Can't find end tag corresponding to start tag "${unclosed.tag}"`, this.#html.length);
    }
    return { text: this.#text, marks: this.#marks };
  }

  /** Takes what begins at `at`; returns its length. */
  #step(at: number): number {
    const rest = this.#html.slice(at);
    if (rest.startsWith('<')) return this.#tag(rest, at);
    // Telegram shows a lone "&" as it is; a renderer that escapes has no business with one.
    const taken = /^(?:[^<&>]+|&(?:lt|gt|amp|quot);)/.exec(rest)?.[0];
    if (taken === undefined) throw this.#wrong(`Unescaped "${rest[0]}"`, at);
    this.#text += ENTITIES.get(taken) ?? taken;
    return taken.length;
  }

  #tag(rest: string, at: number): number {
    const [whole, slash, name = ''] = /^<(\/?)([a-z][\w-]*)[^<>]*>/i.exec(rest) ?? [];
    if (whole === undefined) throw this.#wrong('Unclosed start tag', at);
    const tag = name.toLowerCase();
    if (!TAGS.has(tag)) throw this.#wrong(`Unsupported start tag "${tag}"`, at);
    if (slash === '') {
      this.#open.push({ tag, offset: this.#text.length });
      return whole.length;
    }
    const opened = this.#open.pop();
    if (opened?.tag !== tag) throw this.#wrong('Unmatched end tag', at);
    this.#marks.push({ type: tag, offset: opened.offset, length: this.#text.length - opened.offset });
    return whole.length;
  }

  #wrong(what: string, at: number): Error {
    return badRequest(`can't parse entities: ${what} at byte offset ${Buffer.byteLength(this.#html.slice(0, at))}`);
  }
}
