import type { Locale, Translate } from '../core/texts.ts';
import { CHANNEL_NAMES } from '../messaging/contract.ts';
import type { Places } from '../places/places.ts';
import { AGE_BANDS, SEXES } from '../residents/tables.ts';
import type { Dimension } from './report.ts';

/** What the names of a report's parts are written with. */
export interface Naming {
  readonly places: Places;
  readonly municipalityId: number;
  readonly locale: Locale;
  readonly t: Translate;
}

/** A part of a dimension as people call it: `mantysh` is «Мантыш», `2026-11` is «11.2026», null is «not said». */
export function partName(
  dimension: Dimension,
  key: string | null,
  { places, municipalityId, locale, t }: Naming,
): string {
  if (key === null) return t(dimension === 'channel' ? 'stats-no-channel' : 'stats-unsaid');
  switch (dimension) {
    case 'village':
      return places.village(key)?.names[locale] ?? key;
    case 'sector':
      return places.sector(municipalityId, key)?.labels[locale] ?? key;
    case 'sex': {
      const sex = SEXES.find((one) => one === key);
      return sex === undefined ? key : t(`sex-${sex}`);
    }
    case 'ageBand': {
      const band = AGE_BANDS.find((one) => one === key);
      return band === undefined ? key : t(band === '55+' ? 'age-55' : `age-${band}`);
    }
    case 'channel': {
      const channel = CHANNEL_NAMES.find((one) => one === key);
      return channel === undefined ? key : t(`channel-${channel}`);
    }
    case 'source': {
      const source = (['chat', 'group', 'paper', 'import'] as const).find((one) => one === key);
      return source === undefined ? key : t(`stats-source-${source}`);
    }
    case 'month':
      return key.split('-').reverse().join('.');
  }
}
