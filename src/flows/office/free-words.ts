import { cleanText } from '../../core/text.ts';
import type { Translate } from '../../core/texts.ts';
import type { Input, Parsed } from '../../dialog/types.ts';

/**
 * The name of every question that wants words of the officer's own: there, a word that is also a command is an answer.
 */
export const OWN_WORDS = 'own-words';

/** Reads words alone, as many as fit. */
export function ownWords(t: Translate, max: number): (input: Input) => Parsed<string> {
  return (input) => {
    if (input.kind !== 'text') return { refuse: t('words-only') };
    const text = cleanText(input.text);
    if (text === '') return { refuse: null };
    return text.length > max ? { refuse: t('words-too-long', { max }) } : { value: text };
  };
}

/** A text as the label of a button. */
export function beginning(text: string, most = 40): string {
  const letters = [...text];
  return letters.length <= most
    ? text
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`;
}
