import type { Context } from '../../core/context.ts';
import { yearIn } from '../../core/dates.ts';
import {
  countInbox,
  findByNumber,
  findOffice,
  type InboxFilter,
  nextInboxCard,
} from '../../proposals/inbox-queries.ts';
import { type OpenedCard, openCard } from '../../proposals/open-card.ts';
import { NoRightError, requireRight } from '../../staff/require-right.ts';
import { hasRight, type Role } from '../../staff/rights.ts';
import { asStaff, type Kit, type Opened } from '../kit.ts';
import { NO_FILTER } from './inbox-filters.ts';
import type { Office } from './office.ts';

/**
 * Where the work stands. Each card is a conversation of its own, so that a day's work leaves no long memory, and a
 * button of a card before is known as an old one.
 */
export interface InboxArgs extends Opened {
  readonly office?: Office;
  readonly filter?: InboxFilter;
  /** The queue goes on behind this one. */
  readonly after?: number;
  /** The card that is open comes from the queue: the next one is the one behind it. */
  readonly queued?: boolean;
  /** The card that was left for this one. */
  readonly leavesId?: number;
  /** The card is shown again after something was done: its files stand above already. */
  readonly again?: boolean;
}

/** A proposal's id, as a button of ours holds it. */
const IS_ID = /^\d{1,15}$/;

/** As far as the queue is counted. */
export const MOST_COUNTED = 100;

/** What lies on the desk. */
export type Found =
  | (OpenedCard & {
      readonly kind: 'card';
      readonly role: Role | null;
      /** In the queue, this one too, up to one more than is counted; null: not counted. */
      readonly left: number | null;
    })
  | { readonly kind: 'empty'; readonly role: Role | null }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'no-right' };

/** Of several offices the one that works on the proposal of a button; null: there is none such, it is asked. */
export async function officeOf(ctx: Context, kit: Kit, { about, typed }: InboxArgs): Promise<Office | null> {
  const able = kit.staff.filter(({ role }) => hasRight(role, 'proposals.read'));
  if (able.length < 2 || typed === true || !IS_ID.test(about)) return null;
  const municipalityId = await findOffice(ctx.tx ?? ctx.db, Number(about));
  return able.find((member) => member.municipalityId === municipalityId) ?? null;
}

/** Opens the card that is named, else the next of the queue. */
export async function openNext(ctx: Context, kit: Kit, office: Office, args: InboxArgs): Promise<Found> {
  const as = asStaff(ctx, office.staffId);
  const { municipalityId } = office;
  const role = kit.staff.find(({ staffId }) => staffId === office.staffId)?.role ?? null;
  try {
    if (ctx.tx !== undefined) await requireRight(ctx.tx, as, 'proposals.read', municipalityId);
    const proposalId = await whichOne(ctx, kit, municipalityId, args);
    if (proposalId === null) return args.about === '' ? { kind: 'empty', role } : { kind: 'not-found' };
    const opened = await openCard(as, { proposalId, municipalityId, leavesId: args.leavesId });
    if (opened === null) return { kind: 'not-found' };
    return { kind: 'card', ...opened, role, left: args.about === '' ? await leftIn(ctx, municipalityId, args) : null };
  } catch (error) {
    if (error instanceof NoRightError) return { kind: 'no-right' };
    throw error;
  }
}

function whichOne(ctx: Context, kit: Kit, municipalityId: number, args: InboxArgs): Promise<number | null> | number {
  const { about, typed, filter = NO_FILTER, after = 0 } = args;
  const db = ctx.tx ?? ctx.db;
  if (about === '') return nextInboxCard(db, { municipalityId, filter, after });
  if (typed !== true && IS_ID.test(about)) return Number(about);
  const year = yearIn(ctx.clock.now(), kit.places.municipality(municipalityId).timeZone);
  return findByNumber(db, { municipalityId, typed: about, year });
}

/** Null where to count takes longer than to find the next one. */
async function leftIn(ctx: Context, municipalityId: number, args: InboxArgs): Promise<number | null> {
  const { filter = NO_FILTER, after = 0 } = args;
  if (filter.voice === true || filter.words !== undefined) return null;
  return countInbox(ctx.tx ?? ctx.db, { municipalityId, filter, after }, MOST_COUNTED + 1);
}
