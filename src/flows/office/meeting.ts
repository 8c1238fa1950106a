import { addDays, dayIn } from '../../core/days.ts';
import { DEFAULT_LOCALE, type Locale, type Translate, translator } from '../../core/texts.ts';
import type { Dialog, Flow, Option } from '../../dialog/types.ts';
import { getMeeting, listMeetings, MeetingNotFoundError } from '../../meetings/queries.ts';
import { cancelMeeting, MeetingRefusedError, recordMeeting } from '../../meetings/record-meeting.ts';
import { type Sheet, showSheets } from '../../meetings/show-sheets.ts';
import type { MeetingKind } from '../../meetings/tables.ts';
import type { Municipality } from '../../places/places.ts';
import { matchVillage } from '../../places/suggest-village.ts';
import { hasRight } from '../../staff/rights.ts';
import { asStaff, isElsewhere, type Kit, type Opened, orElsewhere, villageOptions } from '../kit.ts';
import { MAX_FILES } from '../proposal-draft.ts';
import type { PaperArgs } from './enter-paper.ts';
import { sayFiles } from './inbox-card.ts';
import {
  type Ages,
  type Attendance,
  kindOf,
  kindOptions,
  meetingText,
  parseAges,
  parseAttendance,
  parseHeldOn,
} from './meeting-card.ts';
import { enterOffice, type Office } from './office.ts';
import { meetingLabel } from './paper-card.ts';

/** As many as a keyboard with pages holds in comfort. */
const LISTED = 30;

interface Room {
  readonly kit: Kit;
  readonly office: Office;
  readonly municipality: Municipality;
  readonly locale: Locale;
  readonly t: Translate;
}

/** Village meetings: what took place is listed and recorded; from each one leads to entering its proposals. */
export const meeting: Flow<Kit, Opened> = {
  name: 'meeting',
  version: 1,
  async run(d, kit) {
    const office = await enterOffice(d, kit, 'meetings.record');
    if (office === null) return;
    const locale = kit.locale ?? DEFAULT_LOCALE;
    const municipality = kit.places.municipality(office.municipalityId);
    const room: Room = { kit, office, municipality, locale, t: translator(locale) };
    for (let isFirst = true; ; isFirst = false) {
      const which = await chooseMeeting(d, room);
      if (which === 'elsewhere') return kit.next({ again: true });
      // whoever took the last one back has not asked for a new one
      if (which === 'none' && !isFirst) return;
      const goesOn = which === 'new' || which === 'none' ? await record(d, room) : await open(d, room, which);
      if (!goesOn) return;
    }
  },
};

async function chooseMeeting(
  d: Dialog,
  { kit, office, locale, t }: Room,
): Promise<number | 'new' | 'none' | 'elsewhere'> {
  const list = await d.remember('list', async (ctx) => {
    const all = await listMeetings(ctx.tx ?? ctx.db, { municipalityId: office.municipalityId, limit: LISTED });
    return all.map((one): Option => ({ id: String(one.id), label: meetingLabel(one, locale, kit.places) }));
  });
  if (list.length === 0) return 'none';
  const options = [{ id: 'new', label: t('btn-meeting-new') }, ...list];
  const chosen = await d.choose('which', t('meeting-list', { count: list.length }), options, orElsewhere);
  if (isElsewhere(chosen)) return 'elsewhere';
  return chosen === 'new' ? 'new' : Number(chosen);
}

interface MeetingDraft extends Attendance {
  readonly villageId: string;
  readonly kind: MeetingKind;
  readonly heldOn: string;
  readonly ages: Ages | null;
  readonly mediaIds: readonly number[];
}

/** Asks, shows all of it, stores it. False: the conversation is over. */
async function record(d: Dialog, room: Room): Promise<boolean> {
  const { kit, t, locale } = room;
  const draft = await askMeeting(d, room);
  const { ages, mediaIds } = draft;
  const bands = { age14: ages?.age14 ?? null, age29: ages?.age29 ?? null, age55: ages?.age55 ?? null };
  const shown = meetingText(
    { ...draft, ...bands, photoCount: mediaIds.length, proposalCount: null },
    kit.places,
    locale,
  );
  const isRight = await d.confirm('check', `${shown}\n${t('meeting-save')}`, {
    yes: t('btn-meeting-save'),
    no: t('btn-cancel'),
  });
  const id = isRight ? await store(d, room, draft) : null;
  if (id === null) {
    await d.say(t('meeting-dropped'));
    return false;
  }
  const options = [
    { id: 'enter', label: t('btn-meeting-enter') },
    { id: 'list', label: t('btn-to-list') },
  ];
  const next = await d.choose('saved', t('meeting-saved'), options, orElsewhere);
  if (isElsewhere(next)) kit.next({ again: true });
  if (next === 'enter') enterProposals(kit, id, draft.villageId);
  return next === 'list';
}

async function askMeeting(d: Dialog, { kit, t, locale, municipality }: Room): Promise<MeetingDraft> {
  const villages = await d.remember('villages', () => villageOptions(kit.places, locale, municipality.villages, []));
  const villageId = await d.choose<string>('village', t('meeting-ask-village'), villages, {
    other: (input) => {
      const id = input.kind === 'text' ? matchVillage(input.text, municipality.villages) : null;
      return id === null ? { refuse: null } : { value: id };
    },
    misunderstood: t('village-unknown'),
  });
  const kind = kindOf(await d.choose('kind', t('meeting-ask-kind'), kindOptions(t)));
  const heldOn = await askDay(d, t, municipality.timeZone);
  const { people, women } = await d.ask('people', t('meeting-ask-people'), { parse: parseAttendance(t) });
  const ages = await d.ask('ages', t('meeting-ask-ages'), { parse: parseAges(t, people), optional: true });
  const photos = await d.attachments('photos', t('meeting-ask-photo'), {
    max: MAX_FILES,
    optional: true,
    added: (count) => t('photo-added', { count }),
  });
  return { villageId, kind, heldOn, people, women, ages, mediaIds: photos.map(({ id }) => id) };
}

async function askDay(d: Dialog, t: Translate, timeZone: string): Promise<string> {
  const today = await d.remember('today', (ctx) => dayIn(ctx.clock.now(), timeZone));
  const days = [
    { id: 'today', label: t('btn-meeting-today'), spellings: ['бүгүн', 'сегодня', 'today'] },
    { id: 'yesterday', label: t('btn-meeting-yesterday'), spellings: ['кечээ', 'вчера', 'yesterday'] },
  ];
  const day = await d.choose<string>('day', t('meeting-ask-date'), days, { other: parseHeldOn(t, today) });
  return day === 'today' ? today : day === 'yesterday' ? addDays(today, -1) : day;
}

/** The id; null: the village left the catalogue in the meantime. */
function store(d: Dialog, { office }: Room, draft: MeetingDraft): Promise<number | null> {
  return d.effect('record', async (ctx) => {
    try {
      return (await recordMeeting(asStaff(ctx, office.staffId), { ...draft, mediaIds: [...draft.mediaIds] })).id;
    } catch (error) {
      if (error instanceof MeetingRefusedError) return null;
      throw error;
    }
  });
}

/** One meeting and what may be done with it. False: the conversation is over. */
async function open(d: Dialog, room: Room, id: number): Promise<boolean> {
  const { kit, t, locale, office } = room;
  const shown = await d.remember('item', async (ctx) => {
    const found = await getMeeting(ctx.tx ?? ctx.db, office.municipalityId, id).catch(nullWhereGone);
    if (found === null) return null;
    const { villageId, heldOn, photoCount } = found;
    const sheets =
      photoCount > 0 && kit.staff.some((one) => one.staffId === office.staffId && hasRight(one.role, 'exports.names'));
    const label = meetingLabel(found, locale, null);
    return { villageId, heldOn, label, sheets, text: meetingText(found, kit.places, locale) };
  });
  if (shown === null) {
    await d.say(t('meeting-gone'));
    return true;
  }
  const options = [
    { id: 'enter', label: t('btn-meeting-enter') },
    ...(shown.sheets ? [{ id: 'sheets', label: t('btn-meeting-sheets') }] : []),
    { id: 'cancel', label: t('btn-meeting-cancel') },
    { id: 'list', label: t('btn-to-list') },
  ];
  let answer = await d.choose('item', shown.text, options, orElsewhere);
  while (answer === 'sheets') {
    const { label: number, heldOn: fileName } = shown;
    const files = await findSheets(d, office, id);
    await sayFiles(d, kit, t, { number, fileName, files });
    const missing = files.filter(({ path }) => path === null).length;
    if (missing > 0) await d.say(t('inbox-files-pending', { count: missing }));
    answer = await d.choose('item', shown.text, options, orElsewhere);
  }
  if (isElsewhere(answer)) kit.next({ again: true });
  if (answer === 'enter') enterProposals(kit, id, shown.villageId);
  if (answer === 'cancel' && (await d.confirm('sure', t('meeting-cancel-ask')))) {
    await d.effect('cancel', (ctx) => cancelMeeting(asStaff(ctx, office.staffId), id));
    await d.say(t('meeting-canceled'));
  }
  return answer === 'list' || answer === 'cancel';
}

function findSheets(d: Dialog, { staffId, municipalityId }: Office, meetingId: number): Promise<Sheet[]> {
  return d.effect('sheets', async (ctx) => {
    const found = await showSheets(asStaff(ctx, staffId), { municipalityId, meetingId }).catch(nullWhereGone);
    return found ?? [];
  });
}

function nullWhereGone(error: unknown): null {
  if (error instanceof MeetingNotFoundError) return null;
  throw error;
}

function enterProposals(kit: Kit, meetingId: number, villageId: string): void {
  kit.next({ start: 'register', args: { about: '', pile: { villageId, meetingId, count: 0 } } satisfies PaperArgs });
}
