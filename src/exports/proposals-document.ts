import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  TextRun,
  WidthType,
} from 'docx';
import { formatDate } from '../core/dates.ts';
import { FONT, fontTable } from '../core/fonts.ts';
import { type Locale, type Translate, translator } from '../core/texts.ts';
import { answerIn } from '../proposals/answer-texts.ts';
import type { ProposalRow } from '../proposals/list-proposals.ts';
import type { Author } from './authors.ts';
import type { ExportOptions, ExportPage } from './export-options.ts';
import { filterWords } from './filter-words.ts';
import { sectorName, villageName, wordsOf } from './proposal-cells.ts';
import { MOST_IN_DOCUMENT, TooManyForDocumentError } from './request.ts';
import { writeChunk } from './table-sink.ts';
import { legalInXml } from './xml-text.ts';

interface Item {
  readonly row: ProposalRow;
  readonly author: Author | null;
}

/** Writes a list to be printed, by village, then by sector. Returns how many proposals it has. */
export async function writeDocument(options: ExportOptions, pages: AsyncIterable<ExportPage>): Promise<number> {
  const items: Item[] = [];
  for await (const { rows, authors } of pages) {
    items.push(...rows.map((row) => ({ row, author: authors.get(row.id) ?? null })));
    if (items.length > MOST_IN_DOCUMENT) throw new TooManyForDocumentError();
  }
  const document = new Document({
    creator: '',
    styles: STYLES,
    sections: [
      {
        properties: { page: PAGE },
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children: [...beginning(options, items.length), ...villages(options, items)],
      },
    ],
  });
  const overrides = [{ path: 'word/fontTable.xml', data: fontTable() }];
  await writeChunk(options.out, await Packer.toBuffer(document, false, overrides));
  return items.length;
}

const STYLES = {
  default: {
    document: { run: { font: FONT, size: 20 } },
    title: { run: { font: FONT, size: 32, bold: true }, paragraph: { spacing: { after: 120 } } },
    heading1: {
      run: { font: FONT, size: 26, bold: true },
      paragraph: { spacing: { before: 320, after: 80 }, keepNext: true },
    },
    heading2: {
      run: { font: FONT, size: 22, bold: true },
      paragraph: { spacing: { before: 160, after: 80 }, keepNext: true },
    },
  },
} as const;

/** A4 across, in twentieths of a point. The library turns width and height itself. */
const PAGE = {
  size: { width: 11_906, height: 16_838, orientation: PageOrientation.LANDSCAPE },
  margin: { top: 850, bottom: 850, left: 850, right: 850 },
} as const;
/** They fill the page between its margins; no heading, date, number or status is broken, also in a wide font. */
const WIDTHS = [1_750, 1_450, 5_288, 1_800, 1_850, 3_000];

function beginning({ filter, places, locale, madeAt }: ExportOptions, count: number): Paragraph[] {
  const t = translator(locale);
  const municipality = filter.municipalityId === undefined ? undefined : places.municipality(filter.municipalityId);
  const date = formatDate(madeAt, locale, municipality?.timeZone ?? 'UTC', 'long');
  const title = municipality
    ? t('export-doc-title', { municipality: municipality.names[locale] })
    : t('export-sheet-proposals');
  return [
    new Paragraph({ heading: HeadingLevel.TITLE, children: lines(title) }),
    new Paragraph({
      children: lines(t('export-note-filters', { filters: filterWords(filter, places, t, locale) })),
    }),
    new Paragraph({ children: lines(t('export-doc-made', { date, count })) }),
  ];
}

function villages({ places, locale }: ExportOptions, items: readonly Item[]): (Paragraph | Table)[] {
  const t = translator(locale);
  if (items.length === 0) return [new Paragraph({ children: lines(t('export-none')) })];
  const order = places.villages.map(({ id }) => id);
  const byVillage = grouped(items, ({ row }) => row.villageId, order);
  return byVillage.flatMap(([, ofVillage]) => [
    heading(HeadingLevel.HEADING_1, ofVillage[0], (row) => villageName(row, places, locale)),
    ...grouped(
      ofVillage,
      ({ row }) => row.sectorId,
      places.municipalities.flatMap(({ sectors }) => sectors.map(({ id }) => id)),
    ).flatMap(([, ofSector]) => [
      heading(HeadingLevel.HEADING_2, ofSector[0], (row) => sectorName(row, places, locale)),
      table(ofSector, { t, locale, dateOf: (row) => dateOf(row, { places, locale }) }),
    ]),
  ]);
}

function heading(level: 'Heading1' | 'Heading2', item: Item | undefined, name: (row: ProposalRow) => string) {
  return new Paragraph({ heading: level, children: item ? lines(name(item.row)) : [] });
}

function dateOf(row: ProposalRow, { places, locale }: Pick<ExportOptions, 'places' | 'locale'>): string {
  return formatDate(row.submittedAt, locale, places.municipality(row.municipalityId).timeZone, 'dmy');
}

function table(
  items: readonly Item[],
  o: { t: Translate; locale: Locale; dateOf: (row: ProposalRow) => string },
): Table {
  const { t } = o;
  const headings = [
    t('column-number'),
    t('export-doc-date'),
    t('column-text'),
    t('column-supporters'),
    t('column-status'),
    t('column-answer'),
  ];
  const rows = items.map(({ row, author }) => [
    row.number,
    o.dateOf(row),
    author === null ? wordsOf(row, t) : `${wordsOf(row, t)}\n${authorLine(author, t)}`,
    String(row.supporters),
    row.mergedInto === null ? t(`status-${row.status}`) : `${t(`status-${row.status}`)}\n${row.mergedInto}`,
    answerIn(row, o.locale) ?? '',
  ]);
  return new Table({
    layout: TableLayoutType.FIXED,
    width: { size: WIDTHS.reduce((a, b) => a + b, 0), type: WidthType.DXA },
    columnWidths: WIDTHS,
    borders: BORDERS,
    rows: [tableRow(headings, true), ...rows.map((cells) => tableRow(cells, false))],
  });
}

function authorLine({ name, contact }: Author, t: Translate): string {
  return t('export-doc-author', { author: [name, contact].filter(Boolean).join(', ') });
}

const LINE = { style: BorderStyle.SINGLE, size: 4, color: '808080' } as const;
const BORDERS = { top: LINE, bottom: LINE, left: LINE, right: LINE, insideHorizontal: LINE, insideVertical: LINE };

/** Letters of a cell, by its width, that take half a page at most. */
const SHORT = 1 / 6;

/** The headings come again on each page; a row goes over the end of a page only where it is long. */
function tableRow(cells: readonly string[], head: boolean): TableRow {
  return new TableRow({
    tableHeader: head,
    cantSplit: cells.every((text, at) => text.length < (WIDTHS[at] ?? 0) * SHORT),
    children: cells.map(
      (text, at) =>
        new TableCell({
          width: { size: WIDTHS[at] ?? 1_000, type: WidthType.DXA },
          margins: { top: 40, bottom: 40, left: 80, right: 80 },
          ...(head ? { shading: { fill: 'E8EEF4' } } : {}),
          children: [new Paragraph({ children: lines(text, head) })],
        }),
    ),
  });
}

/** Each line of the words stands on a line of its own; none of them is markup. */
function lines(text: string, bold = false): TextRun[] {
  return legalInXml(text)
    .split('\n')
    .map((line, at) => new TextRun({ text: line, ...(bold ? { bold } : {}), ...(at === 0 ? {} : { break: 1 }) }));
}

function pageNumber(): Paragraph {
  return new Paragraph({
    alignment: AlignmentType.RIGHT,
    children: [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })],
  });
}

/** In the order given, what is not in it last; within a group as they came. */
function grouped(items: readonly Item[], keyOf: (item: Item) => string, order: readonly string[]) {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length);
  return [...groups].sort(([a], [b]) => rank(a) - rank(b));
}
