import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { giveUpAddress } from '../deliveries/change-address.ts';
import { sendNotice } from '../deliveries/send-notice.ts';
import type { ChannelAddress } from '../messaging/contract.ts';
import { loadPlaces } from '../places/places.ts';
import { findGroup } from '../residents/groups.ts';
import { peopleWith } from '../staff/people-with.ts';

/**
 * A chat takes no message any more, as a send has found, or the platform says: nothing is sent to it until it is open
 * again. Where it is a group that is linked to a village, whoever reads announcements in the office is told, once for
 * each time. Of other groups nothing is known and nothing kept.
 */
export async function loseChat(ctx: Context, address: ChannelAddress, reason: 'blocked' | 'gone'): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    if (!(await giveUpAddress({ ...ctx, tx }, address, reason))) return;
    const group = await findGroup(tx, address);
    if (group === null) return;
    const { id, title, municipalityId, villageId } = group;
    const village = (await loadPlaces(tx)).village(villageId);
    await sendNotice(tx, ctx, {
      municipalityId,
      subject: `group:${id}`,
      residentIds: await peopleWith(tx, municipalityId, 'announcements.read'),
      audience: 'staff',
      write: (t, locale) => {
        const called = title === '' ? t('groups-no-title') : title;
        return { text: t('group-lost', { title: called, village: village?.names[locale] ?? villageId }) };
      },
    });
    await recordAudit(tx, ctx, { action: 'group.lost', subject: `group:${id}`, municipalityId });
  });
}
