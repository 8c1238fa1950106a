import { type Locale, translator } from '../core/texts.ts';
import type { Dialog, Input, Parsed } from '../dialog/types.ts';
import { matchSector, suggestSectors } from '../places/suggest-sectors.ts';
import { matchVillage, suggestVillage } from '../places/suggest-village.ts';
import { UnknownPlaceError } from '../proposals/errors.ts';
import { submitProposal } from '../proposals/submit-proposal.ts';
import type { Supported } from '../proposals/support-proposal.ts';
import { askBeside, besideIn, type Given, together } from './beside.ts';
import { asResident, type Kit, sectorOptions, villageOptions } from './kit.ts';
import {
  addWords,
  type CardAnswer,
  cardOptions,
  cardText,
  type Draft,
  MAX_FILES,
  parseCardAnswer,
  parseText,
  suggestDraft,
  type Words,
} from './proposal-draft.ts';
import type { Registered } from './register.ts';
import { offerSimilar } from './similar.ts';

/** What came of a card: a proposal under its number, or a support in its place. */
export type Sent = { readonly number: string } | { readonly supported: Supported };

/** Shows the card until it is sent or canceled; similar ones are offered once before. Null: canceled. */
export async function sendOne(
  d: Dialog,
  kit: Kit,
  o: {
    locale: Locale;
    words: Words;
    person: Registered;
    place: { n: number; count: number } | null;
  },
): Promise<Sent | null> {
  const { locale, person } = o;
  const t = translator(locale);
  let isOffered = false;
  let draft = await d.remember('draft', () => suggestDraft(o.words, kit.places, person.villageId));
  for (;;) {
    const head = o.place === null ? '' : `${t('split-part', o.place)}\n`;
    const card = head + cardText(draft, kit.places, locale);
    const answer = await d.choose('card', card, cardOptions(t, draft), {
      other: parseCardAnswer(draft, kit.places, locale),
    });
    if (answer === 'cancel') return null;
    if (answer === 'send') {
      const sent = await send(d, kit, { locale, draft, person, isOffered });
      if (!('draft' in sent)) return sent;
      draft = sent.draft;
      isOffered = true;
    } else {
      draft =
        typeof answer === 'string' ? await change(d, kit, { draft, what: answer, locale }) : applied(draft, answer);
    }
  }
}

/** What came of it; the draft where it goes back to the card, with more words or another place. */
async function send(
  d: Dialog,
  kit: Kit,
  o: { locale: Locale; draft: Draft; person: Registered; isOffered: boolean },
): Promise<Sent | { readonly draft: Draft }> {
  const offered = o.isOffered ? null : await offerSimilar(d, kit, o);
  if (offered !== null) return 'supported' in offered ? offered : { draft: addWords(o.draft, offered.more) };
  const number = await submit(d, kit, o);
  return number === null ? { draft: await changeUnknown(d, kit, o.draft, o.locale) } : { number };
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
  const given: Given = [draft];
  const villageId = await askBeside(d, besideIn(locale, given), (other) =>
    d.choose<string | Words>('new-village', t('ask-card-village'), options, {
      other: named((text) => matchVillage(text, among), other),
      misunderstood: t('village-unknown'),
    }),
  );
  return { ...draft, ...together(given), villageId };
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
  const given: Given = [draft];
  const sectorId = await askBeside(d, besideIn(locale, given), (other) =>
    d.choose<string | Words>('new-sector', t('ask-sector'), options, {
      other: named((text) => matchSector(text, sectors, locale), other),
      misunderstood: t('sector-unknown'),
    }),
  );
  return { ...draft, ...together(given), sectorId };
}

/** For a list of which people type names with endings, or a part of one; files and places join the draft. */
function named(
  match: (text: string) => string | null,
  other: (input: Input) => Parsed<Words>,
): (input: Input) => Parsed<string | Words> {
  return (input) => {
    if (input.kind !== 'text') return other(input);
    const id = match(input.text);
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
      if (draft.albums !== undefined) kit.memory.sent = { albums: draft.albums, proposalId: stored.id };
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
