import type { Writable } from 'node:stream';
import type { Cell, Column, TableSink } from './table-sink.ts';
import { headingXml, type RowLook, rowXml } from './xlsx-cells.ts';
import {
  CONTENT_TYPES,
  PACKAGE_RELATIONS,
  type SheetEntry,
  STYLES,
  sheetBeginning,
  sheetEnding,
  tabTitle,
  workbookRelations,
  workbookXml,
} from './xlsx-parts.ts';
import { createZipWriter, type ZipEntry, type ZipWriter } from './zip-writer.ts';

export interface SheetPlan {
  readonly title: string;
  readonly columns: readonly Column[];
  /** Arrows in the headings, to choose rows by. */
  readonly filter: boolean;
  /** Said at the foot of each printed page of a sheet that has rows whose words do not fit on paper. */
  readonly cutNote?: string;
}

/** A sheet that rows go to; a table longer than a sheet goes on in another one of the same title. */
export interface SheetSink extends TableSink {
  write(rows: readonly (readonly Cell[])[], look?: RowLook): Promise<void>;
}

/** A workbook for spreadsheet programs, sheet after sheet, at the same memory however long it gets. */
export interface XlsxBook {
  /** The next sheet; the one before has ended. */
  sheet(plan: SheetPlan): SheetSink;
  /** Writes what closes the book. The target stays open. */
  end(): Promise<void>;
}

/** https://support.microsoft.com/office/1672b34d-7043-467e-8e27-269d656771c3 */
const MOST_ROWS = 1_048_576;
/** Of one sheet before packing, under the four gigabytes of an entry. Letters: none takes more than three bytes. */
const MOST_LETTERS_A_SHEET = 1_300_000_000;

/** A page of long texts is not to stand in memory as XML too. */
const ROWS_AT_ONCE = 250;

/** `mostRows`: of one sheet, headings included. */
export function createXlsxBook(out: Writable, { mostRows = MOST_ROWS }: { mostRows?: number } = {}): XlsxBook {
  const zip = createZipWriter(out);
  const sheets: SheetEntry[] = [];
  let begun: Promise<void> | null = null;
  const begin = () => {
    begun ??= zip
      .add('[Content_Types].xml', CONTENT_TYPES)
      .then(() => zip.add('_rels/.rels', PACKAGE_RELATIONS))
      .then(() => zip.add('xl/styles.xml', STYLES));
    return begun;
  };
  return {
    sheet: (plan) => new Sheet({ zip, plan, sheets, begin, mostRows }),
    async end() {
      await begin();
      await zip.add('xl/workbook.xml', workbookXml(sheets));
      await zip.add('xl/_rels/workbook.xml.rels', workbookRelations(sheets));
      await zip.end();
    },
  };
}

interface SheetParts {
  readonly zip: ZipWriter;
  readonly plan: SheetPlan;
  readonly sheets: SheetEntry[];
  readonly begin: () => Promise<void>;
  readonly mostRows: number;
}

class Sheet implements SheetSink {
  readonly #parts: SheetParts;
  #entry: ZipEntry | null = null;
  /** How many sheets this table has taken so far. */
  #part = 0;
  #rowCount = 0;
  #letterCount = 0;
  #isCut = false;

  constructor(parts: SheetParts) {
    this.#parts = parts;
  }

  async write(rows: readonly (readonly Cell[])[], look: RowLook = 'plain'): Promise<void> {
    const { mostRows, plan } = this.#parts;
    const { columns } = plan;
    for (let from = 0; from < rows.length; ) {
      if (this.#rowCount >= mostRows || this.#letterCount >= MOST_LETTERS_A_SHEET) await this.end();
      const entry = this.#entry ?? (await this.#begin());
      const some = rows.slice(from, from + Math.min(ROWS_AT_ONCE, mostRows - this.#rowCount));
      const first = this.#rowCount + 1;
      const written = some.map((cells, at) => rowXml(cells, { row: first + at, columns, look }));
      const xml = written.map((row) => row.xml).join('');
      this.#isCut ||= written.some(({ isCut }) => isCut);
      this.#rowCount += some.length;
      this.#letterCount += xml.length;
      from += some.length;
      await entry.write(xml);
    }
  }

  async end(): Promise<void> {
    const entry = this.#entry ?? (await this.#begin());
    this.#entry = null;
    const { sheets, plan } = this.#parts;
    const { columns, filter } = plan;
    const title = tabTitle(plan.title, this.#part);
    const written = { title, columnCount: columns.length, rowCount: this.#rowCount, filter };
    await entry.write(sheetEnding(written, this.#isCut ? plan.cutNote : undefined));
    await entry.end();
    sheets.push(written);
  }

  async #begin(): Promise<ZipEntry> {
    const { zip, plan, sheets, begin } = this.#parts;
    await begin();
    const entry = zip.begin(`xl/worksheets/sheet${sheets.length + 1}.xml`);
    this.#entry = entry;
    this.#part++;
    this.#rowCount = 1;
    this.#letterCount = 0;
    this.#isCut = false;
    await entry.write(sheetBeginning(plan.columns, sheets.length === 0) + headingXml(plan.columns));
    return entry;
  }
}
