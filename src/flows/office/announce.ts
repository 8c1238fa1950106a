import { dropDraft, whileShown } from '../../announcements/draft-hearing.ts';
import { openAnnouncement } from '../../announcements/open-announcement.ts';
import { findItsHearing, listAnnouncements } from '../../announcements/queries.ts';
import { prepareAnnouncement, releaseAnnouncement } from '../../announcements/release-announcement.ts';
import { testAnnouncement } from '../../announcements/test-send.ts';
import { titleOf } from '../../announcements/title.ts';
import type { Context } from '../../core/context.ts';
import { formatDate } from '../../core/dates.ts';
import type { Flow, Input, MediaItem, Option, Parsed } from '../../dialog/types.ts';
import { isElsewhere, type Kit, orElsewhere } from '../kit.ts';
import { readCard, type ShownCard } from './announce-card.ts';
import { addToCard, changeCard } from './announce-change.ts';
import { type AnnounceArgs, act, type Desk, go, look, openDesk, readId } from './announce-desk.ts';
import { newScreen } from './announce-new.ts';
import { previewCard } from './announce-preview.ts';
import { readWatch, type ShownWatch } from './announce-report.ts';
import { watchScreen } from './announce-watch.ts';
import { beginning } from './free-words.ts';

/** The okmotu announces hearings, approvals and whatever else, and follows what becomes of it. */
export const announce: Flow<Kit, AnnounceArgs> = {
  name: 'announce',
  version: 1,
  async run(d, kit, args) {
    const desk = await openDesk(d, kit, args);
    if (desk === null) return;
    const { id, screen, item } = args.at ?? placeOf(args.about);
    if (id !== undefined) return oneScreen(desk, id);
    if (screen === 'templates') return kit.next({ start: 'notices', args: { office: desk.office } });
    if (item !== undefined || screen === 'new') return newScreen(desk, item);
    return listScreen(desk, screen === 'list');
  },
};

/** What a button of a notice is about. */
function placeOf(about: string): { id?: number; screen?: undefined; item?: string } {
  const id = readId(about);
  if (id !== null) return { id };
  const [, item] = /^cal\.([a-z][a-z0-9_]{0,23})$/.exec(about) ?? [];
  return item === undefined ? {} : { item };
}

const OPEN = ['draft', 'prepared', 'released', 'running', 'paused'] as const;
const OVER = ['done', 'canceled'] as const;
/** As many as a keyboard with pages holds in comfort. */
const LISTED = 30;

/** The latest announcements; where nothing is under way or waiting, a new one begins at once, unless they are `asked` for. */
async function listScreen(desk: Desk, asked: boolean): Promise<void> {
  const { d, t, kit } = desk;
  const mayPrepare = desk.may('announcements.prepare');
  const list = await d.remember('list', (ctx) => readList(ctx, desk));
  if (!asked && mayPrepare && !list.some(({ open }) => open)) return newScreen(desk, undefined);
  if (list.length === 0 && !mayPrepare) return d.say(t('announce-none-yet'));
  const options: Option[] = [
    ...(mayPrepare ? [{ id: 'new', label: t('btn-announce-new') }] : []),
    ...list.map(({ id, label }) => ({ id: `a-${id}`, label })),
    ...(desk.may('announcements.release') ? [{ id: 'templates', label: t('btn-announce-templates') }] : []),
  ];
  const chosen = await d.choose('which', t('announce-list', { count: list.length }), options, orElsewhere);
  if (isElsewhere(chosen)) return kit.next({ again: true });
  if (chosen === 'new' || chosen === 'templates') return go(desk, { screen: chosen });
  go(desk, { id: Number(chosen.slice(2)) });
}

/** What is under way or waiting, then what is over; of each the latest first. */
async function readList(ctx: Context, { t, office, locale, municipality }: Desk) {
  const db = ctx.tx ?? ctx.db;
  const { municipalityId } = office;
  const open = await listAnnouncements(db, { municipalityId, states: OPEN, limit: LISTED });
  const over = await listAnnouncements(db, { municipalityId, states: OVER, limit: LISTED - open.length });
  const list: { id: number; open: boolean; label: string }[] = [];
  for (const one of [...open, ...over]) {
    const hearing = await findItsHearing(db, one);
    const title = beginning(titleOf(one, hearing, locale), 28);
    // hearings are told apart by their days
    const date = hearing === null ? '' : formatDate(hearing.startsAt, locale, municipality.timeZone, 'dmy').slice(0, 5);
    const named = date === '' ? title : `${date} · ${title}`;
    const label = t('my-option', { number: named, status: t(`announce-state-${one.state}`) });
    list.push({ id: one.id, open: open.includes(one), label });
  }
  return list;
}

type Shown = ({ readonly is: 'card' } & ShownCard) | ({ readonly is: 'watch' } & ShownWatch);

/** One announcement as it is now. */
async function oneScreen(desk: Desk, id: number): Promise<void> {
  const { d, t } = desk;
  const shown = await look(desk, 'open', (ctx) => readOne(ctx, desk, id));
  if (shown === null) {
    await d.say(t('announce-gone'));
    return go(desk, { screen: 'list' });
  }
  return shown.is === 'watch' ? watchScreen(desk, shown) : cardScreen(desk, shown);
}

async function readOne(ctx: Context, desk: Desk, id: number): Promise<Shown> {
  const open = await openAnnouncement(ctx, { id, municipalityId: desk.office.municipalityId });
  const { state } = open.announcement;
  return state === 'draft' || state === 'prepared'
    ? { is: 'card', ...(await readCard(ctx, desk, open)) }
    : { is: 'watch', ...(await readWatch(ctx, desk, open)) };
}

async function cardScreen(desk: Desk, shown: ShownCard): Promise<void> {
  const { d, t } = desk;
  const options = cardOptions(desk, shown);
  const mayChange = options.some(({ id }) => id === 'change');
  const answer = await d.choose<MediaItem[]>('card', shown.text, options, {
    misunderstood: t('announce-choose'),
    other: (input) => (mayChange ? readFiles(input) : { refuse: null }),
  });
  if (answer === 'list') return go(desk, { screen: 'list' });
  if (typeof answer !== 'string')
    await addToCard(
      desk,
      shown,
      answer.map(({ id }) => id),
    );
  else if (answer === 'drop') {
    if (await drop(desk, shown)) return;
  } else await doOnCard(desk, shown, answer);
  go(desk, { id: shown.id });
}

function readFiles(input: Input): Parsed<MediaItem[]> {
  return input.kind === 'media' && input.media.length > 0 ? { value: [...input.media] } : { refuse: null };
}

/** *Send* is there only while nothing stands against it. */
function cardOptions({ t, may, kit, municipality }: Desk, shown: ShownCard): Option[] {
  const prepare = may('announcements.prepare');
  const two = municipality.settings.releaseNeedsSecondPerson;
  const sends =
    shown.sound && may('announcements.release') && (two ? shown.state === 'prepared' && !shown.needsOther : true);
  const hands = shown.sound && prepare && shown.state === 'draft' && !sends;
  return [
    ...(sends ? [{ id: 'send', label: t('btn-send') }] : []),
    ...(hands ? [{ id: 'hand-over', label: t('btn-announce-hand-over') }] : []),
    ...(shown.waiting ? [{ id: 'look', label: t('btn-announce-look') }] : []),
    { id: 'preview', label: t('btn-announce-preview') },
    ...(prepare && kit.resident !== null ? [{ id: 'test', label: t('btn-announce-test') }] : []),
    ...(prepare ? [{ id: 'change', label: t('btn-announce-change') }] : []),
    ...(prepare ? [{ id: 'drop', label: t('btn-cancel') }] : []),
    { id: 'list', label: t('btn-to-list') },
  ];
}

async function doOnCard(desk: Desk, shown: ShownCard, what: string): Promise<void> {
  const { d, t, kit } = desk;
  const { id: announcementId, revision } = shown;
  const at = { announcementId, revision, mediaDir: kit.mediaDir };
  switch (what) {
    case 'send':
      return send(desk, shown);
    case 'hand-over': {
      const prepared = await act(desk, 'prepare', (ctx) =>
        whileShown(ctx, { ...shown, announcementId }, async (within) => (await prepareAnnouncement(within, at)).id),
      );
      if (prepared !== null) await d.say(t('announce-handed-over'));
      return;
    }
    case 'preview':
      return previewCard(desk, announcementId);
    case 'test': {
      const tested = await act(desk, 'test', async (ctx) => {
        await testAnnouncement(ctx, { ...at, residentId: kit.resident?.id ?? 0 });
        return true;
      });
      if (tested !== null) await d.say(t('announce-tested'));
      return;
    }
    case 'change':
      return changeCard(desk, shown);
  }
}

/** What was shown is sent, or nothing. */
async function send(desk: Desk, shown: ShownCard): Promise<void> {
  const { d, t, kit } = desk;
  const { id: announcementId, revision, sure } = shown;
  if (sure.length > 0) {
    const labels = { yes: t('btn-send'), no: t('btn-no') };
    if (!(await d.confirm('sure', `${sure.join('\n')}\n${t('announce-still')}`, labels))) return;
  }
  const released = await act(desk, 'release', (ctx) =>
    whileShown(ctx, { ...shown, announcementId }, async (within) => {
      return (await releaseAnnouncement(within, { announcementId, revision, mediaDir: kit.mediaDir })).id;
    }),
  );
  if (released !== null) await d.say(t('announce-released'));
}

/** True: it is gone, and the conversation over. */
async function drop(desk: Desk, { id: announcementId, revision, hearingRevision }: ShownCard): Promise<boolean> {
  const { d, t } = desk;
  const labels = { yes: t('btn-announce-drop-yes'), no: t('btn-announce-cancel-no') };
  if (!(await d.confirm('drop-sure', t('announce-drop-ask'), labels))) return false;
  const dropped = await act(desk, 'drop', async (ctx) => {
    await dropDraft(ctx, { announcementId, revision, hearingRevision, reason: t('announce-drop-reason') });
    return true;
  });
  if (dropped !== null) await d.say(t('announce-dropped'));
  return dropped !== null;
}
