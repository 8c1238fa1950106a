import type { Translate } from '../core/texts.ts';
import { MAX_TEMPLATE_MEGABYTES, type TemplateProblem } from './open-template.ts';

/** A chat message holds about so many; a template with more has one cause. */
const MOST_LINES = 40;

/** What is wrong with a template, a line each. */
export function describeProblems(problems: readonly TemplateProblem[], t: Translate, most = MOST_LINES): string[] {
  const lines = problems.slice(0, most).map(({ kind, tag }) => {
    const words = t(`template-${kind}`, { tag, max: MAX_TEMPLATE_MEGABYTES });
    return words.replace(/:\s*$/, '.');
  });
  const rest = problems.length - lines.length;
  return rest > 0 ? [...lines, t('template-more', { count: rest })] : lines;
}
