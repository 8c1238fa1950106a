import { INTENT_PARTS, type IntentPart, type IntentTable } from '../hearings/intent-queries.ts';
import type { Cell } from './report.ts';
import { type Line, suppress } from './suppress.ts';

const MEASURES = ['coming', 'away'] as const;
type Measure = (typeof MEASURES)[number];

/**
 * Who comes to a hearing, as it may leave the office: counts under five are withheld, and as many more as it takes that
 * they cannot be computed from the rest.
 */
export function suppressIntents(table: IntentTable): IntentTable<Cell> {
  const cells = new Map<string, number>(MEASURES.map((measure) => [measure, table[measure]]));
  const lines: Line[] = [];
  for (const part of INTENT_PARTS) {
    for (const measure of MEASURES) {
      const names = table.by[part].map((one) => nameOf(part, one.key, measure));
      for (const [at, one] of table.by[part].entries()) cells.set(names[at] ?? '', one[measure]);
      lines.push({ parts: names, total: measure });
    }
  }
  const shown = suppress(cells, lines);
  const cell = (name: string): Cell => shown.get(name) ?? null;
  const partsOf = (part: IntentPart) =>
    table.by[part].map(({ key }) => ({
      key,
      coming: cell(nameOf(part, key, 'coming')),
      away: cell(nameOf(part, key, 'away')),
    }));
  return {
    coming: cell('coming'),
    away: cell('away'),
    by: { villageId: partsOf('villageId'), sex: partsOf('sex'), ageBand: partsOf('ageBand') },
  };
}

function nameOf(part: IntentPart, key: string | null, measure: Measure): string {
  return `${part}/${key ?? ''}/${measure}`;
}
