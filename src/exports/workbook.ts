import type { Writable } from 'node:stream';
import type { Locale, Translate } from '../core/texts.ts';
import type { Places } from '../places/places.ts';
import { suppressParticipation } from '../statistics/public-report.ts';
import type { ParticipationRow } from '../statistics/report.ts';
import type { MunicipalFilter } from './export-options.ts';
import { filterWords } from './filter-words.ts';
import type { Cell, Column } from './table-sink.ts';
import type { Sum, Tally } from './tally.ts';
import { createXlsxBook, type SheetSink, type XlsxBook } from './xlsx-book.ts';

export interface WorkbookOptions {
  readonly out: Writable;
  readonly places: Places;
  readonly locale: Locale;
  readonly t: Translate;
  /** Of the first sheet. */
  readonly columns: readonly Column[];
  readonly filter: MunicipalFilter;
}

/** The workbook of the working group: all proposals first, then what they come to. */
export interface Workbook {
  readonly proposals: SheetSink;
  /** Writes the sums of what went into the first sheet and who took part, and closes the book. */
  end(tally: Tally, participation: readonly ParticipationRow[]): Promise<void>;
}

export function createWorkbook(options: WorkbookOptions): Workbook {
  const { out, columns, t } = options;
  const book = createXlsxBook(out);
  const title = t('export-sheet-proposals');
  const proposals = book.sheet({ title, columns, filter: true, cutNote: t('export-note-cut') });
  return {
    proposals,
    async end(tally, participation) {
      await proposals.end();
      await writeTotals(book, options, tally);
      await writeParticipation(book, options, participation);
      await book.end();
    },
  };
}

/** Sector by village, how many proposals, then how many support them. */
async function writeTotals(book: XlsxBook, options: WorkbookOptions, tally: Tally): Promise<void> {
  const { places, locale, t } = options;
  const sectors = inOrder([...tally.sums.keys()], sectorOrder(places));
  const villages = villagesIn(
    options,
    [...tally.sums.values()].flatMap((sector) => [...sector.keys()]),
  );
  const columns: Column[] = [
    { id: 'sector', heading: t('column-sector'), width: 38 },
    ...villages.map((id) => ({ id, heading: places.village(id)?.names[locale] ?? id, width: 14, counts: true })),
    { id: 'sum', heading: t('export-sum'), width: 12, counts: true },
  ];
  const sheet = book.sheet({ title: t('export-sheet-totals'), columns, filter: false });
  const blocks = [
    { heading: t('export-sheet-proposals'), value: (sum: Sum | undefined) => sum?.proposals ?? 0 },
    { heading: t('column-supporters'), value: (sum: Sum | undefined) => sum?.supporters ?? 0 },
  ];
  for (const { heading, value } of blocks) {
    const counts = sectors.map((sector) => villages.map((id) => value(tally.sums.get(sector)?.get(id))));
    await sheet.write([[heading]], 'bold');
    await sheet.write(
      sectors.map((sector, at) => [nameOfSector(sector, places, locale), ...withSum(counts[at] ?? [])]),
    );
    const sums = villages.map((_, at) => counts.reduce((sum, row) => sum + (row[at] ?? 0), 0));
    await sheet.write([[t('export-sum'), ...withSum(sums)], []], 'bold');
  }
  await writeNotes(sheet, options, 'export-note-needs');
  await sheet.end();
}

/** What stands for a number that is withheld. */
const WITHHELD = '*';

/** Village by village: who wrote, and who came to meetings. Small counts of people are withheld. */
async function writeParticipation(
  book: XlsxBook,
  options: WorkbookOptions,
  rows: readonly ParticipationRow[],
): Promise<void> {
  const { places, locale, t } = options;
  const columns = participationColumns(t);
  const sheet = book.sheet({ title: t('export-sheet-participation'), columns, filter: false });
  for (const row of suppressParticipation(rows)) {
    const { villageId, meetings, meetingWomen } = row;
    const name = villageId === null ? t('export-sum') : (places.village(villageId)?.names[locale] ?? villageId);
    const people = COUNTS.map((count) => row[count] ?? WITHHELD);
    // not counted anywhere is not none, nor is it withheld
    const counted = rows.find((one) => one.villageId === villageId)?.meetingWomen !== null;
    const women = counted ? (meetingWomen ?? WITHHELD) : null;
    const cells: Cell[] = [name, ...people, meetings, row.meetingPeople ?? WITHHELD, women];
    await sheet.write([cells], villageId === null ? 'bold' : 'plain');
  }
  await sheet.write([[]]);
  await writeNotes(sheet, options, 'export-note-received');
  const once = t('export-note-once', { sum: t('export-sum') });
  await sheet.write([[once], [t('export-note-withheld', { mark: WITHHELD })]], 'note');
  await sheet.end();
}

/** What is chosen; where any status is, which of them are counted. */
async function writeNotes(
  sheet: SheetSink,
  { filter, places, t, locale }: WorkbookOptions,
  counted: 'export-note-needs' | 'export-note-received',
): Promise<void> {
  const filters = filterWords(filter, places, t, locale);
  const notes = [t('export-note-filters', { filters }), ...(filter.status === undefined ? [t(counted)] : [])];
  await sheet.write(
    notes.map((note) => [note]),
    'note',
  );
}

const COUNTS = [
  'proposals',
  'authors',
  'supporters',
  'women',
  'men',
  'sexUnsaid',
  'age14',
  'age29',
  'age55',
  'ageUnsaid',
] as const;

function participationColumns(t: Translate): Column[] {
  const headings = [
    t('column-village'),
    t('export-sheet-proposals'),
    t('export-authors'),
    t('column-supporters'),
    t('export-women'),
    t('export-men'),
    t('export-unsaid-sex'),
    t('age-14-28'),
    t('age-29-54'),
    t('age-55'),
    t('export-unsaid-age'),
    t('export-meetings'),
    t('export-meeting-people'),
    t('export-meeting-women'),
  ];
  return headings.map((heading, at) => ({ id: `c${at}`, heading, width: at === 0 ? 20 : 15.5, counts: at > 0 }));
}

function withSum(counts: readonly number[]): number[] {
  return [...counts, counts.reduce((a, b) => a + b, 0)];
}

/** Those of the filter, also where nobody wrote, in the order of the catalogue; then those no longer in use. */
function villagesIn({ places, filter }: WorkbookOptions, found: readonly string[]): string[] {
  const { municipalityId, villageId } = filter;
  const { villages } = places.municipality(municipalityId);
  const offered = villages.filter(({ id }) => villageId === undefined || id === villageId);
  return [...new Set([...offered.map(({ id }) => id), ...found])];
}

function sectorOrder(places: Places): string[] {
  return places.municipalities.flatMap(({ id, sectors }) => sectors.map((sector) => `${id}:${sector.id}`));
}

function nameOfSector(key: string, places: Places, locale: Locale): string {
  const [municipalityId = '', sectorId = ''] = key.split(':');
  return places.sector(Number(municipalityId), sectorId)?.names[locale] ?? sectorId;
}

function inOrder(keys: readonly string[], order: readonly string[]): string[] {
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return keys.toSorted((a, b) => rank(a) - rank(b));
}
