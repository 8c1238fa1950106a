import { cleanText } from '../../core/text.ts';
import type { Translate } from '../../core/texts.ts';
import { controlWords } from '../../core/words.ts';
import type { Input, Parsed } from '../../dialog/types.ts';
import { PlanInputError } from '../../plans/errors.ts';
import { parseActivities, parseBeneficiaries, parseDay, parseFundings, parseSoms } from '../../plans/parse-fields.ts';
import { type Beneficiaries, completeBeneficiaries } from '../../plans/rules.ts';
import type { LineActivity, LineFunding } from '../../plans/tables.ts';

type Parser<T> = (input: Input) => Parsed<T>;

/** Words of at most so many characters. */
export function textOf(t: Translate, most: number): Parser<string> {
  return (input) => {
    const text = input.kind === 'text' ? cleanText(input.text) : '';
    if (text === '') return { refuse: t('words-only') };
    return text.length > most ? { refuse: t('plan-too-long') } : { value: text };
  };
}

/** Soms; «жок» leaves the cost open. */
export function costOf(t: Translate): Parser<{ cost: number | null }> {
  return (input) => {
    const text = input.kind === 'text' ? input.text : '';
    const cost = parseSoms(text);
    if (cost !== null) return { value: { cost } };
    return saysNone(text) ? { value: { cost: null } } : { refuse: t('plan-bad-number') };
  };
}

export function peopleOf(t: Translate): Parser<Beneficiaries> {
  return (input) => {
    const text = input.kind === 'text' ? input.text : '';
    const people = parseBeneficiaries(text);
    if (people !== null) return addsUp(people) ? { value: people } : { refuse: t('plan-bad-sum') };
    return saysNone(text) ? { value: { total: null, women: null, men: null } } : { refuse: t('plan-bad-people') };
  };
}

export function activitiesOf(t: Translate): Parser<LineActivity[]> {
  return (input) => orRefuse(input.kind === 'text' ? parseActivities(input.text) : null, t('words-only'));
}

export function fundingsOf(t: Translate): Parser<LineFunding[]> {
  return (input) => orRefuse(input.kind === 'text' ? parseFundings(input.text) : null, t('plan-bad-fundings'));
}

export function dayOfAnswer(t: Translate): Parser<string> {
  return (input) => orRefuse(input.kind === 'text' ? parseDay(input.text) : null, t('plan-bad-date'));
}

/** A place in the order. */
export function numberOf(t: Translate): Parser<number> {
  return (input) => {
    const number = input.kind === 'text' && /^\s*\d{1,4}\s*$/.test(input.text) ? Number(input.text) : null;
    return orRefuse(number, t('plan-bad-number'));
  };
}

/** Numbers of proposals: «KS-2026-0042, 43 44». */
export function numbersOf(t: Translate): Parser<string[]> {
  return (input) => {
    const words = input.kind === 'text' ? input.text.split(/[\s,;]+/).filter((word) => /\d/.test(word)) : [];
    return words.length > 0 && words.length <= 100 ? { value: words } : { refuse: t('plan-bad-number') };
  };
}

function addsUp(people: Beneficiaries): boolean {
  try {
    return completeBeneficiaries(people) !== null;
  } catch (error) {
    if (error instanceof PlanInputError) return false;
    throw error;
  }
}

function saysNone(text: string): boolean {
  return controlWords(text).has('no');
}

function orRefuse<T>(value: T | null, why: string): Parsed<T> {
  return value === null ? { refuse: why } : { value };
}
