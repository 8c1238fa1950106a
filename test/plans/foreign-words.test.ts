import { describe, expect, it } from 'vitest';
import { foreignItems } from '../../src/plans/foreign-words.ts';
import type { PlanLine, PlanView } from '../../src/plans/queries.ts';
import { karaSuuPlan } from './kara-suu-plan.ts';

/** The plan of Kara-Suu whose first line is changed. */
function planWith(line: Partial<PlanLine>, status: PlanView['status'] = 'draft'): PlanView {
  const plan = karaSuuPlan();
  return { ...plan, status, lines: plan.lines.map((one, at) => (at === 0 ? { ...one, ...line } : one)) };
}

const village = (problem: string) => ({ villages: [{ villageId: 'mantysh', problem }] });

describe('foreignItems', () => {
  it('has nothing to say of a plan in Cyrillic letters, in Kyrgyz or Russian', () => {
    expect(foreignItems(planWith({}))).toEqual([]);
    expect(foreignItems(planWith(village('Дороги плохие, нужен щебень')))).toEqual([]);
  });

  it.each([
    ['words of a resident', village('Ички жолдор бузулган; We need asphalt')],
    ['Kyrgyz in Latin letters', village('suu jok')],
    ['a single word that is all there is', { direction: 'Library' }],
    ['the problem of all villages', { problem: 'The streets are dark' }],
    ['an activity', { activities: [{ activity: 'Чырак', term: '2027', responsible: 'the school board' }] }],
    ['a source of money', { fundings: [{ source: 'World Bank', amount: 1 }] }],
  ])('names a line for %s in Latin letters', (_, line) => {
    expect(foreignItems(planWith(line))).toEqual([1]);
  });

  it.each(['Мектепке Wi-Fi керек', 'LED чырак', '3G жок, 4G да жок', 'XXI кылым, II этап', '2027'])(
    'takes «%s» for a sentence of the language',
    (problem) => {
      expect(foreignItems(planWith(village(problem)))).toEqual([]);
    },
  );

  it('says nothing once the plan is approved', () => {
    expect(foreignItems(planWith({ direction: 'Library' }, 'approved'))).toEqual([]);
  });
});
