import { actorName } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { findGroup } from '../residents/groups.ts';
import { ForbiddenError } from '../residents/rules.ts';
import { requireRight } from '../staff/require-right.ts';
import type { Right } from '../staff/rights.ts';
import { type FromGroup, type GroupMessage, storeFromGroup } from './store-from-group.ts';

/** To tag what somebody else said: of those whom residents know as officers. */
export const TAG_RIGHT: Right = 'groups.link';

/**
 * What somebody tags in a linked group as a proposal of their own becomes one in its village, numbered at once and once
 * for each message. An author who is unknown or has not consented is kept provisionally, and is asked alone for what is
 * missing where we may write to them. @throws {ForbiddenError} when staff act @throws {UnknownPlaceError}
 */
export async function submitFromGroup(ctx: Context, message: GroupMessage): Promise<FromGroup> {
  if (ctx.actor.type === 'staff') throw new ForbiddenError('staff tag what others said by a verb of its own');
  return withTransaction(ctx, (tx) => storeFromGroup(tx, ctx, message, null));
}

/**
 * Somebody of the staff tags what another one said in a linked group: a proposal of its author, as by `submitFromGroup`;
 * whoever tagged it is recorded as the one who entered it. Right `groups.link`. @throws {NoRightError}
 * @throws {UnknownPlaceError}
 */
export async function tagInGroup(ctx: Context, message: GroupMessage): Promise<FromGroup> {
  return withTransaction(ctx, async (tx) => {
    const group = await findGroup(tx, message.group);
    if (group === null) return { outcome: 'unlinked' };
    await requireRight(tx, ctx, TAG_RIGHT, group.municipalityId);
    return storeFromGroup(tx, ctx, message, actorName(ctx.actor));
  });
}
