import { ZodError } from 'zod';
import { UnknownInAnnouncementError } from '../../announcements/create-announcement.ts';
import {
  AnnouncementChangedError,
  AnnouncementNotFoundError,
  AnnouncementRefusedError,
  AnnouncementStateError,
  SecondPersonError,
} from '../../announcements/errors.ts';
import type { Problem } from '../../announcements/problems.ts';
import { getAnnouncement } from '../../announcements/queries.ts';
import type { Context } from '../../core/context.ts';
import { DEFAULT_LOCALE, type Locale, type TextKey, type Translate, translator } from '../../core/texts.ts';
import type { Dialog } from '../../dialog/types.ts';
import { HearingChangedError, HearingNotFoundError, HearingRefusedError } from '../../hearings/errors.ts';
import type { Municipality } from '../../places/places.ts';
import { NoRightError } from '../../staff/require-right.ts';
import { hasRight, type Right } from '../../staff/rights.ts';
import { asStaff, type Kit, type Opened } from '../kit.ts';
import { describeProblem } from './announce-words.ts';
import { enterOffice, entranceOf, type Office } from './office.ts';

/** Where in the announcements somebody is: the conversation begins anew there after each thing done, so it stays small. */
export interface AnnouncePlace {
  readonly municipalityId: number;
  /** The announcement that is open. */
  readonly id?: number;
  readonly screen?: 'list' | 'new' | 'templates';
  /** Of the legal calendar: what a new one is filled in from. */
  readonly item?: string;
}

/** `about`: the number of an announcement, or `cal.` and an item of the legal calendar. */
export interface AnnounceArgs extends Opened {
  readonly at?: AnnouncePlace;
}

/** Everything that the screens of announcements work with. */
export interface Desk {
  readonly d: Dialog;
  readonly kit: Kit;
  readonly t: Translate;
  readonly locale: Locale;
  readonly office: Office;
  readonly municipality: Municipality;
  /** Of those that announcements ask for. */
  readonly may: (right: Right) => boolean;
}

const RIGHTS: readonly Right[] = ['announcements.prepare', 'announcements.release', 'hearings.manage', 'exports.names'];

/** Who works here, and for whom. Null: nobody who may; they are told. @throws {LostRightError} which ends the conversation */
export async function openDesk(d: Dialog, kit: Kit, args: AnnounceArgs): Promise<Desk | null> {
  const known = await d.remember('desk', (ctx) => officeOf(ctx, kit, args));
  const office =
    known === null ? await enterOffice(d, kit, 'announcements.read') : entranceOf(kit, 'announcements.read')(known);
  if (office === null) return null;
  const rights = await d.remember('rights', () => {
    const role = kit.staff.find(({ staffId }) => staffId === office.staffId)?.role;
    return role === undefined ? [] : RIGHTS.filter((right) => hasRight(role, right));
  });
  // words that are asked for are in this language, also when the person changes theirs in the middle
  const locale = await d.remember('locale', () => kit.locale ?? DEFAULT_LOCALE);
  const municipality = kit.places.municipality(office.municipalityId);
  const may = (right: Right) => rights.includes(right);
  return { d, kit, t: translator(locale), locale, office, municipality, may };
}

/** The office that the conversation goes on in, or that has the announcement of a button. Null: it is asked, where there are several. */
async function officeOf(ctx: Context, kit: Kit, { at, about }: AnnounceArgs): Promise<Office | null> {
  const able = kit.staff.filter(({ role }) => hasRight(role, 'announcements.read'));
  const id = readId(about);
  let municipalityId = at?.municipalityId;
  if (municipalityId === undefined && id !== null && able.length > 1) {
    municipalityId = (await getAnnouncement(ctx.tx ?? ctx.db, id).catch(nullWhereGone))?.municipalityId;
  }
  const found = able.find((member) => member.municipalityId === municipalityId);
  return found === undefined ? null : { staffId: found.staffId, municipalityId: found.municipalityId };
}

/** The number of an announcement, as a button holds it or somebody types it. */
export function readId(about: string): number | null {
  return /^\d{1,15}$/.test(about) ? Number(about) : null;
}

/** Goes on at another place, in a conversation of its own. */
export function go({ kit, office }: Desk, place: Omit<AnnouncePlace, 'municipalityId'>): void {
  const at: AnnouncePlace = { municipalityId: office.municipalityId, ...place };
  kit.next({ start: 'announce', args: { about: '', at } satisfies AnnounceArgs });
}

/** Reads what is shown, as JSON keeps it. Null: it is gone, or of another office. */
export function look<T>({ d }: Pick<Desk, 'd'>, name: string, read: (ctx: Context) => Promise<T>): Promise<T | null> {
  return d.remember(name, (ctx) => read(ctx).catch(nullWhereGone));
}

function nullWhereGone(error: unknown): null {
  if (error instanceof AnnouncementNotFoundError || error instanceof HearingNotFoundError) return null;
  throw error;
}

/** Why something was not done: the text that says so, and the problems that it names. */
interface Refusal {
  readonly refused: Extract<TextKey, 'no-right' | `announce-${string}`>;
  readonly problems?: readonly Problem[];
}

/** Does something, once. Null: it was refused, nothing has changed and the person is told. */
export async function act<T>(desk: Desk, name: string, verb: (ctx: Context) => Promise<T>): Promise<T | null> {
  const { d, office, t } = desk;
  const done = await d.effect(name, async (ctx): Promise<{ value: T; refused?: undefined } | Refusal> => {
    try {
      return { value: await verb(asStaff(ctx, office.staffId)) };
    } catch (error) {
      return (await refusalBySomebodyElse(ctx, error)) ?? refusalOf(error);
    }
  });
  if (done.refused === undefined) return done.value;
  const { refused, problems = [] } = done;
  const lines = problems.map((problem) => describeProblem(problem, t));
  await d.say([t(refused as 'no-right'), ...lines].join('\n')); // none of these has a variable
  return null;
}

/** It was released or ended by somebody else after it was shown: that is said, and not that it has changed. */
async function refusalBySomebodyElse(ctx: Context, error: unknown): Promise<Refusal | null> {
  if (!(error instanceof AnnouncementChangedError)) return null;
  const { state } = await getAnnouncement(ctx.tx ?? ctx.db, error.announcementId);
  return state === 'draft' || state === 'prepared' ? null : refuse(`announce-already-${state}`);
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof NoRightError) return refuse('no-right');
  if (error instanceof SecondPersonError) return refuse('announce-second-person');
  if (error instanceof AnnouncementRefusedError) return refuse('announce-refused', error.problems);
  if (error instanceof AnnouncementStateError) return refuse(`announce-already-${error.state}`);
  if (error instanceof HearingRefusedError) return refuse(ofHearing(error));
  if (error instanceof ZodError) return refuse('announce-not-fitting');
  // whatever does not fit any more was changed by somebody else after it was shown
  const changed = [AnnouncementChangedError, HearingChangedError, UnknownInAnnouncementError];
  if (changed.some((one) => error instanceof one)) return refuse('announce-changed');
  if (error instanceof AnnouncementNotFoundError) return refuse('announce-gone');
  throw error;
}

function refuse(refused: Refusal['refused'], problems: readonly Problem[] = []): Refusal {
  return { refused, problems };
}

function ofHearing({ problem }: HearingRefusedError): Refusal['refused'] {
  if (problem === 'past') return 'announce-past';
  if (problem === 'proposals-until') return 'announce-until-wrong';
  return problem === 'canceled' || problem === 'held' ? 'announce-hearing-over' : 'announce-changed';
}
