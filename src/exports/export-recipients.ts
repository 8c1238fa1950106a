import type { Writable } from 'node:stream';
import { listRecipients, type Recipient } from '../announcements/report.ts';
import { rungName } from '../announcements/title.ts';
import type { Database } from '../core/context.ts';
import { isoWithOffset, spreadsheetDay } from '../core/dates.ts';
import { type Locale, type Translate, translator } from '../core/texts.ts';
import type { Places } from '../places/places.ts';
import { createCsvSink } from './csv-sink.ts';
import type { Cell, Column, TableSink } from './table-sink.ts';
import { createXlsxBook } from './xlsx-book.ts';

export type RecipientsFormat = 'csv' | 'xlsx';

export interface RecipientsOptions {
  readonly db: Database;
  readonly announcementId: number;
  readonly places: Places;
  readonly timeZone: string;
  readonly format: RecipientsFormat;
  /** Of headings, names and states. */
  readonly locale: Locale;
  /** With names and addresses: whoever calls has asked for the right. */
  readonly names: boolean;
  readonly out: Writable;
  /** Called now and then with how many rows there are; a rejection ends it. */
  readonly onProgress?: (done: number) => Promise<void>;
}

const ROWS_AT_ONCE = 500;

/**
 * Writes everybody in the audience of each send of an announcement, a row a delivery, to `out`, and leaves it open.
 * Reads no faster than `out` takes, so memory stays flat. Returns how many rows. Rejects when `out` breaks.
 */
export async function exportRecipients(options: RecipientsOptions): Promise<number> {
  const { db, announcementId, names, out, onProgress } = options;
  // a broken target rejects the write; its event would end the process before anybody could say why
  const heard = () => {};
  out.on('error', heard);
  try {
    const { sink, end } = openTable(options);
    const cells = cellsOf(options);
    let rows: Cell[][] = [];
    let count = 0;
    for await (const recipient of listRecipients(db, announcementId, { names })) {
      rows.push(cells(recipient));
      count += 1;
      if (rows.length < ROWS_AT_ONCE) continue;
      await sink.write(rows);
      rows = [];
      await onProgress?.(count);
    }
    await sink.write(rows);
    await end();
    return count;
  } finally {
    setImmediate(() => out.off('error', heard)); // the event comes after the rejection
  }
}

function openTable(options: RecipientsOptions): { sink: TableSink; end: () => Promise<void> } {
  const columns = columnsOf(options);
  const { format, locale, out } = options;
  if (format === 'csv') {
    const sink = createCsvSink(out, columns);
    return { sink, end: () => sink.end() };
  }
  const book = createXlsxBook(out);
  const sink = book.sheet({ title: translator(locale)('report-sheet-recipients'), columns, filter: true });
  return {
    sink,
    async end() {
      await sink.end();
      await book.end();
    },
  };
}

function columnsOf({ locale, format, names }: RecipientsOptions): Column[] {
  const t = translator(locale);
  const columns: Column[] = [
    { id: 'send', heading: t('report-column-send'), width: 18 },
    { id: 'status', heading: t('column-status'), width: 16 },
    { id: 'reason', heading: t('report-column-reason'), width: 26 },
    { id: 'settled_at', heading: t('report-column-settled_at'), width: 16.5, instant: format === 'xlsx' },
    { id: 'village', heading: t('column-village'), width: 16 },
    { id: 'language', heading: t('column-language'), width: 8 },
    { id: 'channel', heading: t('column-channel'), width: 11 },
    { id: 'possibly_doubled', heading: t('report-column-possibly_doubled'), width: 14 },
    { id: 'ack', heading: t('report-column-ack'), width: 14 },
  ];
  if (!names) return columns;
  const name = { id: 'name', heading: t('report-column-name'), width: 24 };
  return [...columns, name, { id: 'address', heading: t('report-column-address'), width: 24 }];
}

function cellsOf({ locale, format, names, places, timeZone }: RecipientsOptions): (recipient: Recipient) => Cell[] {
  const t = translator(locale);
  const instant = format === 'xlsx' ? spreadsheetDay : isoWithOffset;
  // the same few words stand in every row
  const rungs = new Map<string, string>();
  const rungOf = (rung: string) => {
    const known = rungs.get(rung) ?? rungName(rung, t);
    rungs.set(rung, known);
    return known;
  };
  return (one) => {
    const { villageId, reason, ack, channel } = one;
    const cells: Cell[] = [
      rungOf(one.rung),
      t(`report-status-${one.status}`),
      reason === null ? null : t(`report-reason-${reason}`),
      one.at === null ? null : instant(one.at, timeZone),
      villageId === null ? null : (places.village(villageId)?.names[locale] ?? villageId),
      one.language,
      channel,
      one.possiblyDoubled ? t('report-yes') : null,
      ackName(ack, t),
    ];
    if (names) cells.push(one.name, one.address === null ? null : `${channel}:${one.address}`);
    return cells;
  };
}

function ackName(ack: Recipient['ack'], t: Translate): string | null {
  return ack === null ? null : t(`report-ack-${ack}`);
}
