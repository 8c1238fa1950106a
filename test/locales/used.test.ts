import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSource } from '../../src/core/texts.ts';
import { readTexts } from '../../src/locales/generate-keys.ts';

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

function sources(): string {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' });
  const written = files.filter((name) => /\.tsx?$/.test(name) && name !== 'locales/keys.ts');
  return written.map((name) => readFileSync(SRC + name, 'utf8')).join('\n');
}

describe('texts', () => {
  const keys = [...readTexts(readSource('ky')).keys()];
  const source = sources();
  const quoted = new Set([...source.matchAll(/(['"])([a-z][\w-]*)\1/g)].map(([, , word]) => word));
  /** Keys that are put together: t(`status-${…}`). */
  const beginnings = [
    ...new Set([...source.matchAll(/`([a-z][\w-]*-)\$\{[^`]*\}`[,)]/g)].map(([, word = '']) => word)),
  ];

  it('has no text that nobody says', () => {
    const unused = keys.filter((key) => !quoted.has(key) && !beginnings.some((word) => key.startsWith(word)));
    expect(beginnings).toContain('status-');
    expect(unused).toEqual([]);
  });
});
