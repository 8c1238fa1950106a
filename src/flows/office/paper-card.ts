import { formatDate } from '../../core/dates.ts';
import { foldWords } from '../../core/folding.ts';
import { type Locale, type Translate, translator } from '../../core/texts.ts';
import type { Option } from '../../dialog/types.ts';
import type { Meeting } from '../../meetings/queries.ts';
import type { Places } from '../../places/places.ts';
import type { AgeBand, Sex } from '../../residents/tables.ts';
import { type Draft, MAX_FILES } from '../proposal-draft.ts';

/** Whose proposal it is, as far as somebody told. */
export interface Who {
  readonly sex: Sex | null;
  readonly ageBand: AgeBand | null;
}

/** A proposal on paper before it is stored: what the card shows is what is stored. */
export interface PaperDraft extends Draft {
  readonly who: Who;
  readonly vulnerable: boolean;
  readonly meeting: { readonly id: number; readonly label: string } | null;
}

const BANDS = { a14: '14-28', a29: '29-54', a55: '55+' } as const;
const SEXES = { woman: 'woman', man: 'man' } as const;

/** Sex and age in one tap; a sex alone where nobody knows the age. */
export function whoOptions(t: Translate): Option[] {
  const sexes = Object.keys(SEXES) as Sex[];
  const bands = Object.keys(BANDS) as (keyof typeof BANDS)[];
  return [
    ...sexes.flatMap((sex) =>
      bands.map((band) => ({ id: `${sex}-${band}`, label: `${t(`btn-${sex}`)}, ${t(`btn-age-${bandNumber(band)}`)}` })),
    ),
    ...sexes.map((sex) => ({ id: sex, label: t(`btn-${sex}`) })),
  ];
}

function bandNumber(band: keyof typeof BANDS): '14' | '29' | '55' {
  return band === 'a14' ? '14' : band === 'a29' ? '29' : '55';
}

/** What an option of `whoOptions` means. */
export function whoOf(option: string): Who {
  const [sex = '', band = ''] = option.split('-');
  return {
    sex: sex in SEXES ? (sex as Sex) : null,
    ageBand: band in BANDS ? BANDS[band as keyof typeof BANDS] : null,
  };
}

const WOMAN = new Set(foldWords('аял аялзат эже апа кыз ж жен женщина женский девушка бабушка woman female w f'));
const MAN = new Set(foldWords('эркек эр байке аба жигит м муж мужчина мужской парень дедушка man male m'));
const AROUND = new Set(foldWords('жаш жашта жашар лет год года years old жана улуу и старше and over older'));

/** «аял 34», «мужчина, 60 лет», «55+»: sex, age, or both. Null: something else is said. */
export function parseWho(text: string): Who | null {
  const numbers = text.match(/\d+/g) ?? [];
  const words = foldWords(text).filter((word) => !/^\d+$/.test(word) && !AROUND.has(word));
  const [word, more] = words;
  const [years, second] = numbers.map(Number);
  if (more !== undefined || second !== undefined || (word === undefined && years === undefined)) return null;
  const sex = word === undefined ? null : WOMAN.has(word) ? 'woman' : MAN.has(word) ? 'man' : undefined;
  if (sex === undefined || (years !== undefined && (years < 14 || years > 120))) return null;
  const ageBand = years === undefined ? null : years < 29 ? '14-28' : years < 55 ? '29-54' : '55+';
  return { sex, ageBand };
}

function whoLabel(t: Translate, { sex, ageBand }: Who): string {
  const age = ageBand === null ? [] : [t(ageBand === '55+' ? 'age-55' : `age-${ageBand}`)];
  const parts = [...(sex === null ? [] : [t(`sex-${sex}`)]), ...age];
  return parts.length === 0 ? t('mydata-not-said') : parts.join(', ');
}

/** A meeting in one line; its village is named where several may stand side by side. */
export function meetingLabel(
  meeting: Pick<Meeting, 'heldOn' | 'kind' | 'villageId'>,
  locale: Locale,
  places: Places | null,
): string {
  const t = translator(locale);
  const date = formatDate(new Date(`${meeting.heldOn}T12:00:00Z`), locale, 'UTC', 'dmy');
  const kind = t(`meeting-kind-${meeting.kind}`);
  if (places === null) return `${kind}, ${date}`;
  const village = places.village(meeting.villageId)?.names[locale] ?? meeting.villageId;
  return [date, village, kind].join(' · ');
}

/** All that will be stored, in one message. */
export function paperText(draft: PaperDraft, places: Places, locale: Locale): string {
  const t = translator(locale);
  const village = places.village(draft.villageId);
  const sector = places.sector(village?.municipalityId ?? 0, draft.sectorId);
  const lines = [
    t('card-check'),
    draft.text === '' ? t('card-no-text') : t('card-text', { text: shortened(draft.text) }),
    t('card-village', { village: village?.names[locale] ?? draft.villageId }),
    t('card-sector', { sector: sector?.labels[locale] ?? draft.sectorId }),
    t('paper-who', { who: whoLabel(t, draft.who) }),
    ...(draft.vulnerable ? [t('paper-vulnerable')] : []),
    ...(draft.meeting === null ? [] : [t('paper-meeting', { meeting: draft.meeting.label })]),
    ...(draft.media.length > 0 ? [t('card-files', { count: draft.media.length })] : []),
    ...(draft.spot === null ? [] : [t('card-location')]),
    t('paper-save'),
  ];
  return lines.join('\n');
}

/** So that a card stays one message on every platform; what is stored is the whole text. */
const CARD_TEXT_LENGTH = 3000;

function shortened(text: string): string {
  if (text.length <= CARD_TEXT_LENGTH) return text;
  return `${text
    .slice(0, CARD_TEXT_LENGTH)
    .toWellFormed()
    .replace(/\uFFFD$/, '')}…`;
}

export function paperOptions(t: Translate, draft: PaperDraft): Option[] {
  const full = draft.media.length >= MAX_FILES;
  return [
    { id: 'send', label: t('btn-paper-save') },
    { id: 'village', label: t('btn-change-village'), spellings: ['айыл', 'айылы', 'село', 'village'] },
    { id: 'sector', label: t('btn-change-sector'), spellings: ['багыт', 'багыты', 'направление', 'sector'] },
    { id: 'who', label: t('btn-paper-who') },
    { id: 'vulnerable', label: t(draft.vulnerable ? 'btn-vulnerable-off' : 'btn-vulnerable-on') },
    { id: 'meeting', label: t('btn-paper-meeting') },
    ...(full ? [] : [{ id: 'photo', label: t('btn-add-photo'), spellings: ['сүрөт', 'фото', 'photo'] }]),
    { id: 'text', label: t('btn-edit-text'), spellings: ['текст', 'тексти', 'оңдоо', 'text', 'edit'] },
    { id: 'cancel', label: t('btn-cancel') },
  ];
}
