import { DEFAULT_LOCALE, type Locale, translator } from '../core/texts.ts';
import { wordsOf } from '../core/words.ts';
import type { Dialog, Flow } from '../dialog/types.ts';
import { splitNeeds } from '../places/split-needs.ts';
import { suggestVillage } from '../places/suggest-village.ts';
import { askBeside, besideIn, type Given, together } from './beside.ts';
import { sendOne } from './card.ts';
import { askDemographics } from './demographics.ts';
import { isNeed, type Kit } from './kit.ts';
import { askDraftLanguage, askLanguage } from './language.ts';
import { parseMore, parseWords, type Words } from './proposal-draft.ts';
import { receipt } from './receipt.ts';
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
    // asked anew with each message: who is blocked meanwhile is told so at once
    if (kit.resident?.blockedAt) return d.say(translator(kit.locale ?? DEFAULT_LOCALE)('sender-blocked'));
    const before = opened ? null : await askLanguage(d, kit);
    if (!opened && before === null) return;
    const prompts = translator(before ?? kit.locale ?? DEFAULT_LOCALE);
    const first = await d.ask('text', prompts('ask-proposal'), {
      parse: parseWords(prompts),
    });
    const given: Given = [first];
    const locale = before ?? (await askDraftLanguage(d, kit, given));
    await askWords(d, locale, given);
    const guess = await d.remember('guess', () => {
      return suggestVillage(together(given).text, kit.places.villages, null).villageId;
    });
    const person = await register(d, kit, { locale, guess, given });
    if (person === null) return;
    const sent = await sendAll(d, kit, { locale, given, person });
    if (sent && person.demographicsDue) await askDemographics(d, kit, person.residentId, locale);
  },
};

/** A photo or a place alone says little: asks once for words, which may be left out. */
async function askWords(d: Dialog, locale: Locale, given: Given): Promise<void> {
  const t = translator(locale);
  for (;;) {
    const words = together(given);
    const voice = words.media.some(({ kind }) => kind === 'voice' || kind === 'audio');
    if (voice) await d.say(t('voice-got'));
    if (words.text !== '' || voice) return;
    const read = parseMore(t, words);
    const more = await d.ask('words', t('too-short'), {
      // the prompt says already why a word alone is not enough
      parse: (input) => (input.kind === 'text' && !isNeed(input.text) ? { refuse: null } : read(input)),
      optional: words.media.length > 0,
    });
    if (more === null) return;
    given.push(more);
  }
}

/** One card, or one for each need of the message. False: nothing was sent, nor supported in its place. */
async function sendAll(
  d: Dialog,
  kit: Kit,
  { locale, given, person }: { locale: Locale; given: Given; person: Registered },
): Promise<boolean> {
  const t = translator(locale);
  const needs = await askApart(d, kit, { locale, given, person });
  const words = together(given);
  if (needs === null) {
    const sent = await sendOne(d, kit, { locale, words, person, place: null });
    if (sent === null) await d.say(t('canceled'));
    else if ('number' in sent) await d.say(receipt(kit, t, [sent.number]));
    return sent !== null;
  }
  const numbers: string[] = [];
  let supported = 0;
  for (const [at, text] of needs.entries()) {
    const part: Words = {
      text,
      media: at === 0 ? words.media : [],
      spot: at === 0 ? words.spot : null,
      messageId: null,
      ...(at === 0 && words.albums !== undefined ? { albums: words.albums } : {}),
    };
    const sent = await sendOne(d, kit, { locale, words: part, person, place: { n: at + 1, count: needs.length } });
    if (sent !== null && 'number' in sent) numbers.push(sent.number);
    else if (sent !== null) supported += 1;
  }
  if (numbers.length > 0) await d.say(receipt(kit, t, numbers));
  else if (supported === 0) await d.say(t('split-none'));
  return numbers.length + supported > 0;
}

/** The needs that are to be sent one by one; null: what was said is sent as one. */
async function askApart(
  d: Dialog,
  kit: Kit,
  { locale, given, person }: { locale: Locale; given: Given; person: Registered },
): Promise<string[] | null> {
  const t = translator(locale);
  const needsNow = () =>
    d.remember('needs', () => splitNeeds(together(given).text, kit.places.municipalityOf(person.villageId)?.sectors));
  const needs = await needsNow();
  if (needs.length < 2) return null;
  const options = [
    { id: 'apart', label: t('btn-split'), spellings: [...wordsOf('yes'), 'өзүнчө', 'бөлөк', 'отдельно', 'separately'] },
    { id: 'together', label: t('btn-together'), spellings: [...wordsOf('no'), 'чогуу', 'вместе', 'together'] },
  ];
  const { length } = given;
  const answer = await askBeside(d, besideIn(locale, given), (other) =>
    d.choose('split', t('split-offer'), options, { other }),
  );
  if (answer !== 'apart') return null;
  return given.length === length ? needs : needsNow();
}
