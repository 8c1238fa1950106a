import type { Translate } from '../core/texts.ts';
import type { Kit } from './kit.ts';

/** What became of proposals that were sent; who wants no answers is told where to look, not that we will write. */
export function receipt(
  { resident }: Pick<Kit, 'resident'>,
  t: Translate,
  numbers: readonly [string, ...string[]],
): string {
  const quiet = (resident?.answersStoppedAt ?? null) !== null;
  const [number, ...others] = numbers;
  if (others.length === 0) return t(quiet ? 'thanks-number-quiet' : 'thanks-number', { number });
  return t(quiet ? 'split-done-quiet' : 'split-done', { numbers: numbers.join(', ') });
}
