import { foldWords } from '../core/folding.ts';
import { type Locale, translator } from '../core/texts.ts';
import { wordsOf } from '../core/words.ts';
import type { Dialog, Input } from '../dialog/types.ts';
import { setDemographics } from '../residents/set-demographics.ts';
import { asResident, type Elsewhere, isElsewhere, type Kit, orElsewhere } from './kit.ts';

const SEX = { woman: 'woman', man: 'man' } as const;
const YOUNGEST = 14;
const OLDEST = 120;
const AGE = { a14: '14-28', a29: '29-54', a55: '55+' } as const;

/** After the first proposal only. Marked as asked before it is asked, so that nobody is ever asked twice. */
export async function askDemographics(d: Dialog, kit: Kit, residentId: number, locale: Locale): Promise<void> {
  const t = translator(locale);
  await d.effect('asked', (ctx) =>
    setDemographics(asResident(ctx, residentId), {
      residentId,
      sex: null,
      ageBand: null,
    }),
  );
  const silent = {
    id: 'silent',
    label: t('btn-prefer-not'),
    spellings: [...new Set([...wordsOf('no'), ...wordsOf('skip')])],
  };
  const sexes = [{ id: 'woman', label: t('btn-woman') }, { id: 'man', label: t('btn-man') }, silent];
  const sex = await d.choose('sex', t('ask-sex'), sexes, orElsewhere);
  if (isElsewhere(sex)) return kit.next({ again: true });
  const ages = [
    { id: 'a14', label: t('btn-age-14') },
    { id: 'a29', label: t('btn-age-29') },
    { id: 'a55', label: t('btn-age-55') },
    silent,
  ];
  const age = await d.choose<string | Elsewhere>('age', t('ask-age'), ages, {
    other: (input) => bandOfYears(input) ?? orElsewhere.other?.(input) ?? { refuse: null },
  });
  await d.effect('keep', (ctx) =>
    setDemographics(asResident(ctx, residentId), {
      residentId,
      sex: pick(SEX, sex),
      ageBand: isElsewhere(age) ? null : pick(AGE, age),
    }),
  );
  if (isElsewhere(age)) return kit.next({ again: true });
  await d.say(t('thanks'));
}

/** Years in place of a band: «34», «34 жаштамын», «мне 60 лет». Null: no age of somebody whom a band fits. */
function bandOfYears(input: Input): { value: string } | null {
  if (input.kind !== 'text') return null;
  const numbers = input.text.match(/\d+/g) ?? [];
  const years = Number(numbers[0]);
  const words = foldWords(input.text).length;
  if (numbers.length !== 1 || words > 4 || years < YOUNGEST || years > OLDEST) return null;
  return { value: years < 29 ? 'a14' : years < 55 ? 'a29' : 'a55' };
}

function pick<T>(table: Readonly<Record<string, T>>, id: string): T | null {
  return table[id] ?? null;
}
