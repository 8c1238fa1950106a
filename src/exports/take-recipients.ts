import { getAnnouncement } from '../announcements/queries.ts';
import { recordAudit } from '../audit/record-audit.ts';
import type { Context } from '../core/context.ts';
import { withTransaction } from '../db/transaction.ts';
import { requireRight } from '../staff/require-right.ts';
import type { RecipientsFormat } from './export-recipients.ts';

/**
 * Writes down who takes the table of an announcement's recipients out of the office, and whether with names: before it
 * is made. Right `announcements.read`, with names also `exports.names`.
 * @throws {AnnouncementNotFoundError} @throws {NoRightError}
 */
export async function takeRecipients(
  ctx: Context,
  { announcementId, format, names }: { announcementId: number; format: RecipientsFormat; names: boolean },
): Promise<void> {
  await withTransaction(ctx, async (tx) => {
    const { municipalityId } = await getAnnouncement(tx, announcementId);
    await requireRight(tx, ctx, 'announcements.read', municipalityId);
    if (names) await requireRight(tx, ctx, 'exports.names', municipalityId);
    await recordAudit(tx, ctx, {
      action: 'announcement.export',
      subject: `announcement:${announcementId}`,
      municipalityId,
      after: { format, names },
    });
  });
}
