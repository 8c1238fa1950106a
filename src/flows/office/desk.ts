import type { Context } from '../../core/context.ts';
import { AppError } from '../../core/errors.ts';
import type { Locale, Translate } from '../../core/texts.ts';
import type { Dialog } from '../../dialog/types.ts';
import { NoAuthorError, ProposalNotFoundError } from '../../proposals/errors.ts';
import type { ProposalCard } from '../../proposals/read-card.ts';
import { NoRightError } from '../../staff/require-right.ts';
import type { Right } from '../../staff/rights.ts';
import { asStaff, type Kit } from '../kit.ts';
import type { Office } from './office.ts';

/** Somebody of the staff with a card in front of them. */
export interface Desk {
  readonly d: Dialog;
  readonly kit: Kit;
  readonly t: Translate;
  readonly locale: Locale;
  readonly office: Office;
  readonly card: ProposalCard;
  /** As it was when the card was shown; the verbs ask again. */
  readonly may: (right: Right) => boolean;
}

/** How a verb on the card came out. */
export type Outcome = 'done' | 'changed' | 'no-right' | 'not-found' | 'no-author';

/** Runs a verb of the staff once, as the one who sits there. What it may foresee comes back as a value. */
export function attempt(
  { d, office }: Pick<Desk, 'd' | 'office'>,
  name: string,
  verb: (ctx: Context) => Promise<unknown>,
): Promise<Outcome> {
  return d.effect(name, async (ctx): Promise<Outcome> => {
    try {
      await verb(asStaff(ctx, office.staffId));
      return 'done';
    } catch (error) {
      return foreseen(error);
    }
  });
}

/** What a verb on the card may throw and a person is told. @throws whatever nobody foresaw */
export function foreseen(error: unknown): Outcome {
  if (error instanceof NoRightError) return 'no-right';
  if (error instanceof NoAuthorError) return 'no-author';
  if (error instanceof ProposalNotFoundError) return 'not-found';
  // whatever does not fit any more was changed by somebody else after the card was shown
  if (error instanceof AppError && (error.code === 'conflict' || error.code === 'not-found')) return 'changed';
  throw error;
}

/** Says how it came out; `done` is what is said of success. */
export async function sayOutcome({ d, t }: Pick<Desk, 'd' | 't'>, outcome: Outcome, done: string): Promise<void> {
  switch (outcome) {
    case 'done':
      return d.say(done);
    case 'no-right':
      return d.say(t('no-right'));
    case 'not-found':
      return d.say(t('inbox-not-found'));
    case 'no-author':
      return d.say(t('inbox-author-unreachable'));
    case 'changed':
      return d.say(t('inbox-changed'));
  }
}

/** What every verb on the card is told: which one, and as it was shown. */
export function shownCard({ card }: Desk): { proposalId: number; revision: number } {
  return { proposalId: card.id, revision: card.revision };
}

/** Whether the author will hear of it. */
export function isTold({ card: { author } }: Desk): boolean {
  return author !== null && author.unheard === null;
}
