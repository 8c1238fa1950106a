import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Line, suppress } from '../../src/statistics/suppress.ts';

const table = (cells: Record<string, number>, ...lines: Line[]) =>
  Object.fromEntries(suppress(new Map(Object.entries(cells)), lines));

describe('suppress', () => {
  it('withholds one to four, and shows zeros and five', () => {
    expect(table({ a: 0, b: 1, c: 4, d: 5, e: 100 })).toEqual({ a: 0, b: null, c: null, d: 5, e: 100 });
  });

  it('withholds a second part where the total would give the first away: the least of them', () => {
    const line = { total: 'all', parts: ['women', 'men', 'unsaid'] };
    expect(table({ women: 3, men: 20, unsaid: 9, all: 32 }, line)).toEqual({
      women: null,
      men: 20,
      unsaid: null,
      all: 32,
    });
  });

  it('withholds the total where there is no other part', () => {
    const line = { total: 'all', parts: ['women', 'men'] };
    expect(table({ women: 3, men: 0, all: 3 }, line)).toEqual({ women: null, men: 0, all: null });
  });

  it('withholds one more where two that are withheld make less than five together', () => {
    const line = { total: 'all', parts: ['a', 'b', 'c', 'd'] };
    expect(table({ a: 1, b: 1, c: 8, d: 9, all: 19 }, line)).toEqual({ a: null, b: null, c: null, d: 9, all: 19 });
  });

  it('withholds crosswise, so that rows and columns do not tell it either', () => {
    const cells = { aw: 3, am: 9, a: 12, bw: 20, bm: 30, b: 50, cw: 8, cm: 40, c: 48, w: 31, m: 79, all: 110 };
    const rows = ['a', 'b', 'c'].map((village) => ({ total: village, parts: [`${village}w`, `${village}m`] }));
    const columns = ['w', 'm'].map((sex) => ({ total: sex, parts: [`a${sex}`, `b${sex}`, `c${sex}`] }));
    const shown = table(cells, ...rows, ...columns, { total: 'all', parts: ['a', 'b', 'c'] });
    expect(shown).toMatchObject({ aw: null, am: null, a: 12, w: 31, m: 79, all: 110, cw: null, cm: null });
  });

  it('lets nobody compute a number under five, whatever the table', () => {
    const tables = fc.array(fc.array(fc.nat({ max: 12 }), { minLength: 3, maxLength: 3 }), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(tables, (rows) => {
        const { cells, lines } = withTotals(rows);
        const shown = suppress(cells, lines);
        for (const [name, count] of cells) {
          expect(shown.get(name) === null || shown.get(name) === count).toBe(true);
          if (count > 0 && count < 5) expect(shown.get(name)).toBeNull();
        }
        const small = [...cells].filter(([, count]) => count > 0 && count < 5);
        for (const [name] of small) expect(isKnown(name, shown, lines)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });
});

function withTotals(rows: readonly (readonly number[])[]): { cells: Map<string, number>; lines: Line[] } {
  const cells = new Map<string, number>();
  const lines: Line[] = [];
  const width = rows[0]?.length ?? 0;
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  rows.forEach((row, at) => {
    row.forEach((count, column) => void cells.set(`${at}.${column}`, count));
    cells.set(`${at}`, sum(row));
    lines.push({ total: `${at}`, parts: row.map((_, column) => `${at}.${column}`) });
  });
  for (let column = 0; column < width; column += 1) {
    cells.set(`.${column}`, sum(rows.map((row) => row[column] ?? 0)));
    lines.push({ total: `.${column}`, parts: rows.map((_, at) => `${at}.${column}`) });
  }
  cells.set('all', sum(rows.map(sum)));
  lines.push({ total: 'all', parts: rows.map((_, at) => `${at}`) });
  return { cells, lines };
}

/** Whether repeated subtraction tells the cell: a line of which all others are known. */
function isKnown(name: string, shown: ReadonlyMap<string, number | null>, lines: readonly Line[]): boolean {
  const known = new Set([...shown].flatMap(([cell, count]) => (count === null ? [] : [cell])));
  for (let grown = true; grown; ) {
    grown = false;
    for (const { total, parts } of lines) {
      const unknown = [total, ...parts].filter((cell) => !known.has(cell));
      if (unknown.length !== 1 || unknown[0] === undefined) continue;
      known.add(unknown[0]);
      grown = true;
    }
  }
  return known.has(name);
}
