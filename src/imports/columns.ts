import { closeTo, foldKey } from '../core/folding.ts';
import { cleanText } from '../core/text.ts';
import { LOCALES, type Locale, translator } from '../core/texts.ts';
import { ImportFileError, type SourceCell, type SourceRow } from './table-source.ts';

/** What a table of proposals may tell of each; `text` and `village` it must. */
export const IMPORT_COLUMNS = ['text', 'village', 'sector', 'date', 'sex', 'age_band', 'language'] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** The texts that head these columns in our own exports, and so in the template. */
const TEXTS = {
  text: 'column-text',
  village: 'column-village',
  sector: 'column-sector',
  date: 'import-column-date',
  sex: 'column-sex',
  age_band: 'column-age_band',
  language: 'column-language',
} as const;

/** Other words that people write above such columns. */
const SPELLINGS: Readonly<Record<ImportColumn, readonly string[]>> = {
  text: [
    ...['сунуш', 'сунуштар', 'текст', 'маселе', 'көйгөй', 'муктаждык', 'сунуштун мазмуну', 'предложение'],
    ...['предложения', 'текст предложения', 'суть предложения', 'проблема', 'нужда', 'proposal', 'need', 'problem'],
  ],
  village: ['айылы', 'айылдын аты', 'кыштак', 'село', 'сёла', 'аил', 'населённый пункт', 'название села'],
  sector: ['багыт', 'тармак', 'тема', 'направление', 'сектор', 'сфера', 'отрасль', 'topic', 'subject'],
  date: [
    ...['күн', 'датасы', 'дата', 'дата подачи', 'дата поступления', 'число', 'day', 'submitted', 'submitted_at'],
    ...LOCALES.map((locale) => translator(locale)('column-submitted_at')),
  ],
  sex: ['жынысы', 'аял эркек', 'пол', 'gender'],
  age_band: ['жаш', 'жашы', 'жаш курагы', 'курагы', 'возраст', 'лет', 'возрастная группа', 'age', 'age group', 'years'],
  language: ['тил', 'тили', 'язык'],
};

const KEYS: readonly (readonly [ImportColumn, readonly string[]])[] = IMPORT_COLUMNS.map((id) => {
  const headings = LOCALES.map((locale) => headingOf(id, locale));
  return [id, [...new Set([id, ...headings, ...SPELLINGS[id]].map(foldKey))]];
});

/** A title and empty rows may stand above the headings. */
const ROWS_ABOVE = 20;

/** The heading of a column in a language. */
export function headingOf(column: ImportColumn, locale: Locale): string {
  return translator(locale)(TEXTS[column]);
}

export interface Headings {
  /** The row of the headings among `rows`. */
  readonly at: number;
  readonly columns: ReadonlyMap<ImportColumn, number>;
  /** Headings of columns that are not read, as they stand there. */
  readonly unknown: readonly string[];
}

/**
 * Finds the row of the headings: the first that names both the text and the village. Null: there is none.
 * @throws {ImportFileError} when a column stands twice
 */
export function findHeadings(rows: readonly SourceRow[]): Headings | null {
  for (const [at, row] of rows.slice(0, ROWS_ABOVE).entries()) {
    const named = row.cells.map(columnOf);
    if (!named.includes('text') || !named.includes('village')) continue;
    const columns = new Map<ImportColumn, number>();
    for (const [index, column] of named.entries()) {
      if (column === null) continue;
      if (columns.has(column)) {
        throw new ImportFileError(`row ${row.line}: two columns are headed as '${column}': expected one.`);
      }
      columns.set(column, index);
    }
    const unknown = row.cells.flatMap((cell, index) => {
      const heading = cell === null ? '' : cleanText(String(cell));
      return named[index] === null && heading !== '' ? [heading.slice(0, 40)] : [];
    });
    return { at, columns, unknown };
  }
  return null;
}

function columnOf(cell: SourceCell): ImportColumn | null {
  if (typeof cell !== 'string') return null;
  const key = foldKey(cell.slice(0, 100));
  if (key === '') return null;
  const exact = KEYS.find(([, keys]) => keys.includes(key));
  if (exact !== undefined) return exact[0];
  const close = KEYS.filter(([, keys]) => keys.some((known) => known.length >= 5 && closeTo(known, key)));
  return close.length === 1 ? (close[0]?.[0] ?? null) : null;
}
