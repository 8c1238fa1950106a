import { readFile } from 'node:fs/promises';
import { AppError, toError } from '../core/errors.ts';

/** The file cannot be announced; the message names everything that is wrong with it, a line each. */
export class AnnouncementFileError extends AppError {
  override name = 'AnnouncementFileError';
  constructor(message: string, options?: ErrorOptions) {
    super('file', message, options);
  }
}

/** What JSON says in a file, of whatever shape. @throws {AnnouncementFileError} with line and column where it is none */
export async function readJsonFile(path: string): Promise<unknown> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new AnnouncementFileError(`${path} cannot be read: ${toError(cause).message}`, { cause });
  });
  let text: string;
  try {
    // a byte order mark, as Windows writes it, is left out
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AnnouncementFileError(`${path} is not JSON: expected text in UTF-8.`, { cause });
  }
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = findJsonError(text) ?? toError(cause).message;
    throw new AnnouncementFileError(`${path} is not JSON: ${why}.`, { cause });
  }
}

type Expected =
  | 'a value'
  | 'a value or ]'
  | 'a name in quotes'
  | 'a name in quotes or }'
  | ':'
  | ', or }'
  | ', or ]'
  | 'the end';
type Token = 'text' | 'scalar' | '{' | '}' | '[' | ']' | ':' | ',';

const VALUE = { text: 'end of value', scalar: 'end of value', '{': 'open', '[': 'open' } as const;
/** What follows each token where one of them is expected; a token that is not named may not stand there. */
const NEXT: Readonly<Record<Expected, Readonly<Partial<Record<Token, Expected | 'end of value' | 'open' | 'close'>>>>> =
  {
    'a value': VALUE,
    'a value or ]': { ...VALUE, ']': 'close' },
    'a name in quotes': { text: ':' },
    'a name in quotes or }': { text: ':', '}': 'close' },
    ':': { ':': 'a value' },
    ', or }': { ',': 'a name in quotes', '}': 'close' },
    ', or ]': { ',': 'a value', ']': 'close' },
    'the end': {},
  };

const TOKENS: readonly (readonly [Token, RegExp])[] = [
  ['text', /"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy],
  ['scalar', /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|(?:true|false|null)(?!\w)/y],
  ...(['{', '}', '[', ']', ':', ','] as const).map((sign) => [sign, new RegExp(`\\${sign}`, 'y')] as const),
];

/** Where a text stops being JSON, and what should stand there: Node names no place for many mistakes. Null: it is JSON. */
export function findJsonError(text: string): string | null {
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'a value';
  for (let at = 0; ; ) {
    at += matched(/[ \t\n\r]*/y, text, at)?.length ?? 0;
    const token = tokenAt(text, at);
    if (token === null && at === text.length && expected === 'the end') return null;
    const next = token === null ? undefined : NEXT[expected][token.kind];
    if (token === null && text[at] === '"') return textError(text, at);
    if (token === null || next === undefined) return `${placeOf(text, at)}: expected ${expected}`;
    expected = step(next, token.kind, open);
    at += token.length;
  }
}

function tokenAt(text: string, at: number): { kind: Token; length: number } | null {
  for (const [kind, pattern] of TOKENS) {
    const length = matched(pattern, text, at)?.length;
    if (length !== undefined) return { kind, length };
  }
  return null;
}

function matched(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function step(next: Expected | 'end of value' | 'open' | 'close', kind: Token, open: ('{' | '[')[]): Expected {
  if (next === 'open') {
    open.push(kind === '{' ? '{' : '[');
    return kind === '{' ? 'a name in quotes or }' : 'a value or ]';
  }
  if (next === 'close') open.pop();
  else if (next !== 'end of value') return next;
  const around = open.at(-1);
  if (around === undefined) return 'the end';
  return around === '{' ? ', or }' : ', or ]';
}

/** Of words that begin at a quote and do not end as they should: a path of Windows, a line break, no quote at all. */
function textError(text: string, from: number): string {
  const at = from + (matched(/"(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/uy, text, from)?.length ?? 0);
  const what = text[at] === '\\' ? 'a doubled backslash, or a slash' : 'quotes that end on their line';
  return `${placeOf(text, at)}: expected ${what}`;
}

/** Counted from 1, as an editor shows it. */
function placeOf(text: string, at: number): string {
  const before = text.slice(0, at).split('\n');
  return `line ${before.length}, column ${[...(before.at(-1) ?? '')].length + 1}`;
}
