import PizZip from 'pizzip';
import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../src/core/texts.ts';
import { checkRows } from '../../src/imports/check-rows.ts';
import { findHeadings, IMPORT_COLUMNS } from '../../src/imports/columns.ts';
import { readTable } from '../../src/imports/read-table.ts';
import type { SourceRow } from '../../src/imports/table-source.ts';
import { csvTemplate, xlsxTemplate } from '../../src/imports/template.ts';
import { karaSuu } from '../support/kara-suu.ts';

const municipality = karaSuu();

async function sheets(bytes: Buffer): Promise<readonly (readonly SourceRow[])[]> {
  return (await readTable(bytes)).sheets;
}

describe.each(LOCALES)('xlsxTemplate in %s', (locale) => {
  it('holds headings that the import knows, and nothing to import', async () => {
    const [table = [], lists = []] = await sheets(xlsxTemplate(municipality, locale));
    expect(table).toHaveLength(1);
    expect([...(findHeadings(table)?.columns.keys() ?? [])]).toEqual(IMPORT_COLUMNS);
    expect(findHeadings(lists)).toBe(null);
  });

  it('offers lists whose every value the import takes', async () => {
    const [table = [], lists = []] = await sheets(xlsxTemplate(municipality, locale));
    const headings = findHeadings(table);
    if (headings === null) throw new Error('no headings');
    const [village] = municipality.villages.map(({ names }) => names[locale]);
    const chosen = lists.slice(1).map(({ line, cells }) => {
      const [, of = village ?? null, ...rest] = cells.map((cell) => cell ?? undefined);
      return { line, cells: ['Суу керек', of, ...rest.map((cell) => cell ?? null)] };
    });
    const o = { municipality, today: '2026-11-22', encoding: 'utf-8' } as const;
    const { rows, mistakes } = checkRows([...table, ...chosen], headings, o);
    expect(mistakes).toEqual([]);
    const taken = (what: (row: (typeof rows)[number]) => string | null) => new Set(rows.map(what)).size;
    expect(taken((row) => row.sectorId)).toBe(municipality.sectors.length);
    expect(taken((row) => row.villageId)).toBe(municipality.villages.length);
    expect(rows.map((row) => row.sex).slice(0, 2)).toEqual(['woman', 'man']);
    expect(rows.map((row) => row.ageBand).slice(0, 3)).toEqual(['14-28', '29-54', '55+']);
    expect(rows.map((row) => row.language).slice(0, 3)).toEqual([...LOCALES]);
  });
});

describe('xlsxTemplate', () => {
  const part = (path: string) => new PizZip(xlsxTemplate(municipality, 'ky')).file(path)?.asText() ?? '';

  it('names the font of every cell, so that no program takes one without the Kyrgyz letters', () => {
    const looks = /<cellXfs.*<\/cellXfs>/s.exec(part('xl/styles.xml'))?.[0].match(/<xf\b[^>]*>/g) ?? [];
    expect(looks).toHaveLength(4);
    expect(looks.filter((look) => !look.includes(' fontId="'))).toEqual([]);
  });

  it('prints with lines, and its headings on each page', () => {
    expect(part('xl/worksheets/sheet1.xml')).toContain('<printOptions gridLines="1"/>');
    expect(part('xl/workbook.xml')).toContain(`localSheetId="0">'Сунуштар'!$1:$1<`);
  });
});

describe('csvTemplate', () => {
  it.each(LOCALES)('holds the same headings in %s', async (locale) => {
    const [rows = []] = await sheets(csvTemplate(locale));
    expect([...(findHeadings(rows)?.columns.keys() ?? [])]).toEqual(IMPORT_COLUMNS);
  });
});
