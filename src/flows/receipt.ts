import type { Translate } from '../core/texts.ts';
import type { Kit } from './kit.ts';

/**
 * What became of one proposal or more that were sent, by their numbers; who wants no answers is told where to look, not
 * that we will write.
 */
export function receipt({ resident }: Pick<Kit, 'resident'>, t: Translate, numbers: readonly string[]): string {
  const quiet = (resident?.answersStoppedAt ?? null) !== null;
  const all = numbers.join(', ');
  if (numbers.length === 1) return t(quiet ? 'thanks-number-quiet' : 'thanks-number', { number: all });
  return t(quiet ? 'split-done-quiet' : 'split-done', { numbers: all });
}
