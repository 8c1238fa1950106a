import { formatDate } from '../core/dates.ts';
import type { Locale, Translate } from '../core/texts.ts';
import type { Places } from '../places/places.ts';
import type { ProposalFilter } from '../proposals/list-proposals.ts';

/** The filter as people read it, its parts between semicolons; that all are meant, where it leaves out none. */
export function filterWords(filter: ProposalFilter, places: Places, t: Translate, locale: Locale): string {
  const { municipalityId, villageId, sectorId, status, channel, language } = filter;
  const village = villageId === undefined ? null : (places.village(villageId)?.names[locale] ?? villageId);
  const sector =
    sectorId === undefined || municipalityId === undefined
      ? null
      : (places.sector(municipalityId, sectorId)?.labels[locale] ?? sectorId);
  const words = [
    ...(village === null ? [] : [t('card-village', { village })]),
    ...(sector === null ? [] : [t('card-sector', { sector })]),
    ...(status === undefined ? [] : [t('export-filter-status', { status: t(`status-${status}`) })]),
    ...(channel === undefined ? [] : [t('export-filter-channel', { channel: t(`channel-${channel}`) })]),
    ...(language === undefined ? [] : [t('export-filter-language', { language: t(`spoken-${language}`) })]),
    ...dayWords(filter, t, locale),
  ];
  return words.length === 0 ? t('export-filter-all') : words.join('; ');
}

function dayWords({ from, to }: ProposalFilter, t: Translate, locale: Locale): string[] {
  const year = from?.slice(0, 4);
  if (from !== undefined && from === `${year}-01-01` && to === `${year}-12-31`) {
    return [t('export-filter-year', { year: String(year) })];
  }
  const shown = (day: string) => formatDate(new Date(`${day}T00:00:00Z`), locale, 'UTC', 'dmy');
  return [
    ...(from === undefined ? [] : [t('export-filter-from', { date: shown(from) })]),
    ...(to === undefined ? [] : [t('export-filter-to', { date: shown(to) })]),
  ];
}
