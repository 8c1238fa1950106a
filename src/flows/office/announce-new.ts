import { createAnnouncement } from '../../announcements/create-announcement.ts';
import { MAX_TEXT_LENGTH } from '../../announcements/input.ts';
import { listAnnouncements } from '../../announcements/queries.ts';
import { APPROVED_PLANS, type Approval } from '../../announcements/tables.ts';
import { addDays, dayIn, parseDay } from '../../core/days.ts';
import { createHearing } from '../../hearings/create-hearing.ts';
import { MAX_AGENDA_LENGTH, MAX_TOPIC_LENGTH } from '../../hearings/rules.ts';
import type { HearingKind, LocalTexts } from '../../hearings/tables.ts';
import type { CalendarItem } from '../../places/catalogue.ts';
import { askHearingKind, askLine, askLineOr, askOptionalTexts, askTexts, askVillage } from './announce-ask.ts';
import { act, type Desk, go } from './announce-desk.ts';
import { askWhen, daysAfter } from './announce-when.ts';

/** A new announcement: the few questions that have no default, then its card. */
export async function newScreen(desk: Desk, itemId: string | undefined): Promise<void> {
  const { d, t, municipality } = desk;
  if (!desk.may('announcements.prepare')) return d.say(t('no-right'));
  const item = await d.remember('item', () => {
    return municipality.settings.calendar.find(({ id }) => id === itemId)?.notice ?? null;
  });
  if (itemId !== undefined) await d.say(t(item === null ? 'announce-calendar-gone' : 'announce-from-calendar'));
  const kind = item?.kind ?? (await askKind(desk));
  if (kind === 'list' || kind === 'templates') return go(desk, { screen: kind });
  const id = await create(desk, kind, item);
  return id === null ? go(desk, { screen: 'list' }) : go(desk, { id });
}

const BEGUN = ['hearing', 'plan_approval', 'other', 'list', 'templates'] as const;
type Begun = (typeof BEGUN)[number];
type Kind = Exclude<Begun, 'list' | 'templates'>;

async function askKind(desk: Desk): Promise<Begun> {
  const { d, t, office } = desk;
  const earlier = await d.remember('earlier', async (ctx) => {
    const { municipalityId } = office;
    return (await listAnnouncements(ctx.tx ?? ctx.db, { municipalityId, limit: 1 })).length > 0;
  });
  const options = [
    { id: 'hearing', label: t('btn-announce-hearing') },
    { id: 'plan_approval', label: t('btn-announce-approval') },
    { id: 'other', label: t('btn-announce-other') },
    ...(earlier ? [{ id: 'list', label: t('btn-announce-earlier') }] : []),
    ...(desk.may('announcements.release') ? [{ id: 'templates', label: t('btn-announce-templates') }] : []),
  ];
  const chosen = await d.choose('kind', t('announce-ask-kind'), options);
  return BEGUN.find((one) => one === chosen) ?? 'other';
}

/** The number of the draft; null: it was refused, and they were told. */
async function create(desk: Desk, kind: Kind, item: CalendarItem['notice'] | null): Promise<number | null> {
  const { t, office } = desk;
  const { municipalityId } = office;
  if (kind === 'hearing') {
    const { startsAt, ...fields } = await askHearing(desk, item?.kind === 'hearing' ? item : null);
    return act(desk, 'create', async (ctx) => {
      const hearing = await createHearing(ctx, { municipalityId, ...fields, startsAt });
      return (await createAnnouncement(ctx, { municipalityId, kind, hearingId: hearing.id })).id;
    });
  }
  if (kind === 'plan_approval') {
    const approval = await askApproval(desk, item?.kind === 'plan_approval' ? item.plan : null);
    return act(desk, 'create', async (ctx) => (await createAnnouncement(ctx, { municipalityId, kind, approval })).id);
  }
  const texts = await askTexts(desk, t('announce-ask-text'), MAX_TEXT_LENGTH);
  return act(desk, 'create', async (ctx) => (await createAnnouncement(ctx, { municipalityId, kind, texts })).id);
}

interface NewHearing {
  readonly kind: HearingKind;
  readonly topic: LocalTexts;
  readonly startsAt: Date;
  readonly villageId: string;
  readonly building: string;
}

async function askHearing(
  desk: Desk,
  known: Extract<CalendarItem['notice'], { kind: 'hearing' }> | null,
): Promise<NewHearing> {
  const { t } = desk;
  const kind = known?.hearing ?? (await askHearingKind(desk));
  const topic = known?.topic ?? (await askTexts(desk, t('announce-ask-topic'), MAX_TOPIC_LENGTH));
  const startsAt = await askStart(desk);
  const villageId = await askVillage(desk);
  const building = await askLine(desk, t('announce-ask-building'));
  return { kind, topic, startsAt, villageId, building };
}

/** When a hearing begins; offered are days from which the rule of the notice period holds. */
export function askStart(desk: Desk): Promise<Date> {
  const { noticeDays } = desk.municipality.settings;
  return askWhen(desk, { prompt: desk.t('announce-ask-start'), days: (today) => daysAfter(today, noticeDays) });
}

async function askApproval(desk: Desk, known: Approval['plan'] | null): Promise<Approval> {
  const { d, t } = desk;
  const plan = known ?? (await askPlan(desk));
  const body = await askBody(desk);
  const date = await askApprovedOn(desk);
  const number = await askLine(desk, t('plan-ask-document'), 40);
  const [file] = await d.attachments('file', t('announce-ask-approval-file'), { max: 1, optional: true });
  const takenIn = await askOptionalTexts(desk, t('announce-ask-taken'), MAX_AGENDA_LENGTH);
  return { plan, body, date, number, mediaId: file?.id ?? null, takenIn };
}

export async function askPlan({ d, t }: Desk): Promise<Approval['plan']> {
  const options = APPROVED_PLANS.map((id) => ({ id, label: t(`approved-${id}`) }));
  const chosen = await d.choose('plan', t('announce-ask-plan'), options);
  return APPROVED_PLANS.find((id) => id === chosen) ?? 'jap';
}

export async function askBody(desk: Desk): Promise<string> {
  const { t, municipality, locale } = desk;
  const kenesh = await desk.d.remember('kenesh', () => t('plan-body', { aimak: municipality.names[locale] }));
  const answer = await askLineOr(desk, t('announce-ask-body'), [{ id: 'kenesh', label: kenesh }]);
  return typeof answer === 'string' ? answer : kenesh;
}

/** A day up to today. */
export async function askApprovedOn({ d, t, municipality }: Desk): Promise<string> {
  const today = await d.remember('today', (ctx) => dayIn(ctx.clock.now(), municipality.timeZone));
  const options = [
    { id: 'today', label: t('btn-meeting-today'), spellings: ['бүгүн', 'сегодня', 'today'] },
    { id: 'yesterday', label: t('btn-meeting-yesterday'), spellings: ['кечээ', 'вчера', 'yesterday'] },
  ];
  const chosen = await d.choose<{ day: string }>('approved-on', t('announce-ask-approved-on'), options, {
    other: (input) => {
      const day = input.kind === 'text' ? parseDay(input.text, today) : null;
      if (day === null) return { refuse: t('plan-bad-date') };
      return day > today ? { refuse: t('plan-future') } : { value: { day } };
    },
  });
  if (typeof chosen !== 'string') return chosen.day;
  return chosen === 'today' ? today : addDays(today, -1);
}
