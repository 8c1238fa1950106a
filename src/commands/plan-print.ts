import { type Locale, translator } from '../core/texts.ts';
import type { Municipality, Places } from '../places/places.ts';
import { LOCAL_ISSUES } from '../plans/local-issues.ts';
import type { PlanLine, PlanView } from '../plans/queries.ts';
import { overfunding } from '../plans/rules.ts';
import type { Suggestion } from '../plans/suggest-lines.ts';

/** How names and words are printed. */
export interface Printing {
  readonly places: Places;
  readonly municipality: Municipality;
  readonly language: Locale;
}

/** A plan as lines of text, a block a line. */
export function printPlan(plan: PlanView, print: Printing): string {
  const t = translator(print.language);
  const head = t('plan-head', { year: String(plan.year), status: t(`plan-status-${plan.status}`) });
  return `${[head, ...plan.lines.map((line) => printLine(line, print))].join('\n\n')}\n`;
}

function printLine(line: PlanLine, { places, language }: Printing): string {
  const t = translator(language);
  const village = (id: string) => places.village(id)?.names[language] ?? id;
  const issue = line.issueNumber === null ? undefined : LOCAL_ISSUES[line.issueNumber - 1];
  const { beneficiaries: total, women, men } = line;
  const over = overfunding(line);
  const rows = [
    ...(issue === undefined ? [] : [t('plan-line-issue', { issue: `${line.issueNumber}) ${issue[language]}` })]),
    ...(line.problem === '' ? [] : [t('plan-line-problem', { problem: line.problem })]),
    ...line.villages.map((one) => t('plan-line-village', { village: village(one.villageId), problem: one.problem })),
    ...(total === null ? [] : [`${total} (${women ?? '?'} / ${men ?? '?'})`]),
    ...line.activities.map(({ activity, term, responsible }) => [activity, term, responsible].join('; ')),
    ...(line.cost === null ? [] : [t('plan-line-cost', { amount: line.cost })]),
    ...line.fundings.map((funding) => t('plan-line-funding', { source: funding.source, amount: funding.amount })),
    ...(over > 0 ? [t('plan-line-over', { amount: over })] : []),
    line.proposals.map(({ number }) => number).join(' '),
  ];
  const title = t('plan-line-short', { item: line.position, direction: line.direction });
  return [title, ...rows.filter((row) => row !== '').map((row) => `  ${row.replaceAll('\n', '\n  ')}`)].join('\n');
}

/** A line a suggestion, and one each of its villages: id, people, women, supporters, proposals. */
export function printSuggestions(suggestions: readonly Suggestion[]): string {
  const row = (name: string, one: Suggestion | Suggestion['villages'][number]) =>
    [name, one.people, one.women, one.supporters, one.proposals].join('\t');
  const rows = suggestions.flatMap((one) => [
    row(one.sectorId, one),
    ...one.villages.map((village) => row(`  ${village.villageId}`, village)),
  ]);
  return `${[['', 'people', 'women', 'supporters', 'proposals'].join('\t'), ...rows].join('\n')}\n`;
}
