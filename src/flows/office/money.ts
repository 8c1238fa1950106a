import { cleanText } from '../../core/text.ts';
import type { Translate } from '../../core/texts.ts';
import type { Dialog } from '../../dialog/types.ts';
import { MOST_SOMS } from '../../proposals/change-status.ts';
import type { Money } from '../../proposals/tell-people.ts';
import { OWN_WORDS, ownWords } from './free-words.ts';

const THOUSAND = /^(миң|тыс|т\.|thousand)/;
const MILLION = /^(млн|миллион|million)/;
const AMOUNT = /^(\d{1,3}(?:[\s.,]\d{3})+|\d+)(?:[.,](\d{1,2}))?\s*(\p{L}+)?\.?\s*(?:сом\p{L}*|som\p{L}*)?\.?$/u;

/** Whole soms of what a person typed: «150 000», «150000 сом», «1,5 млн», «200 миң сом». Null: it is no such sum. */
export function readSoms(typed: string): number | null {
  const [, whole = '', part = '', unit = ''] = AMOUNT.exec(cleanText(typed).toLowerCase()) ?? [];
  if (whole === '') return null;
  const times = MILLION.test(unit) ? 1_000_000 : THOUSAND.test(unit) ? 1_000 : 1;
  if (times === 1 && unit !== '' && !/^(сом|som)/.test(unit)) return null;
  const soms = Math.round(Number(`${whole.replace(/\D/g, '')}.${part === '' ? '0' : part}`) * times);
  return soms >= 1 && soms <= MOST_SOMS ? soms : null;
}

/** How much was set aside, and from where. */
export async function askMoney(d: Dialog, t: Translate): Promise<Money> {
  const amount = await d.ask<number>('amount', t('inbox-ask-amount'), {
    parse: (input) => {
      const soms = input.kind === 'text' ? readSoms(input.text) : null;
      return soms === null ? { refuse: t('inbox-amount-wrong') } : { value: soms };
    },
  });
  const source = await d.ask(OWN_WORDS, t('inbox-ask-source'), { parse: ownWords(t, 200) });
  return { amount, source };
}
