import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { findJsonError, readJsonFile } from '../../src/commands/announce-json.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonError', () => {
  it.each([
    ['a comma too many', '{\n  "a": 1,\n}', 'line 3, column 1: expected a name in quotes'],
    ['a comma too few', '{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: expected , or }'],
    ['quotes of a text processor', '{ “a”: 1 }', 'line 1, column 3: expected a name in quotes or }'],
    ['a value that is none', '{ "ө": жок }', 'line 1, column 8: expected a value'],
    ['a number that is none', '[01]', 'line 1, column 2: expected a value or ]'],
    ['an end that is missing', '{ "a": [1, 2', 'line 1, column 13: expected , or ]'],
    ['something after the end', '{} {}', 'line 1, column 4: expected the end'],
    ['a path of Windows', '["C:\\plan.pdf"]', 'line 1, column 5: expected a doubled backslash, or a slash'],
    ['words over two lines', '["a\nb"]', 'line 1, column 4: expected quotes that end on their line'],
    ['nothing at all', '', 'line 1, column 1: expected a value'],
  ])('names the place of %s', (_, text, message) => {
    expect(findJsonError(text)).toBe(message);
  });

  it('finds a mistake where Node finds one, and nowhere else', () => {
    const spoiled = fc.tuple(
      fc.jsonValue(),
      fc.nat(),
      fc.constantFrom('', ',', '"', '}', ']', ':', '0', '.', '-', 'e', '\\'),
    );
    fc.assert(
      fc.property(spoiled, ([value, at, sign]) => {
        const text = JSON.stringify(value, null, 1);
        const from = at % (text.length + 1);
        const other = text.slice(0, from) + sign + text.slice(from + (sign === '' ? 1 : 0));
        expect(findJsonError(text)).toBeNull();
        expect(findJsonError(other) === null, other).toBe(isJson(other));
      }),
      { numRuns: 300 },
    );
  });
});

describe('readJsonFile', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunush-announce-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a.json');

  it('reads what Windows writes before the first letter', async () => {
    writeFileSync(path, '\uFEFF{ "kind": "other" }');
    expect(await readJsonFile(path)).toEqual({ kind: 'other' });
  });

  it('says what is wrong with a file that is none, is no JSON, or is in another encoding', async () => {
    await expect(readJsonFile(join(folder, 'b.json'))).rejects.toThrow(/b\.json cannot be read: ENOENT/);
    writeFileSync(path, '{ "kind": }');
    await expect(readJsonFile(path)).rejects.toThrow(/a\.json is not JSON: line 1, column 11: expected a value\.$/);
    writeFileSync(path, '{ "text": "салам" }', 'utf16le');
    await expect(readJsonFile(path)).rejects.toThrow(/is not JSON: /);
    writeFileSync(path, Buffer.from([0x22, 0xf1, 0x22]));
    await expect(readJsonFile(path)).rejects.toThrow(/expected text in UTF-8/);
  });
});
