import { DEFAULT_LOCALE, LOCALES, type Locale, translator } from '../core/texts.ts';
import type { Dialog, Option } from '../dialog/types.ts';
import { askBeside, type Given } from './beside.ts';
import { isElsewhere, type Kit, orProposal, textsOf } from './kit.ts';

const PROMPT = LOCALES.map((locale) => translator(locale)('choose-language')).join('\n');
const MISUNDERSTOOD = LOCALES.map((locale) => translator(locale)('not-understood-question')).join('\n');
/** What people type for a language beside its name. */
const SPELLINGS: Readonly<Record<Locale, readonly string[]>> = {
  ky: [
    ...['ky', 'kg', 'кырг', 'кыргыз', 'кыргыз тили', 'кыргыз тилинде', 'кыргызча жазам', 'киргизский', 'кыргызский'],
    ...['на кыргызском', 'по-кыргызски', 'kyrgyz', 'in kyrgyz'],
  ],
  ru: [
    ...[
      'ru',
      'рус',
      'русча',
      'орусча',
      'орус тили',
      'орус тилинде',
      'орусча жазам',
      'русский язык',
      'на русском',
      'на русском языке',
    ],
    ...['по-русски', 'russian', 'in russian'],
  ],
  en: ['en', 'eng', 'англисче', 'англис тили', 'английский', 'на английском', 'по-английски', 'in english'],
};
const OPTIONS: readonly Option[] = LOCALES.map((id) => ({
  id,
  label: translator(id)(`language-${id}`),
  spellings: SPELLINGS[id],
}));

/**
 * The person's language; asked once, in all three, and kept from then on. Null: a proposal came instead of an answer,
 * and the conversation is over.
 */
export async function askLanguage(d: Dialog, kit: Kit): Promise<Locale | null> {
  const known = (await rememberKnown(d, kit)) ?? (await chooseLanguage(d, kit));
  return known === null ? null : (kit.locale ?? known);
}

/**
 * The same with a draft open: whatever comes beside the answer joins it. A draft follows a change of the language:
 * it decides how things are shown, never what is stored of an answer.
 */
export async function askDraftLanguage(d: Dialog, kit: Kit, given: Given): Promise<Locale> {
  const known = (await rememberKnown(d, kit)) ?? (await keep(d, kit, await askWithDraft(d, kit, given)));
  return kit.locale ?? known;
}

/** Asks whatever is known. Null: a proposal came instead, and the conversation is over. */
export async function chooseLanguage(d: Dialog, kit: Kit): Promise<Locale | null> {
  const answer = await d.choose('language', PROMPT, OPTIONS, { ...orProposal, misunderstood: MISUNDERSTOOD });
  if (!isElsewhere(answer)) return keep(d, kit, answer);
  kit.next({ again: true });
  return null;
}

function rememberKnown(d: Dialog, kit: Kit): Promise<Locale | null> {
  return d.remember('known-language', () => kit.locale);
}

function askWithDraft(d: Dialog, kit: Kit, given: Given): Promise<string> {
  const joined = () => LOCALES.map((locale) => translator(locale)('words-added')).join('\n');
  return askBeside(d, { given, t: textsOf(kit), joined }, (other) =>
    d.choose('language', PROMPT, OPTIONS, { other, misunderstood: MISUNDERSTOOD }),
  );
}

async function keep(d: Dialog, kit: Kit, id: string): Promise<Locale> {
  const chosen = LOCALES.find((locale) => locale === id) ?? DEFAULT_LOCALE;
  const remember = async () => {
    kit.memory.locale = chosen;
  };
  await d.effect('keep-language', remember, { editable: true });
  return chosen;
}
