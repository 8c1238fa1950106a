import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse, type VariableReference, Visitor } from '@fluent/syntax';

const TARGET = new URL('./keys.ts', import.meta.url);

class Variables extends Visitor {
  readonly names = new Set<string>();
  override visitVariableReference(node: VariableReference): void {
    this.names.add(node.id.name);
  }
}

/**
 * The keys of a Fluent file and the variables of each, in the order of the file.
 * @throws {Error} naming the line of whatever Fluent cannot read, and each key that stands twice
 */
export function readTexts(ftl: string): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  for (const entry of parse(ftl, { withSpans: true }).body) {
    if (entry.type === 'Junk') {
      const line = ftl.slice(0, entry.span?.start ?? 0).split('\n').length;
      throw new Error(`line ${line}: not a Fluent entry`);
    }
    if (entry.type !== 'Message') continue;
    if (texts.has(entry.id.name)) throw new Error(`${entry.id.name}: stands twice`);
    const variables = new Variables();
    variables.visit(entry);
    texts.set(entry.id.name, [...variables.names].sort());
  }
  return texts;
}

/** The TypeScript source of `keys.ts` for a Fluent file. */
export function generateKeys(ftl: string): string {
  const lines = [...readTexts(ftl)].map(([key, variables]) => {
    const fields = variables.map((name) => `readonly ${property(name)}: string | number`);
    return `  ${property(key)}: ${fields.length === 0 ? 'undefined' : `{ ${fields.join('; ')} }`};`;
  });
  return [
    '/** The variables of each text. Written from the files in ky/ by `npm run texts`, never by hand. */',
    'export interface TextVariables {',
    ...lines,
    '}',
    '',
  ].join('\n');
}

/** Read without `core/texts.ts`, which refuses to load while the languages differ. */
function readKyrgyz(): string {
  const folder = new URL('./ky/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ftl'));
  return files
    .sort()
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
}

function property(name: string): string {
  return /^[a-z]\w*$/i.test(name) ? name : `'${name}'`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(TARGET, generateKeys(readKyrgyz()));
}
