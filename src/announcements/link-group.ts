import { and, eq, isNull, sql } from 'drizzle-orm';
import { z } from 'zod';
import { actorName, recordAudit } from '../audit/record-audit.ts';
import type { Context, Tx } from '../core/context.ts';
import { AppError } from '../core/errors.ts';
import { cleanText } from '../core/text.ts';
import { withTransaction } from '../db/transaction.ts';
import { deliveries } from '../deliveries/tables.ts';
import { CHANNEL_NAMES, type ChannelAddress } from '../messaging/contract.ts';
import { villages } from '../places/tables.ts';
import { dropGroup, lockGroup, putGroup } from '../residents/groups.ts';
import { requireRight } from '../staff/require-right.ts';
import { tellWithoutGroups } from './without-group.ts';

/** The longest name of a group; platforms allow less. */
const MAX_TITLE_LENGTH = 255;

const LinkGroupInput = z.object({
  address: z.object({ channel: z.enum(CHANNEL_NAMES), account: z.string().min(1), id: z.string().min(1) }),
  villageId: z.string().min(1),
  /** As the group is called there. */
  title: z.string().transform((title) => cleanText(title.slice(0, MAX_TITLE_LENGTH))),
});
export type LinkGroupInput = z.input<typeof LinkGroupInput>;

/**
 * Makes a group a target of the announcements for a village, in place of the village that it was linked to before. A
 * group of another municipality is taken over only by somebody who has the right there too. Returns its number.
 * @throws {NoRightError} `groups.link` @throws {AppError} `not-found` where there is no such village, `conflict` where
 * the address is a person's
 */
export async function linkGroup(ctx: Context, input: LinkGroupInput): Promise<number> {
  const { address, villageId, title } = LinkGroupInput.parse(input);
  return withTransaction(ctx, async (tx) => {
    const municipalityId = await officeOf(tx, villageId);
    await requireRight(tx, ctx, 'groups.link', municipalityId);
    const before = await lockGroup(tx, address);
    if (before !== null && before.municipalityId !== municipalityId) {
      await requireRight(tx, ctx, 'groups.link', before.municipalityId);
    }
    const linkedBy = actorName(ctx.actor);
    const id = await putGroup(tx, { address, villageId, title, linkedBy, linkedAt: ctx.clock.now() });
    await recordAudit(tx, ctx, {
      action: 'group.link',
      subject: `group:${id}`,
      municipalityId,
      before: { village: before?.villageId ?? null },
      after: { village: villageId },
    });
    return id;
  });
}

/**
 * A group is a target no more: what waits for it is canceled and goes to its people, and nothing is kept of it but
 * counts. False: it was linked to no village. @throws {NoRightError} `groups.link`
 */
export async function unlinkGroup(ctx: Context, { address }: { address: ChannelAddress }): Promise<boolean> {
  return withTransaction(ctx, async (tx) => {
    const sendIds = await lockSendsTo(tx, address);
    const group = await lockGroup(tx, address);
    if (group === null) return false;
    const { id, municipalityId, villageId } = group;
    await requireRight(tx, ctx, 'groups.link', municipalityId);
    await tx
      .update(deliveries)
      .set({ status: 'canceled', settledAt: sql`now()` })
      .where(and(eq(deliveries.addressId, id), eq(deliveries.status, 'pending')));
    for (const sendId of sendIds) await tellWithoutGroups(tx, sendId);
    await dropGroup(tx, id);
    await recordAudit(tx, ctx, {
      action: 'group.unlink',
      subject: `group:${id}`,
      municipalityId,
      before: { village: villageId },
      after: { village: null },
    });
    return true;
  });
}

/** The sends that wait for a group; their announcements are locked, before its address as everywhere. */
async function lockSendsTo(tx: Tx, { channel, account, id }: ChannelAddress): Promise<number[]> {
  const rows = await tx.execute<{ send_id: string }>(sql`
    select g.send_id::text
    from addresses at join deliveries d on d.address_id = at.id and d.status = 'pending'
    join announcement_rungs g on g.send_id = d.send_id and g.state = 'running'
    join announcements a on a.id = g.announcement_id
    where at.channel = ${channel} and at.account = ${account} and at.external_id = ${id}
    order by a.id
    for update of a`);
  return rows.map(({ send_id }) => Number(send_id));
}

async function officeOf(tx: Tx, villageId: string): Promise<number> {
  const [village] = await tx
    .select({ municipalityId: villages.municipalityId })
    .from(villages)
    .where(and(eq(villages.id, villageId), isNull(villages.retiredAt)));
  if (village === undefined) throw new AppError('not-found', `village '${villageId}': there is none`);
  return village.municipalityId;
}
