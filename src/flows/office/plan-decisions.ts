import { dayIn } from '../../core/days.ts';
import type { Option } from '../../dialog/types.ts';
import { approvePlan } from '../../plans/approve-plan.ts';
import { markHeard } from '../../plans/mark-heard.ts';
import { getPlan } from '../../plans/queries.ts';
import { dayOfAnswer, textOf } from './plan-answers.ts';
import { act, type Desk, describeUnplannable, go, look } from './plan-desk.ts';
import { askFile, askVersion, templateScreen } from './plan-files.ts';
import { type PlanSummary, summarize } from './plan-text.ts';

/** What is wanted of a plan less often than its lines. */
export async function moreScreen(desk: Desk, planId: number): Promise<void> {
  const { d, t } = desk;
  const plan = await look(desk, 'plan', async (db) => summarize(await getPlan(db, planId)));
  if (plan === null) return;
  const answer = await d.choose('more', t('plan-ask-more'), moreOptions(plan, desk));
  switch (answer) {
    case 'years':
      return go(desk);
    case 'file':
      await askFile(desk, planId);
      break;
    case 'template':
      await templateScreen(desk);
      break;
    case 'versions':
      await askVersion(desk, planId);
      break;
    case 'heard':
      await heard(desk, plan);
      break;
    case 'approve':
      await approve(desk, plan);
      break;
    default:
  }
  return go(desk, { planId });
}

function moreOptions({ status }: PlanSummary, { t, rights }: Desk): Option[] {
  const open = status !== 'approved';
  const option = (id: string, label: string, offered: boolean) => (offered ? [{ id, label }] : []);
  return [
    ...option('file', t('btn-plan-file'), rights.includes('exports.make')),
    ...option('heard', t('btn-plan-heard'), open && rights.includes('plans.edit')),
    ...option('approve', t('btn-plan-approve'), open && rights.includes('plans.approve')),
    ...option('versions', t('btn-plan-versions'), rights.includes('exports.make')),
    ...option('template', t('btn-plan-template'), rights.includes('exports.make')),
    ...option('years', t('btn-plan-years'), true),
    ...option('back', t('btn-plan-back'), true),
  ];
}

async function heard(desk: Desk, { id: planId, revision, lines }: PlanSummary): Promise<void> {
  const { d, t } = desk;
  if (lines.length === 0) return d.say(t('plan-not-empty'));
  const heardOn = await d.ask('heard-on', t('plan-ask-heard', { example: await today(desk) }), {
    parse: dayOfAnswer(t),
  });
  const done = await act(desk, 'heard', (ctx) => markHeard(ctx, { planId, revision, heardOn }));
  if (done !== null) await d.say(t('plan-heard', { version: done.version }));
}

async function approve(desk: Desk, { id: planId, revision, lines }: PlanSummary): Promise<void> {
  const { d, t, kit, office, locale } = desk;
  if (lines.length === 0) return d.say(t('plan-not-empty'));
  const kenesh = t('plan-body', { aimak: kit.places.municipality(office.municipalityId).names[locale] });
  const words = textOf(t, 200);
  const chosen = await d.choose<{ body: string }>('new-text', t('plan-ask-body'), [{ id: 'kenesh', label: kenesh }], {
    other: (input) => {
      const parsed = words(input);
      return 'value' in parsed ? { value: { body: parsed.value } } : parsed;
    },
  });
  const body = typeof chosen === 'string' ? kenesh : chosen.body;
  const date = await d.ask('approved-on', t('plan-ask-approved', { example: await today(desk) }), {
    parse: dayOfAnswer(t),
  });
  const number = await d.ask('document', t('plan-ask-document'), { parse: words });
  const count = lines.reduce((sum, { proposals }) => sum + proposals, 0);
  const labels = { yes: t('btn-plan-approve-yes'), no: t('btn-plan-approve-no') };
  if (!(await d.confirm('sure', t('plan-ask-approve', { count }), labels))) return;
  const done = await act(desk, 'approve', (ctx) => approvePlan(ctx, { planId, revision, body, date, number }));
  if (done === null) return;
  if (done.already) return d.say(t('plan-approved-before'));
  await d.say(t('plan-approved-now', { planned: done.planned, told: done.told }));
  if (done.skipped.length === 0) return;
  const skipped = done.skipped.slice(0, 50).map((one) => describeUnplannable(one, t));
  await d.say([t('plan-skipped'), ...skipped].join('\n'));
}

/** As an example of how a date is written: 22.11.2026. */
function today({ d, kit, office }: Desk): Promise<string> {
  const zone = kit.places.municipality(office.municipalityId).timeZone;
  return d.remember('today', (ctx) => {
    const [year, month, day] = dayIn(ctx.clock.now(), zone).split('-');
    return `${day}.${month}.${year}`;
  });
}
