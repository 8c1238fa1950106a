import type { Locale, Translate } from '../../core/texts.ts';
import type { Dialog, Option } from '../../dialog/types.ts';
import type { Places } from '../../places/places.ts';
import { INBOX_STATES, type InboxFilter } from '../../proposals/inbox-queries.ts';
import { type Kit, sectorOptions, villageOptions } from '../kit.ts';
import { OWN_WORDS, ownWords } from './free-words.ts';
import type { Office } from './office.ts';

export const NO_FILTER: InboxFilter = { state: 'new' };

/** What the menu of filters comes to. */
export type Filtered =
  | { readonly filter: InboxFilter }
  /** A number, or words, as they were typed. */
  | { readonly search: string }
  | { readonly templates: true }
  | { readonly back: true };

/** A filter in words. */
export function describeFilter(
  { state, villageId, sectorId, voice, words }: InboxFilter,
  o: { t: Translate; locale: Locale; places: Places; municipalityId: number },
): string {
  const { t, locale, places, municipalityId } = o;
  const plain = villageId === undefined && sectorId === undefined && voice !== true && words === undefined;
  if (plain && state === 'new') return t('filter-none');
  const parts = [
    t(`filter-${state}`),
    ...(villageId === undefined ? [] : [places.village(villageId)?.names[locale] ?? villageId]),
    ...(sectorId === undefined ? [] : [places.sector(municipalityId, sectorId)?.labels[locale] ?? sectorId]),
    ...(voice === true ? [t('filter-voice')] : []),
    ...(words === undefined ? [] : [t('filter-words', { words })]),
  ];
  return parts.join(', ');
}

/** One change of the filter. */
export async function askFilter(
  d: Dialog,
  kit: Kit,
  o: { t: Translate; locale: Locale; office: Office; filter: InboxFilter; templates: boolean },
): Promise<Filtered> {
  const { t, locale, office, filter } = o;
  const { municipalityId } = office;
  const now = describeFilter(filter, { t, locale, places: kit.places, municipalityId });
  const options: Option[] = [
    { id: 'state', label: t('btn-filter-state') },
    { id: 'village', label: t('btn-filter-village') },
    { id: 'sector', label: t('btn-filter-sector') },
    { id: 'voice', label: t(filter.voice === true ? 'btn-filter-any' : 'btn-filter-voice') },
    { id: 'search', label: t('btn-search') },
    { id: 'clear', label: t('btn-filter-clear') },
    ...(o.templates ? [{ id: 'templates', label: t('btn-templates') }] : []),
    { id: 'back', label: t('btn-to-card') },
  ];
  const chosen = await d.choose('filter', t('filter-now', { filter: now }), options, { compact: true });
  switch (chosen) {
    case 'state':
      return { filter: await askState(d, t, filter) };
    case 'village':
      return { filter: await askVillage(d, kit, o) };
    case 'sector':
      return { filter: await askSector(d, kit, o) };
    case 'voice':
      return { filter: without(filter, 'voice', filter.voice === true ? undefined : true) };
    case 'search':
      return { search: await d.ask(OWN_WORDS, t('filter-ask-words'), { parse: ownWords(t, 200) }) };
    case 'clear':
      return { filter: NO_FILTER };
    case 'templates':
      return { templates: true };
    default:
      return { back: true };
  }
}

async function askState(d: Dialog, t: Translate, filter: InboxFilter): Promise<InboxFilter> {
  const options = INBOX_STATES.map((id) => ({ id, label: t(`filter-${id}`) }));
  const chosen = await d.choose('state', t('filter-ask-state'), options);
  return { ...filter, state: INBOX_STATES.find((id) => id === chosen) ?? 'new' };
}

async function askVillage(
  d: Dialog,
  kit: Kit,
  { t, locale, office, filter }: { t: Translate; locale: Locale; office: Office; filter: InboxFilter },
): Promise<InboxFilter> {
  const among = kit.places.municipality(office.municipalityId).villages;
  const options = await d.remember('villages', () => villageOptions(kit.places, locale, among, []));
  const any = { id: ANY, label: t('filter-any-village') };
  const chosen = await d.choose('village', t('ask-card-village'), [any, ...options]);
  return without(filter, 'villageId', chosen === ANY ? undefined : chosen);
}

async function askSector(
  d: Dialog,
  kit: Kit,
  { t, locale, office, filter }: { t: Translate; locale: Locale; office: Office; filter: InboxFilter },
): Promise<InboxFilter> {
  const municipality = kit.places.municipality(office.municipalityId);
  const options = await d.remember('sectors', () => sectorOptions(municipality, locale, []));
  const any = { id: ANY, label: t('filter-any-sector') };
  const chosen = await d.choose('sector', t('ask-sector'), [any, ...options]);
  return without(filter, 'sectorId', chosen === ANY ? undefined : chosen);
}

/** No village and no sector is called so: their ids begin with a letter. */
const ANY = '-any';

function without<K extends keyof InboxFilter>(filter: InboxFilter, key: K, value: InboxFilter[K] | undefined) {
  const { [key]: _, ...rest } = filter;
  return (value === undefined ? rest : { ...rest, [key]: value }) as InboxFilter;
}
