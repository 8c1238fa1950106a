import { translator } from '../core/texts.ts';
import type { Dialog, Flow } from '../dialog/types.ts';
import { addressOf } from '../messaging/dialog-key.ts';
import { matchSector, suggestSectors } from '../places/suggest-sectors.ts';
import { refuseConsent } from '../privacy/erase-unagreed.ts';
import { type IncompleteProposal, tellSector } from '../proposals/incomplete.ts';
import { COMPLETING_FLOW } from '../proposals/store-from-group.ts';
import { registerResident } from '../residents/register-resident.ts';
import { setLanguage } from '../residents/set-language.ts';
import { setVillage } from '../residents/set-village.ts';
import { askConsent } from './consent.ts';
import { askDemographics } from './demographics.ts';
import { asResident, type Elsewhere, forgetChat, isElsewhere, type Kit, orProposal, sectorOptions } from './kit.ts';
import { askLanguage, chooseLanguage } from './language.ts';
import { beginning } from './office/free-words.ts';

interface Person {
  readonly id: number;
  readonly consented: boolean;
  /** Nobody but a guess has told the language. */
  readonly languageDue: boolean;
  readonly demographicsDue: boolean;
}

/**
 * The author of proposals in a group tells alone what is missing: the consent, and what they are about. Who writes of
 * something else instead begins that; the rest is asked another time.
 */
export const complete: Flow<Kit> = {
  name: COMPLETING_FLOW,
  version: 1,
  async run(d, kit) {
    const open = await d.remember('open', () => [...kit.incomplete]);
    const person = await d.remember('person', () => personOf(kit));
    // all was told meanwhile
    if (person === null || open.length === 0) return kit.next({ start: 'my' });
    const locale = person.languageDue ? await chooseLanguage(d, kit) : await askLanguage(d, kit);
    if (locale === null) return;
    const { id: residentId } = person;
    const t = translator(locale);
    const numbers = open.map(({ number }) => number).join(', ');
    if (!person.consented) {
      await d.effect('keep-own-language', (ctx) =>
        setLanguage(asResident(ctx, residentId), { residentId, language: locale }),
      );
      await d.say(t('group-consent-ask', { numbers }));
      const villageId = open[0]?.villageId ?? '';
      const agreed = await askConsent(d, kit.places.municipalityOf(villageId), { locale, given: null });
      if (agreed === null) {
        await d.effect('refused', async (ctx) => {
          await refuseConsent(asResident(ctx, residentId), residentId);
          forgetChat(kit.memory);
        });
        return d.say(t('group-consent-no', { numbers }));
      }
      if (isElsewhere(agreed)) return kit.next({ again: true });
      await d.effect('consent', async (ctx) => {
        const me = asResident(ctx, residentId);
        const { personName: name, key } = kit;
        const consent = { address: addressOf(key), language: locale, villageId, name, consentVersion: agreed };
        const resident = await registerResident(me, consent);
        if (resident.villageId === null) await setVillage(me, { residentId, villageId });
      });
    }
    for (const proposal of open.filter(({ sectorDue }) => sectorDue)) {
      const sectorId = await askSector(d, kit, proposal);
      if (isElsewhere(sectorId)) return kit.next({ again: true });
      await d.effect('sector', (ctx) =>
        tellSector(asResident(ctx, residentId), { residentId, proposalId: proposal.id, sectorId }),
      );
    }
    await d.say(t('group-complete', { numbers }));
    if (person.demographicsDue) await askDemographics(d, kit, residentId, locale);
  },
};

function personOf({ resident, staff }: Kit): Person | null {
  if (resident === null) return null;
  const consented = resident.consentAt !== null;
  return {
    id: resident.id,
    consented,
    languageDue: !consented && staff.length === 0,
    demographicsDue: resident.demographicsAskedAt === null,
  };
}

async function askSector(d: Dialog, kit: Kit, proposal: IncompleteProposal): Promise<string | Elsewhere> {
  const locale = kit.locale ?? 'ky';
  const t = translator(locale);
  const { number, text, municipalityId } = proposal;
  const { sectors } = kit.places.municipality(municipalityId);
  const options = await d.remember('sectors', () => {
    const municipality = kit.places.municipality(municipalityId);
    return sectorOptions(
      municipality,
      locale,
      suggestSectors(text, municipality.sectors).filter((id) => id !== 'other'),
    );
  });
  const words = text === '' ? [] : [t('card-text', { text: beginning(text) })];
  return d.choose<string | Elsewhere>('sector', [number, ...words, t('ask-sector')].join('\n'), options, {
    other: (input) => {
      const named = input.kind === 'text' ? matchSector(input.text, sectors, locale) : null;
      return named === null ? (orProposal.other?.(input) ?? { refuse: null }) : { value: named };
    },
    misunderstood: t('sector-unknown'),
  });
}
