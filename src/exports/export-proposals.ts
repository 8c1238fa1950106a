import { translator } from '../core/texts.ts';
import { type ProposalFilter, proposalPages } from '../proposals/list-proposals.ts';
import { participation } from '../statistics/count-report.ts';
import { listAuthors } from './authors.ts';
import { createCsvSink } from './csv-sink.ts';
import type { ExportOptions, ExportPage } from './export-options.ts';
import { createJsonSink } from './json-sink.ts';
import { proposalCells } from './proposal-cells.ts';
import type { ExportFormat } from './request.ts';
import type { TableSink } from './table-sink.ts';
import { Tally } from './tally.ts';
import { createWorkbook } from './workbook.ts';

/**
 * Writes all proposals that fit to `out`, oldest first, and leaves it open. Reads no faster than `out` takes, so
 * memory stays flat, but for a document, which is made whole and therefore of few. Returns how many it wrote. Rejects
 * when `out` breaks. @throws {TooManyForDocumentError}
 */
export async function exportProposals(options: ExportOptions): Promise<number> {
  const { out } = options;
  // A broken target rejects the write; its event would end the process before anybody could say why.
  const heard = () => {};
  out.on('error', heard);
  try {
    return await WRITERS[options.format](options);
  } finally {
    setImmediate(() => out.off('error', heard)); // the event comes after the rejection
  }
}

const WRITERS: Readonly<Record<ExportFormat, (options: ExportOptions) => Promise<number>>> = {
  csv: (options) => writeTable(options, 'csv', (columns) => createCsvSink(options.out, columns)),
  json: (options) => writeTable(options, 'json', (columns) => createJsonSink(options.out, columns)),
  xlsx: writeWorkbook,
  async docx(options) {
    // the library is large, and most runs of the program make no document
    const { writeDocument } = await import('./proposals-document.ts');
    return writeDocument(options, exportPages(options));
  },
};

async function writeTable(
  options: ExportOptions,
  format: 'csv' | 'json',
  createSink: (columns: Parameters<typeof createCsvSink>[1]) => TableSink,
): Promise<number> {
  const { columns, cells } = proposalCells({ ...options, ...extrasOf(options), format });
  const sink = createSink(columns);
  let count = 0;
  for await (const { rows, authors } of exportPages(options)) {
    await sink.write(rows.map((row) => cells(row, authors.get(row.id) ?? null)));
    count += rows.length;
  }
  await sink.end();
  return count;
}

async function writeWorkbook(options: ExportOptions): Promise<number> {
  const { db, filter, locale } = options;
  const { columns, cells } = proposalCells({ ...options, ...extrasOf(options), format: 'xlsx' });
  const workbook = createWorkbook({ ...options, t: translator(locale), columns });
  const tally = new Tally({ countAll: filter.status === 'merged' || filter.status === 'withdrawn' });
  let count = 0;
  for await (const { rows, authors } of exportPages(options)) {
    await workbook.proposals.write(rows.map((row) => cells(row, authors.get(row.id) ?? null)));
    tally.add(rows);
    count += rows.length;
  }
  await workbook.end(tally, await participation(db, filter));
  return count;
}

async function* exportPages(options: ExportOptions): AsyncGenerator<ExportPage> {
  const { db, filter, names = false, hidden = false, onProgress } = options;
  let count = 0;
  for await (const rows of proposalPages(db, exportedFilter(filter, hidden))) {
    yield { rows, authors: await listAuthors(db, names ? rows.map(({ id }) => id) : []) };
    count += rows.length;
    await onProgress?.(count);
  }
}

/** What is hidden is kept, not shown: it is exported only to whoever asks for it. */
export function exportedFilter<F extends ProposalFilter>(filter: F, hidden: boolean): F {
  return hidden ? filter : { ...filter, shownOnly: true };
}

function extrasOf({ names = false, hidden = false }: ExportOptions) {
  return { names, hidden };
}
