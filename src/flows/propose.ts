import { type Locale, translator } from '../core/texts.ts';
import type { Dialog, Flow } from '../dialog/types.ts';
import { splitNeeds } from '../places/split-needs.ts';
import { suggestVillage } from '../places/suggest-village.ts';
import { sendOne } from './card.ts';
import { askDemographics } from './demographics.ts';
import { askLanguage, isNeed, type Kit } from './kit.ts';
import { addWords, parseText, parseWords, type Words } from './proposal-draft.ts';
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
