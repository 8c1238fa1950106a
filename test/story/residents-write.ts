import { expect } from 'vitest';
import { type Locale, translator } from '../../src/core/texts.ts';
import type { Phone } from './phones.ts';
import { RESIDENTS, type StoryResident, VILLAGES } from './residents.ts';
import type { Story } from './story.ts';

const LANGUAGES: Readonly<Record<Locale, string>> = { ky: 'Кыргызча', ru: 'Русский', en: 'English' };

/** Each of the thirty writes what the village needs. All is shown of the first one in each language only. */
export async function residentsWrite(story: Story): Promise<void> {
  const { book } = story;
  book.chapter('Thirty residents write');
  const shown = new Set<Locale>();
  for (const [village, name] of VILLAGES) {
    book.write(`### ${name}`);
    for (const resident of RESIDENTS.filter((one) => one.village === village)) {
      await writes(story, resident, shown.has(resident.locale));
      shown.add(resident.locale);
    }
  }
}

/** Somebody whom nobody will ever answer: it is no proposal. */
export async function somebodySells(story: Story): Promise<void> {
  const t = translator('ky');
  const phone = story.of('Асан');
  await phone.says('Арзан баада уй сатам, чалыңыз');
  await phone.taps(t('btn-send'));
}

async function writes(story: Story, resident: StoryResident, briefly: boolean): Promise<void> {
  const { name, locale, village, need, offered } = resident;
  const { book } = story;
  const t = translator(locale);
  const phone = story.meets(name);
  /** In brief: what the person does, and the answers with a number. */
  const part = async (what: string | null, acts: () => Promise<unknown>) => {
    if (!briefly) return acts();
    if (what !== null) book.write(`**${name}:** ${what}`);
    return book.aside(acts, ({ text }) => /KS-\d/.test(text));
  };
  await part(null, async () => {
    await phone.says(`/start ${village}`);
    await phone.taps(LANGUAGES[locale]);
  });
  await part(need, async () => {
    await phone.says(need);
    await phone.taps(t('btn-agree'));
    await phone.taps(t('btn-send'));
  });
  expect([name, phone.offers(new RegExp(t('btn-send-own')))]).toEqual([name, offered !== undefined]);
  const choice = offered === 'supports' ? /KS-2026-\d+/ : t('btn-send-own');
  if (offered !== undefined) await part(`[${phone.label(choice)}]`, () => phone.taps(choice));
  await part(null, () => tellsWho(phone, resident));
}

async function tellsWho(phone: Phone, { locale, sex, age }: StoryResident): Promise<void> {
  const t = translator(locale);
  await phone.taps(t(sex === 'woman' ? 'btn-woman' : 'btn-man'));
  await phone.taps(t(age === '55+' ? 'btn-age-55' : age === '14-28' ? 'btn-age-14' : 'btn-age-29'));
}
