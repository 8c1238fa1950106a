import type { Option } from '../../dialog/types.ts';
import { editLine } from '../../plans/edit-line.ts';
import { LOCAL_ISSUES } from '../../plans/local-issues.ts';
import { moveLine, removeLine } from '../../plans/order-lines.ts';
import { getPlan, type PlanLine } from '../../plans/queries.ts';
import type { LineFields } from '../../plans/rules.ts';
import { findByNumbers, setLineProposals } from '../../plans/set-line-proposals.ts';
import { activitiesOf, costOf, fundingsOf, numberOf, numbersOf, peopleOf, textOf } from './plan-answers.ts';
import { act, type Desk, describeUnplannable, go, look } from './plan-desk.ts';
import { lineText } from './plan-text.ts';

/** One line and what may be done with it. */
export async function lineScreen(desk: Desk, planId: number, lineId: number): Promise<void> {
  const { d, rights } = desk;
  const shown = await look(desk, 'line', async (db) => {
    const plan = await getPlan(db, planId);
    const line = plan.lines.find(({ id }) => id === lineId);
    return line === undefined
      ? null
      : { ...small(line), revision: plan.revision, count: plan.lines.length, open: plan.status !== 'approved' };
  });
  if (shown === null) return go(desk, { planId });
  const mayEdit = rights.includes('plans.edit') && shown.open;
  const answer = await d.choose('line', lineText(shown, desk), lineOptions(shown, desk, mayEdit));
  if (answer === 'back') return go(desk, { planId });
  const at = { planId, revision: shown.revision, lineId };
  const position = { up: shown.position - 1, down: shown.position + 1 }[answer];
  if (position !== undefined) await act(desk, 'move', (ctx) => moveLine(ctx, { ...at, position }));
  else if (answer === 'edit') await edit(desk, at, shown);
  else if (answer === 'remove') {
    if (await remove(desk, at, shown)) return go(desk, { planId });
  } else await changeProposals(desk, at, answer === 'numbers' ? 'add' : 'remove');
  return go(desk, { planId, lineId });
}

type ShownLine = PlanLine;

/** The words of its proposals are not shown, so they are not remembered. */
function small(line: PlanLine): ShownLine {
  return { ...line, proposals: line.proposals.map((proposal) => ({ ...proposal, text: '' })) };
}

function lineOptions(line: ShownLine & { count: number }, { t }: Desk, mayEdit: boolean): Option[] {
  const back = { id: 'back', label: t('btn-plan-back') };
  if (!mayEdit) return [back];
  return [
    { id: 'edit', label: t('btn-plan-edit') },
    ...(line.position > 1 ? [{ id: 'up', label: t('btn-plan-up') }] : []),
    ...(line.position < line.count ? [{ id: 'down', label: t('btn-plan-down') }] : []),
    { id: 'numbers', label: t('btn-plan-numbers') },
    ...(line.proposals.length > 0 ? [{ id: 'take-out', label: t('btn-plan-take-out') }] : []),
    { id: 'remove', label: t('btn-plan-remove') },
    back,
  ];
}

interface At {
  readonly planId: number;
  readonly revision: number;
  readonly lineId: number;
}

async function remove(desk: Desk, at: At, line: ShownLine): Promise<boolean> {
  const { d, t } = desk;
  const labels = { yes: t('btn-plan-remove-yes'), no: t('btn-plan-remove-no') };
  if (!(await d.confirm('sure', t('plan-ask-remove', { item: line.position }), labels))) return false;
  const removed = await act(desk, 'remove', (ctx) => removeLine(ctx, at));
  if (removed !== null) await d.say(t('plan-done-removed'));
  return removed !== null;
}

async function changeProposals(desk: Desk, at: At, how: 'add' | 'remove'): Promise<void> {
  const { d, t, office, kit } = desk;
  const { code } = kit.places.municipality(office.municipalityId);
  const example = `${code}-2026-0042, 43`;
  const numbers = await d.ask('numbers', t('plan-ask-numbers', { example }), { parse: numbersOf(t) });
  const found = await look(desk, 'found', (db) => findByNumbers(db, office.municipalityId, numbers));
  if (found === null) return;
  if (found.unknown.length > 0) {
    const lines = found.unknown.map((number) => describeUnplannable({ number, why: 'unknown' }, t));
    return d.say([t('plan-unplannable'), ...lines].join('\n'));
  }
  const done = await act(desk, 'proposals', (ctx) => setLineProposals(ctx, { ...at, [how]: found.ids }));
  if (done !== null) await d.say(t('plan-done-saved'));
}

const FIELDS = [
  'direction',
  'issue',
  'problem',
  'villages',
  'beneficiaries',
  'activities',
  'cost',
  'fundings',
  'position',
] as const;
type Field = (typeof FIELDS)[number];

/** One question a field. */
async function edit(desk: Desk, at: At, line: ShownLine): Promise<void> {
  const { d, t } = desk;
  const options = FIELDS.map((field) => ({ id: field, label: t(`btn-plan-${field}`) }));
  const field = (await d.choose('field', t('plan-ask-field'), options)) as Field;
  if (field === 'position') {
    const position = await d.ask('position', t('plan-ask-position'), { parse: numberOf(t) });
    await act(desk, 'move', (ctx) => moveLine(ctx, { ...at, position }));
    return;
  }
  const set = await ASKED[field](desk, line);
  const saved = await act(desk, 'edit', (ctx) => editLine(ctx, { ...at, set }));
  if (saved !== null) await d.say(t('plan-done-saved'));
}

const CLEAR = 'clear';

const ASKED: Readonly<
  Record<Exclude<Field, 'position'>, (desk: Desk, line: ShownLine) => Promise<Partial<LineFields>>>
> = {
  async direction({ d, t }) {
    return { direction: await d.ask('new-text', t('plan-ask-direction'), { parse: textOf(t, 300) }) };
  },
  async issue({ d, t, locale }) {
    const options = LOCAL_ISSUES.map((names, index) => ({
      id: String(index + 1),
      label: `${index + 1}) ${names[locale]}`,
    }));
    const none = { id: 'none', label: t('plan-issue-none'), pinned: true };
    const chosen = await d.choose('issue', t('plan-ask-issue'), [...options, none]);
    return { issueNumber: chosen === 'none' ? null : Number(chosen) };
  },
  async problem({ d, t }) {
    const problem = await d.choose<{ text: string }>('new-text', t('plan-ask-problem'), clear(t), {
      other: asObject(textOf(t, 4000)),
    });
    return { problem: typeof problem === 'string' ? '' : problem.text };
  },
  async villages(desk, line) {
    const { d, t, kit, locale, office } = desk;
    const villages = await d.remember('villages', () => {
      const own = kit.places.municipality(office.municipalityId).villages.map(({ id }) => id);
      return [...new Set([...line.villages.map(({ villageId }) => villageId), ...own])];
    });
    const names = villages.map((id) => ({ id, label: kit.places.village(id)?.names[locale] ?? id }));
    const villageId = await d.choose('village', t('plan-ask-village'), names);
    const village = names.find(({ id }) => id === villageId)?.label ?? villageId;
    const problem = await d.choose<{ text: string }>('new-text', t('plan-ask-village-problem', { village }), clear(t), {
      other: asObject(textOf(t, 2000)),
    });
    const others = line.villages.filter((one) => one.villageId !== villageId);
    if (typeof problem === 'string') return { villages: others };
    const place = line.villages.findIndex((one) => one.villageId === villageId);
    return {
      villages: others.toSpliced(place === -1 ? others.length : place, 0, { villageId, problem: problem.text }),
    };
  },
  async beneficiaries({ d, t }) {
    return { beneficiaries: await d.ask('people', t('plan-ask-beneficiaries'), { parse: peopleOf(t) }) };
  },
  async activities({ d, t }) {
    const given = await d.choose('activities', t('plan-ask-activities'), clear(t), { other: activitiesOf(t) });
    return { activities: typeof given === 'string' ? [] : given };
  },
  async cost({ d, t }) {
    return d.ask('cost', t('plan-ask-cost'), { parse: costOf(t) });
  },
  async fundings({ d, t }) {
    const given = await d.choose('fundings', t('plan-ask-fundings'), clear(t), { other: fundingsOf(t) });
    return { fundings: typeof given === 'string' ? [] : given };
  },
};

function clear(t: Desk['t']): Option[] {
  return [{ id: CLEAR, label: t('btn-plan-clear') }];
}

/** Words apart from the ids of options. */
function asObject(parse: ReturnType<typeof textOf>) {
  return (input: Parameters<typeof parse>[0]) => {
    const parsed = parse(input);
    return 'value' in parsed ? { value: { text: parsed.value } } : parsed;
  };
}
