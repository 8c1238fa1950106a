import type { Locale } from '../core/texts.ts';

/** What staff say in public on a proposal, in each language. Own words are the same in all three. */
export type AnswerTexts = Readonly<Record<Locale, string>>;

/** The public answer as a proposal keeps it; both null: there is none. */
export interface KeptAnswer {
  /** In the language of the proposal. */
  readonly answer: string | null;
  /** Null also where it was given before all languages were kept. */
  readonly answers: AnswerTexts | null;
}

export function keepAnswer(answers: AnswerTexts, language: Locale): KeptAnswer & { readonly answer: string } {
  return { answer: answers[language], answers };
}

/** The public answer as somebody who reads that language reads it. */
export function answerIn({ answer, answers }: KeptAnswer, locale: Locale): string | null {
  return answers?.[locale] ?? answer;
}

export function inEachLanguage(write: (locale: Locale) => string): AnswerTexts {
  return { ky: write('ky'), ru: write('ru'), en: write('en') };
}
