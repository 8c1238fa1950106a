import { yearIn } from '../../core/dates.ts';
import type { Flow, Input, MediaItem, Option, Parsed } from '../../dialog/types.ts';
import { addLine } from '../../plans/add-line.ts';
import { createPlan } from '../../plans/create-plan.ts';
import { findLineOf, findPlan, getPlan, listPlans } from '../../plans/queries.ts';
import { FIRST_YEAR, LAST_YEAR, shorten } from '../../plans/rules.ts';
import { findByNumbers } from '../../plans/set-line-proposals.ts';
import type { Kit } from '../kit.ts';
import { textOf } from './plan-answers.ts';
import { moreScreen } from './plan-decisions.ts';
import { act, type Desk, go, look, openDesk, type PlanArgs, type PlanPlace } from './plan-desk.ts';
import { askTemplate } from './plan-files.ts';
import { lineScreen } from './plan-line.ts';
import { suggestScreen } from './plan-suggestions.ts';
import { planText, summarize } from './plan-text.ts';

/** The working group makes the plan of a year: lines out of proposals, their order, the file, the approval. */
export const plan: Flow<Kit, PlanArgs> = {
  name: 'plan',
  version: 1,
  async run(d, kit, args) {
    const desk = await openDesk(d, kit, args);
    if (desk === null) return;
    const place = args.at?.planId === undefined ? await findPlace(desk, args) : args.at;
    if (place?.planId === undefined) return;
    const { planId, lineId, screen } = place;
    if (screen === 'suggest') return suggestScreen(desk, planId);
    if (screen === 'more') return moreScreen(desk, planId);
    if (lineId !== undefined) return lineScreen(desk, planId, lineId);
    return planScreen(desk, planId);
  },
};

/** What the words behind the command mean; without them, or where they mean nothing, the year is asked for. */
async function findPlace(desk: Desk, { about }: PlanArgs): Promise<Omit<PlanPlace, 'municipalityId'> | null> {
  const { municipalityId } = desk.office;
  if (about !== '') {
    const found = await look(desk, 'about', async (db) => {
      const year = asYear(about);
      if (year !== null) return { planId: (await findPlan(db, municipalityId, year))?.id };
      const [proposalId] = (await findByNumbers(db, municipalityId, [about])).ids;
      const line = proposalId === undefined ? null : await findLineOf(db, { municipalityId, proposalId });
      return line === null ? {} : { planId: line.planId, lineId: line.lineId };
    });
    if (found === null) return null;
    const { planId, ...rest } = found;
    if (planId !== undefined) return { planId, ...rest };
  }
  return askYear(desk);
}

async function askYear(desk: Desk): Promise<{ planId: number } | null> {
  const { d, t, office, rights } = desk;
  const mayBegin = rights.includes('plans.edit');
  const known = await look(desk, 'plans', (db) => listPlans(db, office.municipalityId));
  if (known === null) return null;
  const zone = desk.kit.places.municipality(office.municipalityId).timeZone;
  const thisYear = await d.remember('this-year', (ctx) => yearIn(ctx.clock.now(), zone));
  const fresh = [thisYear + 1, thisYear].filter((year) => mayBegin && !known.some((one) => one.year === year));
  const options: Option[] = [
    ...known.map(({ id, year, status }) => ({
      id: `p-${id}`,
      label: t('plan-option', { year: String(year), status: t(`plan-status-${status}`) }),
      spellings: [String(year)],
    })),
    ...fresh.map((year) => ({
      id: `y-${year}`,
      label: t('plan-option-new', { year: String(year) }),
      spellings: [String(year)],
    })),
  ];
  if (options.length === 0) {
    await d.say(t('plan-none'));
    return null;
  }
  const answer = await d.choose<{ year: number }>('year', t('plan-ask-year'), options, {
    other: (input) => {
      const year = input.kind === 'text' && mayBegin ? asYear(input.text) : null;
      return year === null ? { refuse: null } : { value: { year } };
    },
  });
  if (typeof answer === 'string' && answer.startsWith('p-')) return { planId: Number(answer.slice(2)) };
  const year = typeof answer === 'string' ? Number(answer.slice(2)) : answer.year;
  return act(desk, 'create', (ctx) => createPlan(ctx, { municipalityId: office.municipalityId, year }));
}

function asYear(text: string): number | null {
  const year = /^\s*(\d{4})\s*$/.test(text) ? Number(text) : 0;
  return year >= FIRST_YEAR && year <= LAST_YEAR ? year : null;
}

/** Lines first, so that a typed number is the line's own. */
async function planScreen(desk: Desk, planId: number): Promise<void> {
  const { d, t, rights } = desk;
  const shown = await look(desk, 'plan', async (db) => summarize(await getPlan(db, planId)));
  if (shown === null) return;
  const mayEdit = rights.includes('plans.edit') && shown.status !== 'approved';
  const options: Option[] = [
    ...shown.lines.map(({ id, position, direction }) => ({
      id: `l-${id}`,
      label: shorten(t('plan-line-short', { item: position, direction }), 40),
    })),
    ...(mayEdit ? [{ id: 'suggest', label: t('btn-plan-suggest'), pinned: true }] : []),
    ...(mayEdit ? [{ id: 'new', label: t('btn-plan-new-line'), pinned: true }] : []),
    { id: 'more', label: t(mayEdit ? 'btn-plan-more' : 'btn-plan-files'), pinned: true },
  ];
  const answer = await d.choose<MediaItem>('plan', planText(shown, desk), options, { other: aDocument });
  if (typeof answer !== 'string') {
    await askTemplate(desk, answer);
    return go(desk, { planId });
  }
  if (answer === 'suggest' || answer === 'more') return go(desk, { planId, screen: answer });
  if (answer !== 'new') return go(desk, { planId, lineId: Number(answer.slice(2)) });
  const direction = await d.ask('new-text', t('plan-ask-direction'), { parse: textOf(t, 300) });
  const added = await act(desk, 'add', (ctx) =>
    addLine(ctx, { planId, revision: shown.revision, fields: { direction } }),
  );
  return go(desk, added === null ? { planId } : { planId, lineId: added.lineId });
}

/** A file that is sent while a plan is open is meant as its template. */
function aDocument(input: Input): Parsed<MediaItem> {
  const [file] = input.kind === 'media' ? input.media : [];
  return file?.kind === 'document' ? { value: file } : { refuse: null };
}
