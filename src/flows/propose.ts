import { type Locale, translator } from '../core/texts.ts';
import type { Dialog, Flow, Input, Parsed } from '../dialog/types.ts';
import { splitNeeds } from '../places/split-needs.ts';
import { matchSector, suggestSectors } from '../places/suggest-sectors.ts';
import { matchVillage, suggestVillage } from '../places/suggest-village.ts';
import { UnknownPlaceError } from '../proposals/errors.ts';
import { submitProposal } from '../proposals/submit-proposal.ts';
import { askDemographics } from './demographics.ts';
import { askLanguage, asResident, isNeed, type Kit, sectorOptions, villageOptions } from './kit.ts';
import {
  addWords,
  type CardAnswer,
  cardOptions,
  cardText,
  type Draft,
  MAX_FILES,
  parseCardAnswer,
  parseText,
  parseWords,
  suggestDraft,
  type Words,
} from './proposal-draft.ts';
import { type Registered, register } from './register.ts';

export interface ProposeArgs {
  /** The conversation began with the proposal itself, not with a command. */
  readonly opened: boolean;
}

/** A resident tells what the village needs. Ends with a numbered receipt. Two messages when the suggestion is right. */
export const propose: Flow<Kit, ProposeArgs> = {
  name: 'propose',
  version: 1,
  async run(d, kit, { opened }) {
    const before = opened ? null : await askLanguage(d, kit);
    const prompts = translator(before ?? kit.locale ?? 'ky');
    const first = await d.ask('text', prompts('ask-proposal'), {
      parse: parseWords(prompts),
    });
    const locale = before ?? (await askLanguage(d, kit));
    const words = await withWords(d, first, locale);
    const guess = await d.remember('guess', () => suggestVillage(words.text, kit.places.villages, null).villageId);
    const mediaIds = words.media.map(({ id }) => id);
    const more: Words[] = [];
    const person = await register(d, kit, { locale, guess, mediaIds, more });
    if (person === null) return;
    const sent = await sendAll(d, kit, { locale, words: more.reduce(addWords, words), person });
    if (sent && person.demographicsDue) await askDemographics(d, kit, person.residentId, locale);
  },
};

/** A photo or a place alone says little: asks once for words, which may be left out. */
async function withWords(d: Dialog, first: Words, locale: Locale): Promise<Words> {
  const t = translator(locale);
  const voice = first.media.some(({ kind }) => kind === 'voice' || kind === 'audio');
  if (voice) await d.say(t('voice-got'));
  if (first.text !== '' || voice) return first;
  const parse = parseText(t);
  const text = await d.ask('words', t('too-short'), {
    // the prompt says already why a word alone is not enough
    parse: (input) => (input.kind === 'text' && !isNeed(input.text) ? { refuse: null } : parse(input)),
    optional: first.media.length > 0,
  });
  return text === null ? first : { ...first, text, messageId: null };
}

/** One card, or one for each need of the message. False: nothing was sent. */
async function sendAll(
  d: Dialog,
  kit: Kit,
  { locale, words, person }: { locale: Locale; words: Words; person: Registered },
): Promise<boolean> {
  const t = translator(locale);
  const needs = await d.remember('needs', () =>
    splitNeeds(words.text, kit.places.municipalityOf(person.villageId)?.sectors),
  );
  const apart =
    needs.length > 1 &&
    (await d.choose('split', t('split-offer'), [
      { id: 'apart', label: t('btn-split') },
      { id: 'together', label: t('btn-together') },
    ])) === 'apart';
  if (!apart) {
    const number = await sendOne(d, kit, {
      locale,
      words,
      person,
      place: null,
    });
    if (number === null) await d.say(t('canceled'));
    else await d.say(t('thanks-number', { number }));
    return number !== null;
  }
  const numbers: string[] = [];
  for (const [at, text] of needs.entries()) {
    const part: Words = {
      text,
      media: at === 0 ? words.media : [],
      spot: at === 0 ? words.spot : null,
      messageId: null,
    };
    const number = await sendOne(d, kit, {
      locale,
      words: part,
      person,
      place: { n: at + 1, count: needs.length },
    });
    if (number !== null) numbers.push(number);
  }
  await d.say(numbers.length > 0 ? t('split-done', { numbers: numbers.join(', ') }) : t('split-none'));
  return numbers.length > 0;
}

/** Shows the card until it is sent or canceled. Null: canceled. */
async function sendOne(
  d: Dialog,
  kit: Kit,
  o: {
    locale: Locale;
    words: Words;
    person: Registered;
    place: { n: number; count: number } | null;
  },
): Promise<string | null> {
  const { locale, person } = o;
  const t = translator(locale);
  let draft = await d.remember('draft', () => suggestDraft(o.words, kit.places, person.villageId));
  for (;;) {
    const head = o.place === null ? '' : `${t('split-part', o.place)}\n`;
    const card = head + cardText(draft, kit.places, locale);
    const answer = await d.choose('card', card, cardOptions(t, draft), {
      other: parseCardAnswer(draft, kit.places, locale),
    });
    if (answer === 'cancel') return null;
    if (answer === 'send') {
      const number = await submit(d, kit, { locale, draft, person });
      if (number !== null) return number;
      draft = await changeUnknown(d, kit, draft, locale);
    } else {
      draft =
        typeof answer === 'string' ? await change(d, kit, { draft, what: answer, locale }) : applied(draft, answer);
    }
  }
}

function applied(draft: Draft, answer: CardAnswer): Draft {
  if ('village' in answer) return { ...draft, villageId: answer.village };
  if ('sector' in answer) return { ...draft, sectorId: answer.sector };
  return addWords(draft, answer.add);
}

/** One question for what is to be changed. */
async function change(d: Dialog, kit: Kit, o: { draft: Draft; what: string; locale: Locale }): Promise<Draft> {
  const { draft, locale } = o;
  const t = translator(locale);
  switch (o.what) {
    case 'village':
      return changeVillage(d, kit, draft, locale);
    case 'sector':
      return changeSector(d, kit, draft, locale);
    case 'photo': {
      const max = MAX_FILES - draft.media.length;
      const media = await d.attachments('photo', t('ask-photo'), {
        max,
        optional: true,
      });
      return { ...draft, media: [...draft.media, ...media] };
    }
    default: {
      const text = await d.ask('new-text', t('ask-new-text'), {
        parse: parseText(t),
      });
      return { ...draft, text, messageId: null };
    }
  }
}

/** The catalogue changed under the draft: what it does not know any more is asked for. */
async function changeUnknown(d: Dialog, kit: Kit, draft: Draft, locale: Locale): Promise<Draft> {
  const t = translator(locale);
  const isSectorKnown = await d.remember('sector-known', () => {
    const municipality = kit.places.municipalityOf(draft.villageId);
    return municipality === null || kit.places.sector(municipality.id, draft.sectorId) !== null;
  });
  await d.say(t(isSectorKnown ? 'village-unknown' : 'sector-unknown'));
  return isSectorKnown ? changeVillage(d, kit, draft, locale) : changeSector(d, kit, draft, locale);
}

async function changeVillage(d: Dialog, kit: Kit, draft: Draft, locale: Locale): Promise<Draft> {
  const t = translator(locale);
  const options = await d.remember('villages', () => {
    const among = kit.places.municipalityOf(draft.villageId)?.villages ?? kit.places.villages;
    const ranked = suggestVillage(draft.text, among, null).ranked.filter((id) => id !== draft.villageId);
    return villageOptions(kit.places, locale, among, ranked).filter(({ id }) => id !== draft.villageId);
  });
  const among = kit.places.municipalityOf(draft.villageId)?.villages ?? kit.places.villages;
  const villageId = await d.choose('new-village', t('ask-card-village'), options, {
    other: named((text) => matchVillage(text, among)),
    misunderstood: t('village-unknown'),
  });
  return { ...draft, villageId };
}

async function changeSector(d: Dialog, kit: Kit, draft: Draft, locale: Locale): Promise<Draft> {
  const t = translator(locale);
  const options = await d.remember('sectors', () => {
    const municipality = kit.places.municipalityOf(draft.villageId);
    if (municipality === null) return [];
    const ranked = suggestSectors(draft.text, municipality.sectors).filter((id) => id !== 'other');
    return sectorOptions(municipality, locale, ranked).filter(({ id }) => id !== draft.sectorId);
  });
  const sectors = kit.places.municipalityOf(draft.villageId)?.sectors ?? [];
  const sectorId = await d.choose('new-sector', t('ask-sector'), options, {
    other: named((text) => matchSector(text, sectors, locale)),
    misunderstood: t('sector-unknown'),
  });
  return { ...draft, sectorId };
}

/** For a list of which people type names with endings, or a part of one. */
function named(match: (text: string) => string | null): (input: Input) => Parsed<string> {
  return (input) => {
    const id = input.kind === 'text' ? match(input.text) : null;
    return id === null ? { refuse: null } : { value: id };
  };
}

/** The number; null: the catalogue changed meanwhile and does not know the village or the sector any more. */
function submit(d: Dialog, kit: Kit, o: { locale: Locale; draft: Draft; person: Registered }): Promise<string | null> {
  const { draft, person, locale } = o;
  return d.effect('submit', async (ctx) => {
    const { channel, account, chatId } = kit.key;
    const messageRef = draft.messageId === null ? {} : { messageRef: messageRefOf(kit.key, draft.messageId) };
    try {
      const stored = await submitProposal(asResident(ctx, person.residentId), {
        residentId: person.residentId,
        municipalityId: kit.places.municipalityOf(draft.villageId)?.id ?? 0,
        villageId: draft.villageId,
        sectorId: draft.sectorId,
        text: draft.text,
        language: locale,
        channel,
        source: 'chat',
        test: kit.testSeries,
        mediaIds: draft.media.map(({ id }) => id),
        ...(draft.spot === null ? {} : { location: draft.spot }),
        ...messageRef,
      });
      return stored.number;
    } catch (error) {
      if (error instanceof UnknownPlaceError) return null;
      throw new Error(
        `a proposal from ${channel}:${account} could not be stored (chat of ${chatId.length} characters)`,
        { cause: error },
      );
    }
  });
}

/** How a stored proposal is found again when its message is edited on the platform. */
export function messageRefOf({ channel, account, chatId }: Kit['key'], messageId: string): string {
  return `${channel}:${account}:${chatId}:${messageId}`;
}
