import type { OpenAnnouncement } from '../../announcements/open-announcement.ts';
import type { Announcement } from '../../announcements/queries.ts';
import {
  countByPart,
  REPORT_PARTS,
  type ReportPart,
  type RungReport,
  reportAnnouncement,
} from '../../announcements/report.ts';
import { rungName, titleOf } from '../../announcements/title.ts';
import type { Context } from '../../core/context.ts';
import { bold, type Text } from '../../core/text.ts';
import { isLocale } from '../../core/texts.ts';
import type { SendTotals } from '../../deliveries/count-deliveries.ts';
import type { DeliveryStatus } from '../../deliveries/tables.ts';
import { ExportBusyError } from '../../exports/note-export-job.ts';
import { startRecipients } from '../../exports/start-recipients.ts';
import { CHANNEL_NAMES } from '../../messaging/contract.ts';
import { whenAndWhere } from './announce-card.ts';
import { act, type Desk, look } from './announce-desk.ts';
import { counted, entriesOf, momentText, type Telling } from './announce-words.ts';

/** An announcement that was released, or that is over. */
export interface ShownWatch {
  readonly id: number;
  readonly state: Announcement['state'];
  readonly hearingId: number | null;
  /** Whether anything was sent that could be counted. */
  readonly counted: boolean;
  readonly text: Text;
}

export async function readWatch(
  ctx: Context,
  desk: Desk,
  { announcement, hearing, now }: OpenAnnouncement,
): Promise<ShownWatch> {
  const { t, locale, municipality } = desk;
  const { id, state, pausedBecause } = announcement;
  const telling: Telling = { t, locale, timeZone: municipality.timeZone, now };
  const { totals, acks, sends } = await reportAnnouncement(ctx.tx ?? ctx.db, id);
  const title = titleOf(announcement, hearing, locale);
  const begun = sends.filter((send) => addresses(send.totals) > 0);
  const lines = [
    t('announce-state', {
      state: t(pausedBecause === 'errors' ? 'announce-paused-errors' : `announce-state-${state}`),
    }),
    ...(hearing === null ? [] : whenAndWhere(desk, hearing, telling)),
    ...(hearing?.state === 'canceled' ? [t('announce-hearing-canceled')] : []),
    ...(begun.length > 1 ? ['', ...totalLines({ totals, acks }, t)] : []),
    ...sends.flatMap((send) => ['', ...sendLines(send, telling)]),
  ];
  return {
    ...{ id, state },
    counted: begun.length > 0,
    hearingId: announcement.hearingId,
    text: [bold(title), `\n${lines.join('\n')}`],
  };
}

function addresses({ pending, sending, sent, failed, skipped, canceled }: SendTotals): number {
  return pending + sending + sent + failed + skipped + canceled;
}

/** Totals in words; only what is above zero, but what was sent always. */
function totalLines({ totals, acks }: Pick<RungReport, 'totals' | 'acks'>, t: Desk['t']): string[] {
  const statuses = ['sent', 'sending', 'pending', 'failed', 'skipped', 'canceled'] as const;
  const parts = statuses.flatMap((status) =>
    totals[status] > 0 || status === 'sent' ? [counted(t(`report-status-${status}`), totals[status])] : [],
  );
  const { possiblyDoubled } = totals;
  return [
    t('announce-total', { count: addresses(totals), parts: parts.join(' · ') }),
    ...(acks.server > 0 ? [t('announce-acks', { delivered: acks.delivered, read: acks.read })] : []),
    ...(possiblyDoubled > 0 ? [t('announce-doubled', { count: possiblyDoubled })] : []),
  ];
}

function sendLines({ rung, dueAt, state, totals, acks, reasons }: RungReport, telling: Telling): string[] {
  const { t } = telling;
  const named = `${rungName(rung, t)} · ${momentText(dueAt, telling)} · ${t(`announce-send-${state}`)}`;
  const why = entriesOf(reasons).map(([reason, count]) => counted(t(`report-reason-${reason}`), count));
  return [
    named,
    ...(addresses(totals) > 0 ? totalLines({ totals, acks }, t) : []),
    ...(why.length === 0 ? [] : [t('announce-reasons', { reasons: why.join(', ') })]),
  ];
}

/** What became of it by village, language or channel. */
export async function sayParts(desk: Desk, id: number): Promise<void> {
  const { d, t } = desk;
  const options = REPORT_PARTS.map((part) => ({ id: part, label: t(`btn-announce-by-${part}`) }));
  const chosen = await d.choose('by', t('announce-ask-part'), options, { compact: true });
  const by = REPORT_PARTS.find((part) => part === chosen) ?? 'village';
  const lines = await look(desk, 'counts', async (ctx) =>
    describeParts(desk, by, await countByPart(ctx.tx ?? ctx.db, id, by)),
  );
  await d.say((lines ?? []).join('\n'));
}

/** Everybody to whom it went or was to go, as a table that comes into the chat; with names for those who may see them. */
export async function askFile(desk: Desk, announcementId: number): Promise<void> {
  const { d, t, kit, locale, may } = desk;
  const labels = { yes: t('btn-export-names'), no: t('btn-export-nameless') };
  const names = may('exports.names') && (await d.confirm('names', t('announce-ask-names'), labels));
  const { channel, account, chatId, personId } = kit.key;
  const to = { channel, account, chatId, personId };
  const begun = await act(desk, 'file', async (ctx) => {
    try {
      await startRecipients(ctx, { announcementId, names, to, language: locale });
      return true;
    } catch (error) {
      if (error instanceof ExportBusyError) return false;
      throw error;
    }
  });
  if (begun !== null) await d.say(t(begun ? 'announce-file-soon' : 'export-busy'));
}

function describeParts(
  desk: Desk,
  by: ReportPart,
  counts: readonly { readonly part: string | null; readonly status: DeliveryStatus; readonly count: number }[],
): string[] {
  const { t } = desk;
  const parts = [...new Set(counts.map(({ part }) => part))];
  return parts.map((part) => {
    const own = counts.filter((one) => one.part === part);
    const statuses = own.map(({ status, count }) => counted(t(`report-status-${status}`), count));
    return `${partName(desk, by, part)} · ${statuses.join(' · ')}`;
  });
}

function partName({ t, kit, locale }: Desk, by: ReportPart, part: string | null): string {
  if (part === null) return t('announce-nobody-any-more');
  if (by === 'village') return kit.places.village(part)?.names[locale] ?? part;
  if (by === 'language') return isLocale(part) ? t(`language-${part}`) : part;
  const channel = CHANNEL_NAMES.find((one) => one === part);
  return channel === undefined ? part : t(`channel-${channel}`);
}
