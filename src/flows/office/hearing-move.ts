import { callOffHearing, moveHearing } from '../../announcements/move-hearing.ts';
import { addDays, dayIn, parseComingDay } from '../../core/days.ts';
import { closeTo } from '../../core/folding.ts';
import type { Translate } from '../../core/texts.ts';
import { parseTime } from '../../core/times.ts';
import { instantAt, timeIn } from '../../core/zoned.ts';
import type { Input, Parsed } from '../../dialog/types.ts';
import type { HearingProblem } from '../../hearings/errors.ts';
import { MAX_LINE_LENGTH } from '../../hearings/rules.ts';
import { matchVillage } from '../../places/suggest-village.ts';
import { frameOf, placeOf } from '../hearing-view.ts';
import { villageOptions } from '../kit.ts';
import { OWN_WORDS, ownWords } from './free-words.ts';
import { attempt, type HearingDesk } from './hearing-room.ts';

/** Another day, time or place; everybody who got the notice is told. */
export async function move(desk: HearingDesk): Promise<'hearing'> {
  const { d, t, hearing } = desk;
  const startsAt = await askStart(desk);
  const villageId = await askVillage(desk);
  const building = await askPlace(desk);
  const changes = { startsAt: new Date(startsAt), villageId, building };
  const shown = await d.remember('both', (ctx) => {
    const frame = frameOf(ctx, desk.kit, desk.locale);
    const own = { municipalityId: desk.municipality.id };
    const before = placeOf({ ...own, ...hearing, startsAt: new Date(hearing.startsAt) }, frame);
    return { before, after: placeOf({ ...own, ...changes }, frame) };
  });
  if (shown.before === shown.after) {
    await d.say(t('hearing-move-same'));
    return 'hearing';
  }
  const prompt = [t('hearing-move-check', shown), t('hearing-move-now', shown), t('hearing-move-sure')].join('\n');
  const sure = await d.confirm('sure', prompt, { yes: t('btn-hearing-change-yes'), no: t('btn-no') });
  if (!sure) {
    await d.say(t('hearing-move-same'));
    return 'hearing';
  }
  const { id: hearingId, revision } = hearing;
  const tried = await attempt(desk, 'move', (ctx) => moveHearing(ctx, { hearingId, revision, changes }));
  if ('problem' in tried) await d.say(told(tried.problem, t));
  else await d.say(t('hearing-move-done', { count: tried.value.told }));
  return 'hearing';
}

/** Calls it off; everybody who got the notice is told why. */
export async function callOff(desk: HearingDesk): Promise<'hearing'> {
  const { d, t, hearing } = desk;
  const reason = await d.ask(OWN_WORDS, t('hearing-cancel-ask'), { parse: ownWords(t, MAX_LINE_LENGTH) });
  const labels = { yes: t('btn-hearing-cancel-yes'), no: t('btn-no') };
  if (!(await d.confirm('sure', t('hearing-cancel-sure', { reason }), labels))) {
    await d.say(t('hearing-move-same'));
    return 'hearing';
  }
  const { id: hearingId, revision } = hearing;
  const tried = await attempt(desk, 'cancel', (ctx) => callOffHearing(ctx, { hearingId, revision, reason }));
  if ('problem' in tried) await d.say(told(tried.problem, t));
  else await d.say(t('hearing-cancel-done', { count: tried.value.told }));
  return 'hearing';
}

function told(problem: 'changed' | HearingProblem, t: Translate): string {
  if (problem === 'past') return t('hearing-time-past');
  if (problem === 'canceled') return t('hearing-called-off');
  return t(problem === 'held' ? 'hearing-over' : 'hearing-changed');
}

/** A day and a time that are yet to come, as an ISO text. */
async function askStart({ d, t, hearing, municipality }: HearingDesk): Promise<string> {
  const { timeZone } = municipality;
  const old = new Date(hearing.startsAt);
  const now = await d.remember('now', (ctx) => ctx.clock.now().toISOString());
  const today = dayIn(new Date(now), timeZone);
  // a day that is past cannot be kept
  const sameDay = dayIn(old, timeZone) < today ? [] : [{ id: 'same', label: t('btn-same-day') }];
  for (;;) {
    const day = await d.choose<{ day: string }>('day', t('hearing-move-day'), sameDay, {
      other: parseNewDay(t, today),
    });
    const time = await d.choose<{ time: string }>(
      'time',
      t('hearing-move-time'),
      [{ id: 'same', label: t('btn-same-time') }],
      {
        other: parseNewTime(t),
      },
    );
    const at = instantAt(
      typeof day === 'string' ? dayIn(old, timeZone) : day.day,
      typeof time === 'string' ? timeIn(old, timeZone) : time.time,
      timeZone,
    );
    if (at > new Date(now)) return at.toISOString();
    await d.say(t('hearing-time-past'));
  }
}

/** A slip of the finger, rather than a plan. */
const FARTHEST = '2099-12-31';
const NEAR: readonly (readonly [number, readonly string[]])[] = [
  [0, ['бүгүн', 'сегодня', 'today']],
  [1, ['эртең', 'завтра', 'tomorrow']],
];

function parseNewDay(t: Translate, today: string): (input: Input) => Parsed<{ day: string }> {
  return (input) => {
    if (input.kind !== 'text') return { refuse: t('words-only') };
    const near = NEAR.find(([, words]) => words.some((word) => closeTo(word, input.text)));
    const day = near === undefined ? parseComingDay(input.text, today) : addDays(today, near[0]);
    if (day === null || day > FARTHEST) return { refuse: t('hearing-day-wrong') };
    return day < today ? { refuse: t('hearing-day-past') } : { value: { day } };
  };
}

function parseNewTime(t: Translate): (input: Input) => Parsed<{ time: string }> {
  return (input) => {
    const time = input.kind === 'text' ? parseTime(input.text) : null;
    return time === null ? { refuse: t('hearing-time-wrong') } : { value: { time } };
  };
}

async function askVillage({ d, kit, t, locale, municipality, hearing }: HearingDesk): Promise<string> {
  const villages = await d.remember('villages', () =>
    villageOptions(kit.places, locale, municipality.villages, [hearing.villageId]),
  );
  return d.choose<string>('village', t('hearing-move-village'), villages, {
    other: (input) => {
      const id = input.kind === 'text' ? matchVillage(input.text, municipality.villages) : null;
      return id === null ? { refuse: null } : { value: id };
    },
    misunderstood: t('village-unknown'),
  });
}

async function askPlace({ d, t, hearing }: HearingDesk): Promise<string> {
  const parse = ownWords(t, MAX_LINE_LENGTH);
  const chosen = await d.choose<{ place: string }>(
    OWN_WORDS,
    t('hearing-move-place'),
    [{ id: 'same', label: t('btn-same-place') }],
    {
      other: (input) => {
        const read = parse(input);
        return 'refuse' in read ? read : { value: { place: read.value } };
      },
    },
  );
  return typeof chosen === 'string' ? hearing.building : chosen.place;
}
