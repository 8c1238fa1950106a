import { type Locale, translator } from '../core/texts.ts';
import { skipWaitingNotices } from '../deliveries/skip-waiting.ts';
import type { Dialog, Flow } from '../dialog/types.ts';
import { setLanguage } from '../residents/set-language.ts';
import { setVillage } from '../residents/set-village.ts';
import { resumeNotices, stopAnnouncements, stopAnswers } from '../residents/stop-notices.ts';
import { asResident, isElsewhere, type Kit, orElsewhere, textsOf, villageOptions } from './kit.ts';
import { askLanguage, chooseLanguage } from './language.ts';

/** The language of everything that the bot writes to this person from now on. */
export const language: Flow<Kit> = {
  name: 'language',
  version: 1,
  async run(d, kit) {
    const locale = await chooseLanguage(d, kit);
    if (locale === null) return;
    const residentId = await residentOf(d, kit);
    if (residentId !== null) {
      await d.effect('set', (ctx) =>
        setLanguage(asResident(ctx, residentId), {
          residentId,
          language: locale,
        }),
      );
    }
    await d.say(translator(locale)('language-set'));
  },
};

/** The village that proposals are tagged with unless their words name another, and whose notices come. */
export const village: Flow<Kit> = {
  name: 'village',
  version: 1,
  async run(d, kit) {
    const locale = await askLanguage(d, kit);
    if (locale === null) return;
    const t = translator(locale);
    const options = villageOptions(kit.places, locale, kit.places.villages, []);
    const villageId = await d.choose('village', t('ask-village'), options, {
      misunderstood: t('village-unknown'),
    });
    const residentId = await residentOf(d, kit);
    await d.effect('set', async (ctx) => {
      if (residentId === null) kit.memory.villageId = villageId;
      else
        await setVillage(asResident(ctx, residentId), {
          residentId,
          villageId,
        });
    });
    await d.say(t('village-set', { village: villageName(kit, villageId, locale) }));
  },
};

/** No more announcements; answers on one's own proposals still come, unless these are stopped too. */
export const stop: Flow<Kit, { readonly sure: boolean }> = {
  name: 'stop',
  version: 1,
  async run(d, kit, { sure }) {
    const t = textsOf(kit);
    const residentId = await residentOf(d, kit);
    if (
      !sure &&
      !(await d.confirm('sure', t('stop-ask'), {
        yes: t('btn-stop-yes'),
        no: t('btn-stop-no'),
      }))
    ) {
      return d.say(t('stop-kept'));
    }
    if (residentId !== null)
      await d.effect('stop', (ctx) => stopAnnouncements(asResident(ctx, residentId), residentId));
    const answersToo = await d.remember('answers-too', () => (kit.resident?.answersStoppedAt ?? null) !== null);
    const options = [
      ...(answersToo ? [] : [{ id: 'answers', label: t('btn-stop-answers') }]),
      { id: 'again', label: t('btn-notices-on') },
    ];
    const more = await d.choose('more', t(answersToo ? 'stop-all-done' : 'stop-done'), options, orElsewhere);
    if (isElsewhere(more)) return kit.next({ again: true });
    if (more === 'answers') {
      if (residentId !== null)
        await d.effect('all', async (ctx) => {
          const me = asResident(ctx, residentId);
          await stopAnswers(me, residentId);
          await skipWaitingNotices(me, residentId);
        });
      return d.say(t('stop-all-done'));
    }
    if (residentId !== null) await d.effect('again', (ctx) => resumeNotices(asResident(ctx, residentId), residentId));
    return d.say(t('notices-on'));
  },
};

export function residentOf(d: Dialog, kit: Kit): Promise<number | null> {
  return d.remember('me', () => kit.resident?.id ?? null);
}

export function villageName(kit: Kit, id: string, locale: Locale): string {
  return kit.places.village(id)?.names[locale] ?? id;
}
