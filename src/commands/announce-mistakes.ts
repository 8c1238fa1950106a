import type { z } from 'zod';
import { cleanText } from '../core/text.ts';
import { pathText } from '../places/catalogue.ts';

/** Something that is wrong with a file, and where. */
export interface Mistake {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** `ladder[1]: …` */
export function describeMistake({ path, message }: Mistake): string {
  return `${pathText(path)}: ${message}`;
}

/** In the order in which the design's example has them; unknown fields last. */
const FIELDS = ['kind', 'hearing', 'approval', 'text', 'audience', 'ladder', 'at', 'attachments', 'release'];

export function inOrder(mistakes: readonly Mistake[]): Mistake[] {
  const rank = ({ path: [first] }: Mistake) => {
    const at = FIELDS.indexOf(String(first));
    return at === -1 ? FIELDS.length : at;
  };
  return mistakes.toSorted((one, other) => rank(one) - rank(other));
}

/** What stands at a path of a value that JSON gave; undefined where nothing does. */
export function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, step) => {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    return Reflect.get(value, step);
  }, raw);
}

/** In words for whoever wrote the file, with what was found. */
export function toMistakes(issue: z.core.$ZodIssue, raw: unknown): Mistake[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: 'unknown field' }));
  }
  const found = valueAt(raw, path);
  const expected = expectation(issue, found);
  if (found === undefined) return [{ path, message: expected === null ? 'missing' : `missing: ${expected}` }];
  return [{ path, message: expected ?? issue.message }];
}

function expectation(issue: z.core.$ZodIssue, found: unknown): string | null {
  switch (issue.code) {
    case 'invalid_value':
      return `${found === undefined ? '' : `${show(found)}: `}expected one of ${issue.values.join(', ')}`;
    case 'invalid_type':
      return found === undefined ? null : `${show(found)}: expected ${NAMES[issue.expected] ?? issue.expected}`;
    case 'too_big':
      return typeof found === 'string'
        ? `${cleanText(found).length} characters: expected at most ${issue.maximum}`
        : `${Array.isArray(found) ? `${found.length} of them` : show(found)}: expected at most ${issue.maximum}`;
    case 'too_small':
      return typeof found === 'string' ? 'empty: expected words' : 'empty: expected at least one';
    case 'invalid_format':
      return issue.format === 'url'
        ? `${show(found)}: expected a link that begins with http:// or https://`
        : withFound(issue, found);
    default:
      return issue.message;
  }
}

function withFound({ message }: { message: string }, found: unknown): string {
  return found === undefined ? message : `${show(found)}: ${message}`;
}

const NAMES: Readonly<Record<string, string>> = {
  string: 'words in quotes',
  object: 'fields between { and }',
  array: 'a list between [ and ]',
  boolean: 'true or false',
};

const MOST_SHOWN = 40;

function show(value: unknown): string {
  if (typeof value === 'string') return `'${value.length > MOST_SHOWN ? `${value.slice(0, MOST_SHOWN)}…` : value}'`;
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'fields';
  return String(value);
}
