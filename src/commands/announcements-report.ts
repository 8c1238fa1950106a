import { extname } from 'node:path';
import { countByPart, REPORT_PARTS, type ReportPart, reportAnnouncement } from '../announcements/report.ts';
import { isoWithOffset } from '../core/dates.ts';
import { AppError } from '../core/errors.ts';
import type { Locale } from '../core/texts.ts';
import type { SendAcks, SendTotals } from '../deliveries/count-deliveries.ts';
import type { DeliveryStatus } from '../deliveries/tables.ts';
import { exportRecipients, type RecipientsFormat } from '../exports/export-recipients.ts';
import { takeRecipients } from '../exports/take-recipients.ts';
import type { Ack } from '../messaging/contract.ts';
import { describeCounts } from './announce-words.ts';
import type { ChosenAnnouncement } from './announcements-choice.ts';
import { toFile } from './to-file.ts';
import { tell } from './with-database.ts';

export interface ReportOptions {
  readonly json?: true;
  readonly out?: string;
  readonly format?: RecipientsFormat;
  readonly names?: true;
  readonly language: Locale;
}

/** Prints what became of an announcement, and writes the table of its recipients where one is asked for. */
export async function report(at: ChosenAnnouncement, o: ReportOptions): Promise<void> {
  if (o.out === undefined && (o.format !== undefined || o.names)) {
    throw new AppError('invalid', '--format and --names are of the table of recipients: give --out FILE.');
  }
  const { world, announcement, municipality, places } = at;
  const { db } = world.ctx;
  const { id } = announcement;
  if (o.out !== undefined) await writeRecipients(at, { ...o, out: o.out });
  const { state, totals, acks, sends } = await reportAnnouncement(db, id);
  const dated = sends.map((send) => ({ ...send, dueAt: isoWithOffset(send.dueAt, municipality.timeZone) }));
  if (o.json) {
    process.stdout.write(`${JSON.stringify({ id, state, totals, acks, sends: dated })}\n`);
    return;
  }
  // of platforms that do not tell how far a message got, zeros would say that it got nowhere
  const told = (of: SendAcks) => (acks.server > 0 ? ACKS.map((ack) => String(of[ack])) : []);
  const rows = dated.map(({ rung, dueAt, state: is, totals: of, acks: got, reasons }) => [
    ...[rung, dueAt, is],
    ...counts(of),
    ...told(got),
    describeCounts(reasons),
  ]);
  const heads = ['send', 'due', 'state', ...COUNTS, ...(acks.server > 0 ? ACKS : []), 'reasons'];
  const tables = [[heads, ...rows, ['all', '', '', ...counts(totals), ...told(acks)]]];
  const name = (part: ReportPart, value: string) =>
    part === 'village' ? (places.village(value)?.names[o.language] ?? value) : value;
  for (const part of REPORT_PARTS) {
    const found = await countByPart(db, id, part);
    if (found.length > 0) tables.push(partTable(part, found, name));
  }
  process.stdout.write(`${tables.map((table) => table.map((cells) => cells.join('\t')).join('\n')).join('\n\n')}\n`);
  const { possiblyDoubled } = totals;
  const doubled = possiblyDoubled === 0 ? '' : `, ${possiblyDoubled} of them possibly twice`;
  const got = acks.server === 0 ? '' : `, ${acks.delivered} delivered and ${acks.read} read on WhatsApp`;
  tell(`Announcement ${id} is ${state}: ${totals.sent} sent${doubled}${got}, ${totals.failed} failed.`);
}

const STATUSES = ['pending', 'sending', 'sent', 'failed', 'skipped', 'canceled'] as const satisfies DeliveryStatus[];
const COUNTS = [...STATUSES, 'possibly doubled'];
const ACKS = ['delivered', 'read'] as const satisfies Ack[];

function counts(totals: SendTotals): string[] {
  return [...STATUSES.map((status) => String(totals[status])), String(totals.possiblyDoubled)];
}

function partTable(
  part: ReportPart,
  rows: Awaited<ReturnType<typeof countByPart>>,
  name: (part: ReportPart, value: string) => string,
): string[][] {
  const values = [...new Set(rows.map((row) => row.part))];
  return [
    [part, ...STATUSES],
    ...values.map((value) => [
      value === null ? '(erased)' : name(part, value),
      ...STATUSES.map((status) => String(rows.find((row) => row.part === value && row.status === status)?.count ?? 0)),
    ]),
  ];
}

async function writeRecipients(at: ChosenAnnouncement, o: ReportOptions & { readonly out: string }): Promise<void> {
  const { world, announcement, municipality, places } = at;
  const { out, names = false, language: locale } = o;
  const format = o.format ?? (extname(out).toLowerCase() === '.xlsx' ? 'xlsx' : 'csv');
  const announcementId = announcement.id;
  await takeRecipients(world.ctx, { announcementId, format, names });
  const { timeZone } = municipality;
  const count = await toFile(out, (target) =>
    exportRecipients({ db: world.ctx.db, announcementId, places, timeZone, format, locale, names, out: target }),
  );
  tell(`${out}: ${count} row(s).`);
}
