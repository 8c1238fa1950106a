import type { Writable } from 'node:stream';
import type { Database } from '../core/context.ts';
import { isoWithOffset } from '../core/dates.ts';
import { type Locale, type Translate, translator } from '../core/texts.ts';
import type { Places } from '../places/places.ts';
import { type ProposalFilter, type ProposalRow, proposalPages } from '../proposals/list-proposals.ts';
import { createCsvSink } from './csv-sink.ts';
import { createJsonSink } from './json-sink.ts';
import type { Cell, Column } from './table-sink.ts';

/** In this order, for good: people and programs rely on it. */
const COLUMNS = [
  'number',
  'submitted_at',
  'channel',
  'village',
  'sector',
  'text',
  'status',
  'supporters',
  'sex',
  'age_band',
  'language',
  'attachments',
  'answer',
  'merged_into',
  'source',
] as const;
type ColumnId = (typeof COLUMNS)[number];

export interface ExportOptions {
  readonly db: Database;
  readonly places: Places;
  readonly filter: ProposalFilter;
  readonly format: 'csv' | 'json';
  /** Of headings, and in CSV of the names of villages, sectors and statuses; JSON has their ids. */
  readonly locale: Locale;
  readonly out: Writable;
  /** Called after each page with the rows written so far. */
  readonly onProgress?: (count: number) => void;
}

/**
 * Writes all proposals that fit to `out`, oldest first, and leaves it open. Reads no faster than `out` takes, so
 * memory stays flat. Returns how many it wrote. Rejects when `out` breaks.
 */
export async function exportProposals(options: ExportOptions): Promise<number> {
  const { db, places, filter, format, locale, out, onProgress } = options;
  const t = translator(locale);
  const columns = headed(t);
  const csv = format === 'csv';
  const sink = csv
    ? createCsvSink(out, columns)
    : createJsonSink(out, [...columns, { id: 'first_text', heading: 'first_text' }]);
  const toCells = (row: ProposalRow) => (csv ? csvCells(row, places, locale, t) : jsonCells(row, places));
  let count = 0;
  // A broken target rejects the write; its event would end the process before anybody could say why.
  const heard = () => {};
  out.on('error', heard);
  try {
    for await (const page of proposalPages(db, filter)) {
      await sink.write(page.map(toCells));
      count += page.length;
      onProgress?.(count);
    }
    await sink.end();
  } finally {
    setImmediate(() => out.off('error', heard)); // the event comes after the rejection
  }
  return count;
}

function headed(t: Translate): Column[] {
  return COLUMNS.map((id) => ({ id, heading: t(`column-${id}`) }));
}

function csvCells(row: ProposalRow, places: Places, locale: Locale, t: Translate): Cell[] {
  const named = {
    ...facts(row, places),
    village: places.village(row.villageId)?.names[locale] ?? row.villageId,
    sector: places.sector(row.municipalityId, row.sectorId)?.names[locale] ?? row.sectorId,
    status: t(`status-${row.status}`),
  };
  return COLUMNS.map((id) => named[id]);
}

function jsonCells(row: ProposalRow, places: Places): Cell[] {
  const plain = facts(row, places);
  return [...COLUMNS.map((id) => plain[id]), row.firstText];
}

function facts(row: ProposalRow, places: Places): Record<ColumnId, Cell> {
  return {
    number: row.number,
    submitted_at: isoWithOffset(row.submittedAt, places.municipality(row.municipalityId).timeZone),
    channel: row.channel,
    village: row.villageId,
    sector: row.sectorId,
    text: row.text,
    status: row.status,
    supporters: 0,
    sex: row.sex,
    age_band: row.ageBand,
    language: row.language,
    attachments: row.attachmentCount,
    answer: row.answer,
    merged_into: row.mergedInto,
    source: row.source,
  };
}
