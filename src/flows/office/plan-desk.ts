import { ZodError } from 'zod';
import type { Context, Database } from '../../core/context.ts';
import { formatDate } from '../../core/dates.ts';
import { DEFAULT_LOCALE, type Locale, type TextKey, type Translate } from '../../core/texts.ts';
import type { Dialog } from '../../dialog/types.ts';
import {
  LineNotFoundError,
  PlanChangedError,
  PlanClosedError,
  PlanEmptyError,
  PlanInputError,
  type PlanMistake,
  PlanNotFoundError,
  type Unplannable,
  UnplannableError,
} from '../../plans/errors.ts';
import { NoRightError } from '../../staff/require-right.ts';
import { hasRight, type Right } from '../../staff/rights.ts';
import { asStaff, type Kit, type Opened, textsOf } from '../kit.ts';
import { enterOffice, entranceOf, type Office } from './office.ts';

/** Where in the plans somebody is: the conversation begins anew there after each thing done, so it stays small. */
export interface PlanPlace {
  readonly municipalityId: number;
  readonly planId?: number;
  readonly lineId?: number;
  readonly screen?: 'plan' | 'line' | 'suggest' | 'more';
}

/** `about`: what stood behind the command, a year or the number of a proposal. */
export interface PlanArgs extends Opened {
  readonly at?: PlanPlace;
}

/** Everything that the screens of plans work with. */
export interface Desk {
  readonly d: Dialog;
  readonly kit: Kit;
  readonly t: Translate;
  readonly locale: Locale;
  readonly office: Office;
  /** Of those that plans ask for. */
  readonly rights: readonly Right[];
}

const RIGHTS: readonly Right[] = ['plans.read', 'plans.edit', 'plans.approve', 'exports.make'];

/** Who works here, and for whom. Null: nobody who may; they are told. @throws {LostRightError} which ends the conversation */
export async function openDesk(d: Dialog, kit: Kit, { at }: PlanArgs): Promise<Desk | null> {
  const known = await d.remember('desk', () => {
    const member = kit.staff.find((one) => one.municipalityId === at?.municipalityId);
    if (member === undefined || !hasRight(member.role, 'plans.read')) return null;
    return { staffId: member.staffId, municipalityId: member.municipalityId };
  });
  const office = known === null ? await enterOffice(d, kit, 'plans.read') : entranceOf(kit, 'plans.read')(known);
  if (office === null) return null;
  const rights = await d.remember('rights', () => {
    const role = kit.staff.find(({ staffId }) => staffId === office.staffId)?.role;
    return role === undefined ? [] : RIGHTS.filter((right) => hasRight(role, right));
  });
  return { d, kit, t: textsOf(kit), locale: kit.locale ?? DEFAULT_LOCALE, office, rights };
}

/** Goes on at another place, in a conversation of its own. */
export function go({ kit, office }: Desk, place: Omit<PlanPlace, 'municipalityId'> = {}): void {
  const at: PlanPlace = { municipalityId: office.municipalityId, ...place };
  kit.next({ start: 'plan', args: { about: '', at } satisfies PlanArgs });
}

/** Reads what is shown, as JSON keeps it. Null: the plan is gone; they are told. */
export async function look<T>({ d, t }: Desk, name: string, read: (db: Database) => Promise<T>): Promise<T | null> {
  const found = await d.remember(name, async (ctx) => {
    try {
      return { value: await read(ctx.tx ?? ctx.db) };
    } catch (error) {
      if (error instanceof PlanNotFoundError) return { gone: true } as const;
      throw error;
    }
  });
  if ('value' in found) return found.value;
  await d.say(t('plan-line-gone'));
  return null;
}

/** Why something was not done: the text that says so, and the proposals that it is about. */
interface Refusal {
  readonly refused: Extract<TextKey, 'no-right' | `plan-${string}`>;
  readonly proposals?: readonly Unplannable[];
}

/** Does something, once. Null: it was refused, nothing has changed and the person is told. */
export async function act<T>(desk: Desk, name: string, verb: (ctx: Context) => Promise<T>): Promise<T | null> {
  const { d, office, t } = desk;
  const done = await d.effect(name, async (ctx): Promise<{ value: T } | Refusal> => {
    try {
      return { value: await verb(asStaff(ctx, office.staffId)) };
    } catch (error) {
      return refusalOf(error);
    }
  });
  if ('value' in done) return done.value;
  const { refused, proposals = [] } = done;
  await d.say([tell(t, refused), ...proposals.map((one) => describeUnplannable(one, t))].join('\n'));
  return null;
}

function tell(t: Translate, key: Refusal['refused']): string {
  return t(key as 'no-right'); // none of these has a variable
}

const OF_MISTAKE: Readonly<Record<PlanMistake, Refusal['refused']>> = {
  beneficiaries: 'plan-bad-sum',
  'village-unknown': 'plan-changed',
  'village-twice': 'plan-changed',
  'sector-unknown': 'plan-changed',
  'date-future': 'plan-future',
  'nothing-to-add': 'plan-nothing-to-add',
};

function refusalOf(error: unknown): Refusal {
  if (error instanceof NoRightError) return { refused: 'no-right' };
  if (error instanceof PlanChangedError) return { refused: 'plan-changed' };
  if (error instanceof PlanClosedError) return { refused: 'plan-closed' };
  if (error instanceof LineNotFoundError || error instanceof PlanNotFoundError) return { refused: 'plan-line-gone' };
  if (error instanceof PlanEmptyError) return { refused: 'plan-not-empty' };
  if (error instanceof PlanInputError) return { refused: OF_MISTAKE[error.mistake] };
  if (error instanceof UnplannableError) return { refused: 'plan-unplannable', proposals: error.proposals };
  if (error instanceof ZodError) return { refused: 'plan-too-long' };
  throw error;
}

/** A proposal that could not come into the plan, and why. */
export function describeUnplannable({ number, why }: Unplannable, t: Translate): string {
  const reason = why === 'hidden' || why === 'unknown' ? t(`plan-why-${why}`) : t(`status-${why}`);
  return t('plan-unplannable-item', { number, why: reason });
}

/** A day, as people read it. */
export function dayOf(date: string | null, locale: Locale): string {
  return date === null ? '—' : formatDate(new Date(`${date}T00:00:00Z`), locale, 'UTC', 'long');
}
