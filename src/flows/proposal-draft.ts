import { cleanText } from '../core/text.ts';
import { type Locale, type Translate, translator } from '../core/texts.ts';
import type { Input, MediaItem, Option, Parsed } from '../dialog/types.ts';
import type { Municipality, Places } from '../places/places.ts';
import { matchSector, suggestSectors } from '../places/suggest-sectors.ts';
import { matchVillage, suggestVillage } from '../places/suggest-village.ts';
import { MAX_TEXT_LENGTH } from '../proposals/submit-proposal.ts';
import { type CardVerdict, cardVerdict } from './card-verdict.ts';
import { isNeed } from './kit.ts';

/** A place on the map. */
export interface Spot {
  readonly latitude: number;
  readonly longitude: number;
}

/** What a person gave in one message. */
export interface Words {
  readonly text: string;
  readonly media: readonly MediaItem[];
  readonly spot: Spot | null;
  readonly messageId: string | null;
  /** The albums that the files came in: a part of one may still be on its way. */
  readonly albums?: readonly string[];
}

/** A proposal before it is sent: what the card shows is what is stored. */
export interface Draft extends Words {
  readonly villageId: string;
  readonly sectorId: string;
}

/** As many files as one proposal takes. */
export const MAX_FILES = 10;

/** Reads the message that a proposal begins with: words, a voice message, photos, a place. */
export function parseWords(t: Translate): (input: Input) => Parsed<Words> {
  return (input) => {
    const messageId = input.messageId ?? null;
    if (input.kind === 'location') {
      const { latitude, longitude } = input;
      return {
        value: {
          text: '',
          media: [],
          spot: { latitude, longitude },
          messageId,
        },
      };
    }
    if (input.kind !== 'text' && input.kind !== 'media') return { refuse: t('not-readable') };
    const text = cleanText(input.text);
    if (text.length > MAX_TEXT_LENGTH) return { refuse: t('text-too-long', { max: MAX_TEXT_LENGTH }) };
    if (input.kind === 'media') {
      const albums = input.albumId === undefined ? {} : { albums: [input.albumId] };
      return { value: { text, media: input.media, spot: null, messageId, ...albums } };
    }
    return isNeed(text) ? { value: { text, media: [], spot: null, messageId } } : { refuse: t('too-short') };
  };
}

/** The same for what is to join a draft: within the measure of both together. */
export function parseMore(t: Translate, draft: Words): (input: Input) => Parsed<Words> {
  const read = parseWords(t);
  return (input) => {
    const more = read(input);
    if ('refuse' in more) return more;
    const { text, media } = more.value;
    if (draft.text.length + text.length >= MAX_TEXT_LENGTH)
      return { refuse: t('text-too-long', { max: MAX_TEXT_LENGTH }) };
    const tooMany = draft.media.length + media.length > MAX_FILES;
    return tooMany ? { refuse: t('files-full', { max: MAX_FILES }) } : more;
  };
}

/** Words alone, as long as a proposal may be. */
export function parseText(t: Translate): (input: Input) => Parsed<string> {
  return (input) => {
    if (input.kind !== 'text') return { refuse: t('words-only') };
    const text = cleanText(input.text);
    if (text.length > MAX_TEXT_LENGTH) return { refuse: t('words-too-long', { max: MAX_TEXT_LENGTH }) };
    return isNeed(text) ? { value: text } : { refuse: t('too-short') };
  };
}

/** The draft with village and sector guessed from the words; the resident's own village where they name none. */
export function suggestDraft(words: Words, places: Places, ownVillageId: string): Draft {
  const municipality = places.municipalityOf(ownVillageId);
  if (municipality === null) throw new Error(`village '${ownVillageId}' is in no municipality`);
  const villageId = suggestVillage(words.text, municipality.villages, ownVillageId).villageId ?? ownVillageId;
  return {
    ...words,
    villageId,
    sectorId: suggestSector(words.text, municipality),
  };
}

function suggestSector(text: string, municipality: Municipality): string {
  return (text === '' ? null : suggestSectors(text, municipality.sectors)[0]) ?? 'other';
}

/** What was done on the card beside its buttons. */
export type CardAnswer = { readonly village: string } | { readonly sector: string } | { readonly add: Words };

/** Understands what is typed or sent while the card is open: a village or sector by name, more words, a photo. */
export function parseCardAnswer(
  draft: Draft,
  places: Places,
  locale: Locale,
): (input: Input) => Parsed<CardAnswer | 'send'> {
  const t = translator(locale);
  const municipality = places.municipalityOf(draft.villageId);
  return (input) => {
    if (input.kind === 'text') {
      const verdict = cardVerdict(input.text);
      if (verdict?.says === 'yes') return { value: 'send' };
      if (verdict?.rest === '') return { refuse: t('card-no') };
      const named = namedOnCard(input.text, municipality, locale) ?? namedBehindNo(verdict, municipality, locale);
      if (named !== null) return { value: named };
      if (!isNeed(input.text)) return { refuse: null };
    }
    const more = parseMore(t, draft)(input);
    return 'refuse' in more ? more : { value: { add: more.value } };
  };
}

function namedOnCard(text: string, municipality: Municipality | null, locale: Locale): CardAnswer | null {
  if (municipality === null) return null;
  const village = matchVillage(text, municipality.villages);
  if (village !== null) return { village };
  const sector = matchSector(text, municipality.sectors, locale);
  return sector === null ? null : { sector };
}

function namedBehindNo(
  verdict: CardVerdict | null,
  municipality: Municipality | null,
  locale: Locale,
): CardAnswer | null {
  if (verdict?.says !== 'no') return null;
  const named = namedOnCard(verdict.rest, municipality, locale);
  return named !== null && (verdict.apart || 'village' in named) ? named : null;
}

/** More words go below the first ones; the draft is then no longer of one message, so edits do not follow. */
export function addWords<T extends Words>(draft: T, more: Words): T {
  const text = [draft.text, more.text].filter((part) => part !== '').join('\n');
  const media = [...draft.media, ...more.media];
  const albums = [...(draft.albums ?? []), ...(more.albums ?? [])];
  return {
    ...draft,
    text,
    media,
    spot: more.spot ?? draft.spot,
    messageId: more.text === '' ? draft.messageId : null,
    ...(albums.length > 0 ? { albums } : {}),
  };
}

/** The one card: all that will be stored. */
export function cardText(draft: Draft, places: Places, locale: Locale): string {
  const t = translator(locale);
  const village = places.village(draft.villageId);
  const sector = places.sector(village?.municipalityId ?? 0, draft.sectorId);
  const voice = draft.media.some(({ kind }) => kind === 'voice' || kind === 'audio');
  const lines = [
    t('card-check'),
    draft.text === '' ? t(voice ? 'card-voice' : 'card-no-text') : t('card-text', { text: shortened(draft.text) }),
    t('card-village', { village: village?.names[locale] ?? draft.villageId }),
    t('card-sector', { sector: sector?.labels[locale] ?? draft.sectorId }),
    ...(draft.media.length > 0 ? [t('card-files', { count: draft.media.length })] : []),
    ...(draft.spot === null ? [] : [t('card-location')]),
    t('card-send'),
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

export function cardOptions(t: Translate, draft: Draft): Option[] {
  const full = draft.media.length >= MAX_FILES;
  return [
    { id: 'send', label: t('btn-send') },
    { id: 'village', label: t('btn-change-village'), spellings: ['айыл', 'айылы', 'село', 'village'] },
    { id: 'sector', label: t('btn-change-sector'), spellings: ['багыт', 'багыты', 'направление', 'sector'] },
    ...(full ? [] : [{ id: 'photo', label: t('btn-add-photo'), spellings: ['сүрөт', 'фото', 'photo'] }]),
    { id: 'text', label: t('btn-edit-text'), spellings: ['текст', 'тексти', 'оңдоо', 'text', 'edit'] },
    { id: 'cancel', label: t('btn-cancel') },
  ];
}
