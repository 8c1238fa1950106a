import type { Context } from '../core/context.ts';
import { type Locale, type Translate, translator } from '../core/texts.ts';
import { wordsOf } from '../core/words.ts';
import type { Dialog, Input, Parsed } from '../dialog/types.ts';
import { addressOf } from '../messaging/dialog-key.ts';
import { dropMedia } from '../messaging/media.ts';
import type { Municipality } from '../places/places.ts';
import { registerResident } from '../residents/register-resident.ts';
import { setVillage } from '../residents/set-village.ts';
import { askLanguage, asResident, forgetChat, type Kit, villageOptions } from './kit.ts';
import { MAX_FILES, parseWords, type Words } from './proposal-draft.ts';

export interface Registered {
  readonly residentId: number;
  /** The person's own village. */
  readonly villageId: string;
  /** Sex and age band were never asked. */
  readonly demographicsDue: boolean;
}

/** What the proposal has already, and what is sent beside the answers: a photo often comes just behind the words. */
interface Given {
  readonly mediaIds: readonly number[];
  readonly more: Words[];
}

/**
 * Makes sure that we know who writes: village and consent are asked when they are first needed, never again. A village
 * that the text or a deep link names is not asked. Null: no consent; nothing of the person is kept.
 */
export async function register(
  d: Dialog,
  kit: Kit,
  o: Given & { locale: Locale; guess: string | null },
): Promise<Registered | null> {
  const { locale, more } = o;
  const known = await d.remember('resident', () => kit.resident && pickResident(kit.resident));
  if (known !== null) {
    const villageId = known.villageId ?? (await askVillage(d, kit, o));
    if (known.villageId === null) {
      const keep = (ctx: Context) => setVillage(asResident(ctx, known.id), { residentId: known.id, villageId });
      await d.effect('keep-village', keep, { editable: true });
    }
    return {
      residentId: known.id,
      villageId,
      demographicsDue: known.demographicsDue,
    };
  }
  const villageId = await askVillage(d, kit, o);
  const agreed = await askConsent(d, kit.places.municipalityOf(villageId), o);
  if (agreed === null) {
    await d.effect('refused', async (ctx) => {
      await dropMedia(ctx, [...o.mediaIds, ...more.flatMap(({ media }) => media.map(({ id }) => id))]);
      forgetChat(kit.memory);
    });
    await d.say(translator(locale)('consent-no'));
    return null;
  }
  const keep = async (ctx: Context) => {
    const resident = await registerResident(ctx, {
      address: addressOf(kit.key),
      language: locale,
      villageId,
      name: kit.personName,
      consentVersion: agreed,
    });
    return resident.id;
  };
  const residentId = await d.effect('register', keep, { editable: true });
  return { residentId, villageId, demographicsDue: true };
}

function pickResident(resident: NonNullable<Kit['resident']>) {
  return {
    id: resident.id,
    villageId: resident.villageId,
    demographicsDue: resident.demographicsAskedAt === null,
  };
}

async function askVillage(d: Dialog, kit: Kit, o: Given & { locale: Locale; guess: string | null }): Promise<string> {
  const { locale, guess } = o;
  const known = await d.remember('known-village', () => kit.memory.villageId ?? guess ?? onlyVillage(kit));
  if (known !== null) return known;
  const t = translator(locale);
  const options = villageOptions(kit.places, locale, kit.places.villages, []);
  const misunderstood = t('village-unknown');
  return keeping(d, t, o, (other) => d.choose('village', t('ask-village'), options, { other, misunderstood }));
}

/** Asks until it is answered; files and places that come instead are kept for the proposal. */
async function keeping(
  d: Dialog,
  t: Translate,
  { mediaIds, more }: Given,
  ask: (other: (input: Input) => Parsed<Words>) => Promise<string | Words>,
): Promise<string> {
  const read = parseWords(t);
  for (;;) {
    const count = more.reduce((sum, { media }) => sum + media.length, mediaIds.length);
    const answer = await ask((input) => {
      if (input.kind !== 'media' && input.kind !== 'location') return { refuse: null };
      return count < MAX_FILES ? read(input) : { refuse: t('files-full', { max: MAX_FILES }) };
    });
    if (typeof answer === 'string') return answer;
    more.push(answer);
    if (answer.media.length > 0) await d.say(t('photo-added', { count: count + answer.media.length }));
  }
}

function onlyVillage(kit: Kit): string | null {
  return kit.places.villages.length === 1 ? (kit.places.villages[0]?.id ?? null) : null;
}

/** The version of the text that was agreed to, or null. */
async function askConsent(
  d: Dialog,
  municipality: Municipality | null,
  o: Given & { locale: Locale },
): Promise<string | null> {
  if (municipality === null) throw new Error('the village of a consent is in no municipality');
  const { locale } = o;
  const t = translator(locale);
  const { consentShort, consentLong } = municipality.legal;
  const version = await d.remember('legal', () => municipality.legal.consentVersion);
  const agree = {
    id: 'agree',
    label: t('btn-agree'),
    spellings: wordsOf('yes'),
  };
  const refuse = { id: 'no', label: t('btn-no'), spellings: wordsOf('no') };
  const options = [agree, { id: 'full', label: t('btn-read-full') }, refuse];
  const answer = await keeping(d, t, o, (other) => d.choose('consent', consentShort[locale], options, { other }));
  if (answer !== 'full') return answer === 'agree' ? version : null;
  await d.say(consentLong[locale]);
  const second = await keeping(d, t, o, (other) =>
    d.choose('consent-full', t('consent-question'), [agree, refuse], { other }),
  );
  return second === 'agree' ? version : null;
}

/** First contact: language, then what the bot is for. A deep link names the village: `/start mantysh`. */
export const start = {
  name: 'start',
  version: 1,
  async run(d: Dialog, kit: Kit): Promise<void> {
    const locale = await askLanguage(d, kit);
    const municipality = await d.remember('municipality', () => municipalityName(kit, locale));
    await d.say(translator(locale)('welcome', { municipality }));
  },
};

function municipalityName(kit: Kit, locale: Locale): string {
  const villageId = kit.resident?.villageId ?? kit.memory.villageId;
  const own = villageId === undefined || villageId === null ? null : kit.places.municipalityOf(villageId);
  const [only] = kit.places.municipalities;
  return (own ?? only)?.names[locale] ?? '';
}
