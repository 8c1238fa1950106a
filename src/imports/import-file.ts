import type { Context } from '../core/context.ts';
import { dayIn } from '../core/days.ts';
import { cleanText } from '../core/text.ts';
import type { Municipality } from '../places/places.ts';
import { type ImportResult, importProposals } from '../proposals/import-proposals.ts';
import { checkRows, type Mistake } from './check-rows.ts';
import { findHeadings, type Headings, IMPORT_COLUMNS } from './columns.ts';
import { ImportFileError, lacksLetters, MAX_ROWS, type SourceRow, type TableSource } from './table-source.ts';

export interface ImportReport {
  /** Proposals in the file that could be read, imported before or not. */
  readonly rows: number;
  /** All that is wrong, in the order of the file; with one mistake nothing is imported. */
  readonly mistakes: readonly Mistake[];
  /** Headings of columns that were not read. */
  readonly ignored: readonly string[];
  /** Null where there are mistakes. */
  readonly result: ImportResult | null;
}

/**
 * Checks a whole table of proposals, and imports all of it or, with any mistake or as a `dryRun`, nothing.
 * @throws {ImportFileError} when it has no headings or too many rows @throws {NoRightError} @throws {MeetingNotFoundError}
 */
export async function importTable(
  ctx: Context,
  table: TableSource,
  o: { municipality: Municipality; meetingId?: number | null; dryRun?: boolean },
): Promise<ImportReport> {
  const { municipality, meetingId = null, dryRun = false } = o;
  const { rows, headings } = findSheet(table);
  refuseDamagedHeadings(headings, table.encoding);
  const count = rows.length - headings.at - 1;
  if (count > MAX_ROWS) {
    throw new ImportFileError(`${count} rows: expected ${MAX_ROWS} at most; bring the rest in another file.`);
  }
  const today = dayIn(ctx.clock.now(), municipality.timeZone);
  const checked = checkRows(rows, headings, { municipality, today, encoding: table.encoding });
  const found = { rows: checked.rows.length, mistakes: checked.mistakes, ignored: headings.unknown };
  if (checked.mistakes.length > 0) return { ...found, result: null };
  if (checked.rows.length === 0) throw new ImportFileError('there is no proposal below the headings.');
  const result = await importProposals(ctx, {
    municipalityId: municipality.id,
    rows: checked.rows,
    meetingId,
    dryRun,
  });
  return { ...found, result };
}

/** A column that is not read because of a lost letter would be missed by nobody before it is too late. */
function refuseDamagedHeadings({ unknown }: Headings, encoding: TableSource['encoding']): void {
  const damaged = unknown.find((heading) => lacksLetters(heading, encoding));
  if (damaged === undefined) return;
  throw new ImportFileError(`the heading '${damaged}' has lost letters: save the file as XLSX, or as CSV in UTF-8.`);
}

/** The first sheet that has our headings. */
function findSheet({ sheets }: TableSource): { rows: readonly SourceRow[]; headings: Headings } {
  for (const rows of sheets) {
    const headings = findHeadings(rows);
    if (headings !== null) return { rows, headings };
  }
  const first = sheets.find((rows) => rows.length > 0)?.[0]?.cells ?? [];
  const seen = first
    .flatMap((cell) => (cell === null ? [] : [`'${cleanText(String(cell)).slice(0, 30)}'`]))
    .slice(0, 8);
  const found = seen.length === 0 ? 'the table is empty' : `its first row is ${seen.join(', ')}`;
  throw new ImportFileError(
    `${found}: expected a row of headings with 'text' and 'village' at least (all: ${IMPORT_COLUMNS.join(', ')}).`,
  );
}
