import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));
const FUNCTION = /^(export )?(?:async )?function (\w+)(?:<[^(]*>)?\(\s*([^)]*)/;

interface Found {
  readonly name: string;
  readonly exported: boolean;
  readonly parameters: string;
  readonly body: string;
}

function functionsIn(file: string): Found[] {
  const source = readFileSync(SRC + file, 'utf8');
  return source.split(/\n(?=(?:export )?(?:async )?function )/).flatMap((text) => {
    const [, exported, name, parameters = ''] = FUNCTION.exec(text) ?? [];
    return name === undefined ? [] : [{ name, exported: exported !== undefined, parameters, body: text }];
  });
}

/**
 * The names of all verbs of `src` that ask for a right, themselves or by a function that they call: exported, and
 * given the context of who acts.
 */
export function verbsThatAsk(): string[] {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
  const domain = files.filter((name) => !/^(flows|commands|dialog|core|db|messaging|channels|web)\//.test(name));
  const all = domain.flatMap(functionsIn);
  const asking = new Set(['requireRight']);
  for (let before = 0; before < asking.size; ) {
    before = asking.size;
    const calls = new RegExp(`\\b(?:${[...asking].join('|')})\\(`);
    for (const { name, body } of all) if (calls.test(body.slice(body.indexOf('{')))) asking.add(name);
  }
  const verbs = all.filter(({ name, exported, parameters }) => {
    return exported && asking.has(name) && /^ctx: Context\b/.test(parameters);
  });
  return [...new Set(verbs.map(({ name }) => name))].sort();
}
