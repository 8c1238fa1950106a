import type { Context } from '../core/context.ts';
import { foldWords } from '../core/folding.ts';
import { type Locale, translator } from '../core/texts.ts';
import type { Dialog, Input } from '../dialog/types.ts';
import { addressOf } from '../messaging/dialog-key.ts';
import { dropMedia } from '../messaging/media.ts';
import { suggestSectors } from '../places/suggest-sectors.ts';
import { matchVillage } from '../places/suggest-village.ts';
import { refuseConsent } from '../privacy/erase-unagreed.ts';
import { registerResident } from '../residents/register-resident.ts';
import { setVillage } from '../residents/set-village.ts';
import { askBeside, besideIn, type Given, together } from './beside.ts';
import { askConsent } from './consent.ts';
import { asResident, forgetChat, type Kit, villageOptions } from './kit.ts';
import { askLanguage } from './language.ts';
import type { Words } from './proposal-draft.ts';

export interface Registered {
  readonly residentId: number;
  /** The person's own village. */
  readonly villageId: string;
  /** Sex and age band were never asked. */
  readonly demographicsDue: boolean;
}

/**
 * Makes sure that we know who writes: village and consent are asked when they are first needed, never again. A village
 * that the text or a deep link names is not asked. Null: no consent; nothing of the person is kept.
 */
export async function register(
  d: Dialog,
  kit: Kit,
  o: { locale: Locale; guess: string | null; given: Given },
): Promise<Registered | null> {
  const { locale, given } = o;
  const known = await d.remember('resident', () => consented(kit.resident));
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
  const agreed = await askConsent(d, kit.places.municipalityOf(villageId), { locale, given });
  if (typeof agreed !== 'string') {
    await d.effect('refused', async (ctx) => {
      const { media } = together(given);
      await dropMedia(
        ctx,
        media.map(({ id }) => id),
      );
      if (kit.resident !== null) await refuseConsent(asResident(ctx, kit.resident.id), kit.resident.id);
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
    // who is of the staff is known already, without a village
    if (resident.villageId === null)
      await setVillage(asResident(ctx, resident.id), { residentId: resident.id, villageId });
    return resident.id;
  };
  const residentId = await d.effect('register', keep, { editable: true });
  return { residentId, villageId, demographicsDue: true };
}

/** Null also for somebody of the staff who has not agreed to sending proposals yet. */
function consented(resident: Kit['resident']) {
  if (resident?.consentAt == null) return null;
  return {
    id: resident.id,
    villageId: resident.villageId,
    demographicsDue: resident.demographicsAskedAt === null,
  };
}

async function askVillage(
  d: Dialog,
  kit: Kit,
  { locale, guess, given }: { locale: Locale; guess: string | null; given: Given },
): Promise<string> {
  const known = await d.remember(
    'known-village',
    () => kit.resident?.villageId ?? kit.memory.villageId ?? guess ?? onlyVillage(kit),
  );
  if (known !== null) return known;
  const t = translator(locale);
  const options = villageOptions(kit.places, locale, kit.places.villages, []);
  return askBeside(d, besideIn(locale, given), (other) =>
    d.choose<string | Words>('village', t('ask-village'), options, {
      other: (input) => villageOf(input, kit) ?? (isMisnamed(input, kit) ? { refuse: null } : other(input)),
      misunderstood: t('village-unknown'),
    }),
  );
}

/** A village with an ending: «Ортоктон», «Ортоктонмун». */
function villageOf(input: Input, { places }: Kit): { value: string } | null {
  if (input.kind !== 'text') return null;
  const bare = input.text.trim().replace(/(м[ыиуү]н|б[ыиуү]з)[.!]?$/u, '');
  const id = matchVillage(input.text, places.villages) ?? matchVillage(bare, places.villages);
  return id === null ? null : { value: id };
}

const PLACE_WORDS = foldWords('айыл аймак село village');

/** One or two words that speak of nothing we know are rather a village that is not in the list than a need. */
function isMisnamed(input: Input, { places }: Kit): boolean {
  if (input.kind !== 'text') return false;
  const names = foldWords(input.text).filter((word) => !PLACE_WORDS.some((place) => word.startsWith(place)));
  return (
    names.length <= 2 &&
    places.municipalities.every(({ sectors }) => suggestSectors(input.text, sectors)[0] === 'other')
  );
}

function onlyVillage(kit: Kit): string | null {
  return kit.places.villages.length === 1 ? (kit.places.villages[0]?.id ?? null) : null;
}

/** First contact: language, then what the bot is for. A deep link names the village: `/start mantysh`. */
export const start = {
  name: 'start',
  version: 1,
  async run(d: Dialog, kit: Kit): Promise<void> {
    const locale = await askLanguage(d, kit);
    if (locale === null) return;
    const municipality = await d.remember('municipality', () => municipalityName(kit, locale));
    const t = translator(locale);
    await d.say(municipality === null ? t('welcome-any') : t('welcome', { municipality }));
  },
};

/** Null while it is not known which of several municipalities the person is of. */
function municipalityName(kit: Kit, locale: Locale): string | null {
  const villageId = kit.resident?.villageId ?? kit.memory.villageId;
  const own = villageId === undefined || villageId === null ? null : kit.places.municipalityOf(villageId);
  const [first, second] = kit.places.municipalities;
  const only = second === undefined ? first : undefined;
  return (own ?? only)?.names[locale] ?? null;
}
