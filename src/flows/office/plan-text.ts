import { bold, type Text, type TextPart } from '../../core/text.ts';
import { LOCAL_ISSUES } from '../../plans/local-issues.ts';
import { grouped } from '../../plans/plan-document.ts';
import type { PlanLine, PlanView } from '../../plans/queries.ts';
import { overfunding } from '../../plans/rules.ts';
import { type Desk, dayOf } from './plan-desk.ts';

/** A line as the list of a plan shows it: small, since it is remembered. */
export interface LineSummary {
  readonly id: number;
  readonly position: number;
  readonly direction: string;
  readonly villageIds: readonly string[];
  readonly people: number | null;
  readonly cost: number | null;
  readonly proposals: number;
}

/** A plan as its list shows it. */
export interface PlanSummary
  extends Pick<
    PlanView,
    'id' | 'year' | 'status' | 'revision' | 'heardOn' | 'approvedOn' | 'approvedBy' | 'documentNumber'
  > {
  readonly lines: readonly LineSummary[];
}

export function summarize({ municipalityId: _, lines, ...plan }: PlanView): PlanSummary {
  return {
    ...plan,
    lines: lines.map(({ id, position, direction, villages, beneficiaries, cost, proposals }) => ({
      id,
      position,
      direction,
      villageIds: villages.map(({ villageId }) => villageId),
      people: beneficiaries,
      cost,
      proposals: proposals.length,
    })),
  };
}

/** With more lines than this only their names are shown: a message has an end. */
const MOST_DETAILED = 20;

/** The whole plan in one message. */
export function planText(plan: PlanSummary, desk: Desk): Text {
  const { t, locale } = desk;
  const { year, lines } = plan;
  const head = t('plan-head', { year: String(year), status: t(`plan-status-${plan.status}`) });
  const decided =
    plan.status === 'approved'
      ? t('plan-head-approved', {
          body: plan.approvedBy ?? '—',
          date: dayOf(plan.approvedOn, locale),
          number: plan.documentNumber ?? '—',
        })
      : plan.heardOn === null
        ? null
        : t('plan-head-heard', { date: dayOf(plan.heardOn, locale) });
  const sum = lines.reduce((total, { cost }) => total + (cost ?? 0), 0);
  const count = lines.reduce((total, { proposals }) => total + proposals, 0);
  const body = lines.map((line) => lineShort(line, desk, lines.length <= MOST_DETAILED));
  const rest = [
    ...(decided === null ? [] : [decided]),
    ...(lines.length === 0 ? [t('plan-empty')] : body),
    ...(lines.length === 0 ? [] : [t('plan-total', { amount: grouped(sum), count })]),
  ];
  return [bold(head), `\n${rest.join('\n')}`];
}

function lineShort(line: LineSummary, { t, kit, locale }: Desk, detailed: boolean): string {
  const title = t('plan-line-short', { item: line.position, direction: line.direction });
  if (!detailed) return title;
  const villages = line.villageIds.map((id) => kit.places.village(id)?.names[locale] ?? id).join(', ');
  const facts = [
    ...(villages === '' ? [] : [villages]),
    ...(line.people === null ? [] : [t('plan-people', { count: grouped(line.people) })]),
    ...(line.cost === null ? [] : [t('plan-soms', { amount: grouped(line.cost) })]),
  ];
  return facts.length === 0 ? title : `${title}\n   ${facts.join(' · ')}`;
}

/** So many numbers of proposals stand below a line. */
const NUMBERS_SHOWN = 40;

/** All of one line. */
export function lineText(line: PlanLine, { t, kit, locale }: Desk): Text {
  const issue = line.issueNumber === null ? undefined : LOCAL_ISSUES[line.issueNumber - 1];
  const over = overfunding(line);
  const numbers = line.proposals.map(({ number }) => number);
  const lines = [
    ...(issue === undefined ? [] : [t('plan-line-issue', { issue: `${line.issueNumber}) ${issue[locale]}` })]),
    ...(line.problem === '' ? [] : [t('plan-line-problem', { problem: line.problem })]),
    ...line.villages.map(({ villageId, problem }) =>
      t('plan-line-village', { village: kit.places.village(villageId)?.names[locale] ?? villageId, problem }),
    ),
    ...beneficiaries(line, t),
    ...line.activities.map(({ activity, term, responsible }) =>
      [
        t('plan-line-activity', { activity }),
        ...(term === '' ? [] : [t('plan-line-term', { term })]),
        ...(responsible === '' ? [] : [t('plan-line-responsible', { responsible })]),
      ].join('; '),
    ),
    ...(line.cost === null ? [] : [t('plan-line-cost', { amount: grouped(line.cost) })]),
    ...line.fundings.map(({ source, amount }) => t('plan-line-funding', { source, amount: grouped(amount) })),
    ...(over > 0 ? [t('plan-line-over', { amount: grouped(over) })] : []),
    t('plan-line-proposals', { count: numbers.length }),
    ...(numbers.length === 0
      ? []
      : [`${numbers.slice(0, NUMBERS_SHOWN).join(', ')}${numbers.length > NUMBERS_SHOWN ? ' …' : ''}`]),
  ];
  const title: TextPart = bold(t('plan-line-short', { item: line.position, direction: line.direction }));
  return [title, `\n${lines.join('\n')}`];
}

function beneficiaries({ beneficiaries: total, women, men }: PlanLine, t: Desk['t']): string[] {
  if (total === null) return [];
  if (women === null || men === null) return [t('plan-line-beneficiaries', { total: grouped(total) })];
  const numbers = { total: grouped(total), women: grouped(women), men: grouped(men) };
  return [t('plan-line-beneficiaries-full', numbers)];
}
