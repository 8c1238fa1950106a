import type { Cell } from './report.ts';

/** Counts below this many, but not zero, point to people in a village of a thousand. */
export const SMALLEST_SHOWN = 5;

/** Cells, by their names, that add up to another one. */
export interface Line {
  readonly parts: readonly string[];
  readonly total: string;
}

/**
 * Withholds (null) counts of one to four, and as many more as it takes that none of them can be computed from what is
 * shown: whoever knows that the parts of each line add up to its total finds no withheld number for certain. Zeros
 * are shown: nobody stands behind them.
 */
export function suppress(cells: ReadonlyMap<string, number>, lines: readonly Line[]): ReadonlyMap<string, Cell> {
  const hidden = new Set([...cells].flatMap(([name, count]) => (isSmall(count) ? [name] : [])));
  for (;;) {
    const leak = findLeak(cells, lines, hidden);
    if (leak === null) return new Map([...cells].map(([name, count]) => [name, hidden.has(name) ? null : count]));
    hidden.add(leak);
  }
}

function isSmall(count: number): boolean {
  return count > 0 && count < SMALLEST_SHOWN;
}

/** A cell that has to be withheld as well; null: nothing can be computed. */
function findLeak(
  cells: ReadonlyMap<string, number>,
  lines: readonly Line[],
  hidden: ReadonlySet<string>,
): string | null {
  const count = (name: string) => cells.get(name) ?? 0;
  /** Of the line's cells that are shown and not zero the one with the least in it. */
  const spare = ({ parts, total }: Line) => {
    const shown = [...parts, total].filter((name) => count(name) > 0 && !hidden.has(name));
    return shown.toSorted((a, b) => count(a) - count(b))[0] ?? null;
  };
  for (const line of lines) {
    const withheld = line.parts.filter((name) => hidden.has(name));
    // one and one make two: also the sum of what is withheld must leave room
    const sum = withheld.reduce((total, name) => total + count(name), 0);
    const open = withheld.length === 1 || sum < SMALLEST_SHOWN;
    const more = withheld.length > 0 && open && !hidden.has(line.total) ? spare(line) : null;
    if (more !== null) return more;
  }
  for (const name of determined(lines, hidden)) {
    const through = lines.filter(({ parts, total }) => total === name || parts.includes(name));
    const more = through.map(spare).find((other) => other !== null);
    if (more !== undefined) return more;
  }
  return null;
}

/** Withheld cells that the lines tell exactly: the unknowns that stand alone in a row of the solved equations. */
function determined(lines: readonly Line[], hidden: ReadonlySet<string>): string[] {
  const unknowns = [...hidden];
  const column = new Map(unknowns.map((name, at) => [name, at]));
  const rows = lines.map(({ parts, total }) => {
    const row = unknowns.map(() => 0);
    for (const [name, sign] of [...parts.map((part) => [part, 1] as const), [total, -1] as const]) {
      const at = column.get(name);
      if (at !== undefined) row[at] = (row[at] ?? 0) + sign;
    }
    return row;
  });
  return solved(rows).flatMap((row) => {
    const at = row.flatMap((value, index) => (Math.abs(value) > EPSILON ? [index] : []));
    const only = at.length === 1 ? unknowns[at[0] ?? -1] : undefined;
    return only === undefined ? [] : [only];
  });
}

const EPSILON = 1e-9;

/** Gauss and Jordan: every unknown that leads a row stands in no other one. */
function solved(equations: readonly (readonly number[])[]): number[][] {
  const rows = equations.map((row) => [...row]);
  let done = 0;
  for (let column = 0; column < (rows[0]?.length ?? 0); column += 1) {
    const from = rows.findIndex((row, at) => at >= done && Math.abs(row[column] ?? 0) > EPSILON);
    const pivot = rows[from];
    if (pivot === undefined) continue;
    rows.splice(from, 1);
    rows.splice(done, 0, pivot);
    const lead = pivot[column] ?? 1;
    pivot.forEach((value, at) => {
      pivot[at] = value / lead;
    });
    for (const row of rows) if (row !== pivot) subtract(row, pivot, row[column] ?? 0);
    done += 1;
  }
  return rows;
}

function subtract(row: number[], other: readonly number[], times: number): void {
  if (times === 0) return;
  for (const [at, value] of other.entries()) row[at] = (row[at] ?? 0) - times * value;
}
